import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Diagram } from '../diagram.ts'
import { drawMarks, type ElementMark } from '../element-marks.ts'
import { type FlowProblem, problemsByElement } from './flow-problem.ts'

/** Marks the elements and channels that have problems; the text of a mark says which. */
export function useProblemMarks(
  diagram: Diagram,
  problems: readonly FlowProblem[],
  onOpen: (problem: FlowProblem) => void,
): void {
  const { t } = useTranslation()
  useEffect(() => {
    const marks = [...problemsByElement(problems)].flatMap(([elementId, found]): ElementMark[] => {
      const [first] = found
      if (!first) return []
      const { severity } = first
      const text = found.map(problem => `${t(`problems.${problem.severity}`)}: ${problem.message}`).join('\n')
      const sign = severity === 'error' ? '!' : '⚠'
      return [{ elementId, className: `problem-${severity}`, sign, text, onClick: () => onOpen(first) }]
    })
    return drawMarks(diagram, 'problem', { top: -10, right: 10 }, marks)
  }, [diagram, problems, onOpen, t])
}

import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/error-state.tsx'
import type { FlowProblem } from './flow-problem.ts'
import type { Problems } from './use-problems.ts'

export interface ProblemListProps {
  readonly problems: Problems
  readonly onOpen: (problem: FlowProblem) => void
}

/** What is wrong with the flow, the worst first; each leads to its element. */
export function ProblemList({ problems: { found, isChecking, error, checkAgain }, onOpen }: ProblemListProps) {
  const { t } = useTranslation()
  if (error) return <ErrorState error={error} onRetry={checkAgain} />
  if (!found) return <BusyIndicator active={isChecking} delay={300} text={t('problems.checking')} />
  if (found.length === 0) {
    return (
      <MessageStrip design="Positive" hideCloseButton>
        {t('problems.none')}
      </MessageStrip>
    )
  }
  return (
    <ul className="problem-list" aria-label={t('problems.title')}>
      {found.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two problems may say the same of the same element.
        <li key={index}>
          <Tag design={problem.severity === 'error' ? 'Negative' : 'Critical'}>{t(`problems.${problem.severity}`)}</Tag>
          <div>
            {problem.elementId === undefined ? (
              problem.message
            ) : (
              <button type="button" className="problem-link" onClick={() => onOpen(problem)}>
                {problem.message}
              </button>
            )}
            <span className="problem-place">{placeOf(problem)}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}

function placeOf({ elementId, elementName, file, line }: FlowProblem): string {
  const element = elementName === undefined ? elementId : `${elementName} (${elementId})`
  const name = file?.split('/').at(-1)
  const place = line === undefined ? name : `${name}:${line}`
  return [element, place].filter(part => part !== undefined).join(' · ')
}

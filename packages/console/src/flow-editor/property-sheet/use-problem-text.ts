import { useTranslation } from 'react-i18next'
import type { FieldProblem } from './field-value.ts'

/** Says what is wrong with a field. */
export function useProblemText(): (problem: FieldProblem | undefined) => string | undefined {
  const { t } = useTranslation()
  return problem => {
    switch (problem?.code) {
      case undefined:
        return undefined
      case 'required':
        return t('common.required')
      case 'flag':
        return t('sheet.flagProblem')
      case 'number':
        return t('sheet.numberProblem')
      case 'range':
        return t('sheet.rangeProblem', { min: problem.min, max: problem.max })
      case 'choice':
        return t('sheet.choiceProblem', { value: problem.value })
      case 'table':
        return t('sheet.tableProblem', { problem: problem.text })
      case 'parameter':
        return t('sheet.parameterProblem', { name: problem.name })
    }
  }
}

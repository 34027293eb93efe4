import { useTranslation } from 'react-i18next'
import { type Place, valueAt } from './externalisation.ts'
import { parametersIn, resolve } from './field-value.ts'
import { useSheet } from './sheet.ts'

/** Beside an externalised value: what it is with the values of its parameters. */
export function useValueHint(value: string, place: Place): string | undefined {
  const { t } = useTranslation()
  const { parameters } = useSheet().state
  const names = parametersIn(value)
  if (!names.some(name => parameters.has(name))) return undefined
  const current = valueAt(resolve(value, parameters), place)
  return current === '' ? t('sheet.emptyParameter') : t('sheet.currentValue', { value: current })
}

import { useTranslation } from 'react-i18next'
import { type Place, valueAt } from './externalisation.ts'
import { parametersIn, resolve } from './field-value.ts'
import { useSheet } from './sheet.ts'

/** Whole tables and bodies would fill the sheet. */
const lengthMax = 200

/** Beside an externalised value: what it is with the values of its parameters. */
export function useValueHint(value: string, place: Place): string | undefined {
  const { t } = useTranslation()
  const { parameters } = useSheet().state
  const names = parametersIn(value)
  if (!names.some(name => parameters.has(name))) return undefined
  const current = valueAt(resolve(value, parameters), place)
  const shown = current.length > lengthMax ? `${current.slice(0, lengthMax)}…` : current
  return current === '' ? t('sheet.emptyParameter') : t('sheet.currentValue', { value: shown })
}

import { useTranslation } from 'react-i18next'
import { registryTerm } from '../../i18n/registry-terms.ts'

/** Says what the registry calls a tab, a field or a column in the person's language. */
export function useRegistryTerm(): (text: string) => string {
  const { i18n } = useTranslation()
  return text => registryTerm(text, i18n.language)
}

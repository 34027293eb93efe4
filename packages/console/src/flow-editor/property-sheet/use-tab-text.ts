import { useTranslation } from 'react-i18next'

/** The original's names of tabs, as the registry has them. */
const texts = {
  General: 'sheet.tabs.general',
  Processing: 'sheet.tabs.processing',
  Connection: 'sheet.tabs.connection',
  Conditions: 'sheet.tabs.conditions',
  Security: 'sheet.tabs.security',
  Attachments: 'sheet.tabs.attachments',
  Advanced: 'sheet.tabs.advanced',
  'Message Header': 'sheet.tabs.messageHeader',
  'Exchange Property': 'sheet.tabs.exchangeProperty',
  'Message Body': 'sheet.tabs.messageBody',
  'Runtime Configuration': 'sheet.tabs.runtimeConfiguration',
  'Error Configuration': 'sheet.tabs.errorConfiguration',
  Scheduler: 'sheet.tabs.scheduler',
  'HTTP Session Reuse': 'sheet.tabs.httpSessionReuse',
} as const

/** What a tab is called in the person's language; the registry's own word where none is known. */
export function useTabText(): (tab: string) => string {
  const { t } = useTranslation()
  return tab => {
    const key = (texts as Readonly<Record<string, (typeof texts)[keyof typeof texts]>>)[tab]
    return key === undefined ? tab : t(key)
  }
}

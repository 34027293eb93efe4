import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What the editor of code says, by the library's words for it. */
const texts = {
  Find: 'code.find',
  Replace: 'code.replaceBy',
  next: 'code.next',
  previous: 'code.previous',
  all: 'code.all',
  'match case': 'code.matchCase',
  regexp: 'code.regexp',
  'by word': 'code.byWord',
  replace: 'code.replace',
  'replace all': 'code.replaceAll',
  close: 'common.close',
  'Go to line': 'code.goToLine',
  go: 'code.go',
  'current match': 'code.currentMatch',
  'on line': 'code.onLine',
  'replaced match on line $': 'code.replacedOne',
  'replaced $ matches': 'code.replacedAll',
  Completions: 'code.completions',
  'Control character': 'code.controlCharacter',
  'Fold line': 'code.fold',
  'Unfold line': 'code.unfold',
  'folded code': 'code.folded',
  unfold: 'code.unfold',
  'Selection deleted': 'code.deleted',
  '$ unchanged lines': 'code.unchangedLines',
} as const

/** The phrases of the editor in the person's language. */
export function usePhrases(): Readonly<Record<string, string>> {
  const { t } = useTranslation()
  return useMemo(() => Object.fromEntries(Object.entries(texts).map(([phrase, key]) => [phrase, t(key)])), [t])
}

/** Texts by language tag. */
export type Translated<Field extends string> = Readonly<Record<string, Readonly<Partial<Record<Field, string>>>>>

/** Languages that can be chosen: those the original's cockpit and its flows are documented for. */
export const languages: readonly string[] = [
  ...['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'he', 'hr', 'hu', 'it', 'ja', 'ko', 'lt', 'lv'],
  ...['nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW'],
]

/** A language's name in another language. */
export function languageName(tag: string, inLanguage: string): string {
  return new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag
}

/** Without texts that are empty, and languages that have none. */
export function withoutEmpty<Field extends string>(translations: Translated<Field>): Translated<Field> {
  const kept = Object.entries(translations).map(([language, texts]) => {
    const given = Object.entries<string | undefined>(texts).filter(([, text]) => (text ?? '').trim() !== '')
    return [language, Object.fromEntries(given)] as const
  })
  return Object.fromEntries(kept.filter(([, texts]) => Object.keys(texts).length > 0)) as Translated<Field>
}

/** A text in the person's language (`de-AT`, else `de`), or as it is. */
export function translated<Field extends string>(
  translations: Translated<Field>,
  language: string,
  field: Field,
  original: string,
): string {
  return translations[language]?.[field] ?? translations[language.split('-')[0] ?? '']?.[field] ?? original
}

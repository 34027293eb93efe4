import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { de } from './de.ts'
import { en } from './en.ts'

/** The languages of the console. */
export const languages = ['en', 'de'] as const

/** Texts in the browser's language, English where there is no other. React shows values as text, so none is escaped here. */
export async function startI18n(): Promise<void> {
  const wanted = navigator.languages.map(tag => tag.slice(0, 2)).find(tag => tag === 'de' || tag === 'en')
  await i18next.use(initReactI18next).init({
    lng: wanted ?? 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = i18next.language
}

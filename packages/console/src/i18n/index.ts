import { registerI18nLoader } from '@ui5/webcomponents-base/dist/asset-registries/i18n.js'
import { registerLocaleDataLoader } from '@ui5/webcomponents-base/dist/asset-registries/LocaleData.js'
import { setLanguage } from '@ui5/webcomponents-base/dist/config/Language.js'
import getLocale from '@ui5/webcomponents-base/dist/locale/getLocale.js'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'

/** The languages of the console, by their own names. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const choiceKey = 'sluice.language'
const isLanguage = (tag: string | null): tag is Language => tag !== null && Object.hasOwn(languages, tag)

// They would be fetched from another server; no component that is used shows dates or numbers of its own.
for (const language of Object.keys(languages)) registerLocaleDataLoader(language, async () => ({}))

// The components have English texts; others are loaded when they are wanted.
const texts = { with: { type: 'json' } } as const
registerI18nLoader('@ui5/webcomponents', 'de', async () => {
  return (await import('@ui5/webcomponents/dist/generated/assets/i18n/messagebundle_de.json', texts)).default
})
registerI18nLoader('@ui5/webcomponents-fiori', 'de', async () => {
  return (await import('@ui5/webcomponents-fiori/dist/generated/assets/i18n/messagebundle_de.json', texts)).default
})

/**
 * Texts in the language that the person has chosen, or the browser's, or English. React shows values as text, so none is
 * escaped here.
 */
export async function startI18n(): Promise<void> {
  const chosen = localStorage.getItem(choiceKey)
  const wanted = isLanguage(chosen) ? chosen : navigator.languages.map(tag => tag.slice(0, 2)).find(isLanguage)
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  await show(wanted ?? 'en')
}

/** Shows everything in a language, now and from now on. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(choiceKey, language)
  await show(language)
}

async function show(language: Language): Promise<void> {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'translation'))
    i18next.addResourceBundle('de', 'translation', (await import('./de.ts')).de)
  document.documentElement.lang = language
  if (getLocale().getLanguage() !== language) await setLanguage(language)
  await i18next.changeLanguage(language)
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageName, languages, translated, withoutEmpty } from './translations.ts'

const translations = { de: { name: 'Bestellungen' }, 'de-AT': { name: 'Ordern' }, fr: { description: 'x' } }

for (const [language, expected] of [
  ['de', 'Bestellungen'],
  ['de-DE', 'Bestellungen'],
  ['de-AT', 'Ordern'],
  ['fr', 'Orders'],
  ['en', 'Orders'],
] as const) {
  test(`in ${language} it is called ${expected}`, () => {
    assert.equal(translated<'name' | 'description'>(translations, language, 'name', 'Orders'), expected)
  })
}

test('texts that are empty are left out, and languages without texts', () => {
  const typed = { de: { name: 'A', description: ' ' }, fr: { name: '' }, it: {} }
  assert.deepEqual(withoutEmpty(typed), { de: { name: 'A' } })
})

test('every language that can be chosen has a name', () => {
  for (const tag of languages) assert.notEqual(languageName(tag, 'en'), tag)
})

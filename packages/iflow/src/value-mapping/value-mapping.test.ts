import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readValueMapping, valueMappingFile } from './read-value-mapping.ts'
import { valueTable } from './value-table.ts'

const group = (...entries: readonly string[]) => `<group id="1">${entries.join('')}</group>`
const entry = (agency: string, schema: string, value: string, isDefault = false) =>
  `<entry${isDefault ? ' isDefault="true"' : ''}><agency>${agency}</agency><schema>${schema}</schema><value>${value}</value></entry>`
const bundleOf = (xml: string) => ({ files: new Map([[valueMappingFile, new TextEncoder().encode(xml)]]) })

const countries = `<?xml version="1.0" encoding="UTF-8"?><vm version="2.0">${[
  group(entry('S4', 'Country', 'NL'), entry('Concur', 'Currency', 'EUR')),
  group(entry('S4', 'Country', 'FR', true), entry('Concur', 'Currency', 'EUR')),
  group(entry('S4', 'Country', 'US'), entry('Concur', 'Currency', 'USD'), entry('Bank', 'Code', '840')),
  group(entry('S4', 'Country', 'XX'), entry('Concur', 'Currency', '')),
].join('')}</vm>`

const lookups: readonly [string, [string, string, string, string, string], string | undefined][] = [
  ['a value is translated', ['S4', 'Country', 'US', 'Concur', 'Currency'], 'USD'],
  ['a value is translated back', ['Concur', 'Currency', 'USD', 'S4', 'Country'], 'US'],
  ['a repeated value goes back to the default', ['Concur', 'Currency', 'EUR', 'S4', 'Country'], 'FR'],
  ['all entries of a group belong together', ['Bank', 'Code', '840', 'Concur', 'Currency'], 'USD'],
  ['an empty value is a value', ['S4', 'Country', 'XX', 'Concur', 'Currency'], ''],
  ['values are compared with regard to case', ['S4', 'Country', 'us', 'Concur', 'Currency'], undefined],
  ['an unknown agency has no values', ['Nobody', 'Country', 'US', 'Concur', 'Currency'], undefined],
]

for (const [title, names, expected] of lookups) {
  test(title, () => {
    const { groups, diagnostics } = readValueMapping(bundleOf(countries))
    assert.deepEqual(diagnostics, [])
    assert.equal(valueTable(groups)(...names), expected)
  })
}

const broken: readonly [string, { files: Map<string, Uint8Array> }, string][] = [
  ['a missing file', { files: new Map() }, 'no-value-mapping'],
  ['text that is not XML', bundleOf('<vm>'), 'broken-xml'],
  ['an entry without an agency', bundleOf(`<vm>${group(entry('', 'Country', 'NL'))}</vm>`), 'invalid-value-mapping'],
]

for (const [title, bundle, code] of broken) {
  test(`${title} is a diagnostic`, () => {
    const { groups, diagnostics } = readValueMapping(bundle)
    assert.deepEqual(groups, [])
    assert.deepEqual(
      diagnostics.map(diagnostic => diagnostic.code),
      [code],
    )
  })
}

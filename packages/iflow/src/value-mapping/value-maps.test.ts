import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnostic } from '../diagnostic.ts'
import {
  deleteValueSchema,
  type EditedValueMaps,
  readValueMaps,
  readValueSchemas,
  setDefaultValueMap,
  upsertValueMap,
  type ValueMapProblem,
  type ValueSchema,
} from './value-maps.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
const entry = (agency: string, schema: string, value: string, more = '') =>
  `<entry${more}><agency>${agency}</agency><schema>${schema}</schema><value>${value}</value></entry>`
const marked = ' isDefault="true"'
const country = (id: string, source: string, target: string, more = '') =>
  `<group id="${id}">${entry('S4', 'Country', source, more)}${entry('Concur', 'Currency', target)}</group>`

const schema: ValueSchema = {
  ...{ sourceAgency: 'S4', sourceIdentifier: 'Country' },
  ...{ targetAgency: 'Concur', targetIdentifier: 'Currency' },
}
const head = '<?xml version="1.0"?>\r\n<!-- kept --><vm version="2.0" >\n  '
const file = (...groups: readonly string[]) => `${head}${groups.join('\n  ')}</vm>\r\n`
const other = `<group id="o">${entry('A', 'x', '1')}${entry('B', 'y', '2')}</group>`
const countries = file(country('1', 'FR', 'EUR', marked), other, country('2', 'DE', 'EUR'), country('3', 'US', 'USD'))

function ok(result: EditedValueMaps | ValueMapProblem | Diagnostic): EditedValueMaps {
  assert.ok(typeof result === 'object' && 'bytes' in result, JSON.stringify(result))
  return result
}

const upsert = (xml: string, sourceValue: string, targetValue: string, id?: string) =>
  upsertValueMap(bytes(xml), schema, { id, sourceValue, targetValue, newId: 'n' })

test('bidirectional mappings are found in the direction of the file, each once', () => {
  const three = `<group>${entry('Concur', 'Currency', 'EUR')}${entry('S4', 'Country', 'IT')}${entry('Bank', 'Code', '9')}</group>`
  const found = readValueSchemas(bytes(file(country('1', 'FR', 'EUR'), three, other, country('2', 'DE', 'EUR'))))
  assert.ok(!('code' in found))
  assert.deepEqual(
    found.map(item => Object.values(item).join(' ')),
    ['S4 Country Concur Currency', 'Concur Currency Bank Code', 'S4 Country Bank Code', 'A x B y'],
  )
  const maps = readValueMaps(bytes(file(country('1', 'FR', 'EUR', marked), three)), schema)
  assert.deepEqual(maps, [
    { id: '1', sourceValue: 'FR', targetValue: 'EUR', isDefault: true },
    { id: '2', sourceValue: 'IT', targetValue: 'EUR', isDefault: false },
  ])
  assert.deepEqual(readValueMaps(bytes(countries), { ...schema, sourceAgency: 'None' }), [])
  assert.deepEqual(readValueSchemas(bytes('<vm version="2.0"/>')), [])
})

const edits: readonly [title: string, edit: () => EditedValueMaps, expected: string][] = [
  [
    'a new pair comes behind the last one of its mapping',
    () => ok(upsert(countries, 'CH & "x"', 'CHF')),
    countries.replace('</vm>', `${country('n', 'CH &amp; "x"', 'CHF')}</vm>`),
  ],
  ['a pair that is there is left alone', () => ok(upsert(countries, 'US', 'USD')), countries],
  [
    'a known source value gets the new target value',
    () => ok(upsert(countries, 'US', 'US$')),
    countries.replace('<value>USD<', '<value>US$<'),
  ],
  [
    'a pair is changed by its id',
    () => ok(upsert(countries, 'UK', '<GBP>', '3')),
    countries.replace('<value>US<', '<value>UK<').replace('<value>USD<', '<value>&lt;GBP&gt;<'),
  ],
  [
    'the first pair becomes the default when its target value is no longer unique',
    () => ok(upsert(countries, 'PR', 'USD')),
    countries
      .replace(country('3', 'US', 'USD'), country('3', 'US', 'USD', marked))
      .replace('</vm>', `${country('n', 'PR', 'USD')}</vm>`),
  ],
  [
    'a pair is no longer the default when its target value has become unique',
    () => ok(upsert(countries, 'DE', 'DEM')),
    countries.replace(marked, '').replace(country('2', 'DE', 'EUR'), country('2', 'DE', 'DEM')),
  ],
  [
    'another pair becomes the default',
    () => ok(setDefaultValueMap(bytes(countries), schema, '2')),
    countries.replace(marked, '').replace(country('2', 'DE', 'EUR'), country('2', 'DE', 'EUR', marked)),
  ],
  ['the default stays the default', () => ok(setDefaultValueMap(bytes(countries), schema, '1')), countries],
  ['a unique pair is not marked', () => ok(setDefaultValueMap(bytes(countries), schema, '3')), countries],
]

for (const [title, edit, expected] of edits) {
  test(`${title}, and nothing else changes`, () => assert.equal(text(edit().bytes), expected))
}

test('an edit tells the pair that it was for', () => {
  assert.deepEqual(ok(upsert(countries, 'CH', 'EUR')).map, {
    ...{ id: 'n', sourceValue: 'CH', targetValue: 'EUR', isDefault: false },
  })
  assert.equal(ok(setDefaultValueMap(bytes(countries), schema, '2')).map.isDefault, true)
})

test('odd spellings are edited as well', () => {
  const odd = `\ufeff<vm><group id='1'>${'<entry ><agency>S4</agency><schema>Country</schema><value/></entry>'}${"<entry isDefault = 'false'><agency>Concur</agency><schema>Currency</schema></entry>"}</group></vm>`
  const filled = ok(upsertValueMap(bytes(odd), schema, { id: '1', sourceValue: 'a', targetValue: 'b', newId: 'n' }))
  assert.equal(
    text(filled.bytes),
    odd.replace('<value/>', '<value>a</value>').replace('Currency</schema>', 'Currency</schema><value>b</value>'),
  )
})

test('a mapping goes with all its pairs, and others stay', () => {
  const left = deleteValueSchema(bytes(countries), schema)
  assert.ok(left instanceof Uint8Array)
  assert.equal(text(left), `${head}\n  ${other}\n  \n  </vm>\r\n`)
})

test('what there is nothing to edit in is told', () => {
  const none = { ...schema, targetIdentifier: 'None' }
  const shared = bytes(
    file(`<group>${entry('S4', 'Country', 'a')}${entry('Concur', 'Currency', 'b')}${entry('C', 'c', 'c')}</group>`),
  )
  const cases: readonly [result: unknown, expected: string][] = [
    [
      upsertValueMap(bytes(countries), none, { id: undefined, sourceValue: 'a', targetValue: 'b', newId: 'n' }),
      'no-schema',
    ],
    [upsert(countries, 'a', 'b', 'none'), 'no-map'],
    [upsert(countries, 'a\u0001', 'b'), 'not-xml'],
    [upsert(countries, 'a', '\ud800'), 'not-xml'],
    [upsert(countries, 'FR', 'b', '3'), 'source-taken'],
    [setDefaultValueMap(bytes(countries), none, '1'), 'no-schema'],
    [setDefaultValueMap(bytes(countries), schema, 'o'), 'no-map'],
    [deleteValueSchema(bytes(countries), none), 'no-schema'],
    [deleteValueSchema(shared, schema), 'shared-group'],
  ]
  for (const [result, expected] of cases) assert.equal(result, expected)
  const broken: readonly [content: Uint8Array, code: string][] = [
    [bytes('<vm>'), 'broken-xml'],
    [Uint8Array.of(0xff), 'not-utf8'],
    [bytes(`<vm><group>${entry('a', 'b', 'c').repeat(101)}</group></vm>`), 'too-large'],
  ]
  for (const [content, code] of broken) {
    const result = readValueSchemas(content)
    assert.ok('code' in result && result.code === code, code)
  }
})

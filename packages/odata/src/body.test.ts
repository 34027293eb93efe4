import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEntityBody, parseRelatedBodies } from './body.ts'
import type { EntityType } from './edm/model.ts'
import { library } from './testing/library.ts'

const book = library.findSet('Books')?.type as EntityType

const accepted: readonly (readonly [title: string, text: string, values: object])[] = [
  ['an entity', '{"Id":"x","Pages":3}', { Id: 'x', Pages: 3 }],
  ['a wrapped entity', '{"d":{"Id":"x"}}', { Id: 'x' }],
  ['a byte order mark and blanks', '\ufeff \n{"Id":"x"}', { Id: 'x' }],
  ['null', '{"Title":null}', { Title: null }],
  [
    'what it does not know, and drops it',
    '{"Id":"x","Other":1,"__metadata":{},"__proto__":{"Title":"y"}}',
    { Id: 'x' },
  ],
  [
    'every type',
    '{"Lent":true,"Copies":"7","Weight":"1.5","Published":"/Date(5)/","Cover":"AQ=="}',
    { Lent: true, Copies: 7n, Weight: 1.5, Published: 5, Cover: 'AQ==' },
  ],
  ['nothing', '{}', {}],
]

for (const [title, text, values] of accepted) {
  test(`a body accepts ${title}`, () => assert.deepEqual(parseEntityBody(book, text), values))
}

const refused: readonly (readonly [text: string, code: string, message: RegExp])[] = [
  ['', 'malformed-body', /found an empty body/],
  ['null', 'malformed-body', /found null/],
  ['[]', 'malformed-body', /found an array/],
  ['"x"', 'malformed-body', /found a string/],
  ['{"Id":', 'malformed-body', /found something else/],
  ['<entry/>', 'unsupported-media-type', /found XML/],
  ['{"Title":7}', 'malformed-body', /type Edm.String for "Title", found a number/],
  ['{"Title":{"a":1}}', 'malformed-body', /found an object/],
  ['{"Title":"a\\u0000b"}', 'malformed-body', /type Edm.String for "Title"/],
  ['{"Published":"/Date(8640000000000001)/"}', 'malformed-body', /Edm.DateTime for "Published"/],
  ['{"Weight":"1e999"}', 'malformed-body', /Edm.Double for "Weight"/],
  ['{"Pages":1.5}', 'malformed-body', /Edm.Int32 for "Pages"/],
  ['{"Copies":"9223372036854775808"}', 'malformed-body', /Edm.Int64/],
  ['{"Copies":"many"}', 'malformed-body', /Edm.Int64/],
  ['{"Published":"2025-01-01"}', 'malformed-body', /Edm.DateTime/],
  ['{"Lent":"true"}', 'malformed-body', /Edm.Boolean/],
]

for (const [text, code, message] of refused) {
  test(`the body ${text} is refused`, () => {
    assert.throws(() => parseEntityBody(book, text), { name: 'ODataError', code, message })
  })
}

const nested: readonly (readonly [title: string, text: string, related: object])[] = [
  ['none', '{"Id":"x","Pages":3}', {}],
  ['an array', '{"Pieces":[{"Name":"a","Other":1},{"Name":"b"}]}', { Pieces: [{ Name: 'a' }, { Name: 'b' }] }],
  ['results', '{"d":{"Pieces":{"results":[{"Name":"a"}]}}}', { Pieces: [{ Name: 'a' }] }],
  ['one', '{"Author":{"Number":"5"}}', { Author: [{ Number: 5n }] }],
  ['null and deferred ones', '{"Author":null,"Pieces":{"__deferred":{"uri":"x"}}}', {}],
]

for (const [title, text, related] of nested) {
  test(`entities inside a body: ${title}`, () => assert.deepEqual(parseRelatedBodies(library, book, text), related))
}

test('what is inside a body is an object', () => {
  const parse = () => parseRelatedBodies(library, book, '{"Pieces":["a"]}')
  assert.throws(parse, { code: 'malformed-body', message: /an object in "Pieces", found a string/ })
})

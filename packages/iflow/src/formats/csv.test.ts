import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCsv, writeCsv } from './csv.ts'

const texts: readonly [text: string, separator: string, records: string[][]][] = [
  ['', ',', []],
  [
    'a,b\r\nc,d',
    ',',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a;b\n\n\nc;\r;d\n',
    ';',
    [
      ['a', 'b'],
      ['c', ''],
      ['', 'd'],
    ],
  ],
  ['\uFEFFa||b,c', '||', [['a', 'b,c']]],
  ['"a,""b""\n",c\n', ',', [['a,"b"\n', 'c']]],
  ['"",\n', ',', [['', '']]],
  ['a,', ',', [['a', '']]],
  ['5" tube,b', ',', [['5" tube', 'b']]],
  [' "a", b', ',', [[' "a"', ' b']]],
]

for (const [text, separator, records] of texts) {
  test(`${JSON.stringify(text)} is ${JSON.stringify(records)}`, () => {
    assert.deepEqual(parseCsv(text, separator), records)
  })
}

for (const text of ['a\n"b', '"a"b', '"']) {
  test(`${JSON.stringify(text)} is not CSV`, () => {
    assert.throws(() => parseCsv(text, ','), { name: 'Failure', code: 'conversion' })
  })
}

test('what is written is read again', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ') })
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2 })), fc.constantFrom(',', ';'), (records, separator) => {
      const text = records.map(record => `${writeCsv(record, separator)}\n`).join('')
      assert.deepEqual(parseCsv(text, separator), records)
    }),
  )
})

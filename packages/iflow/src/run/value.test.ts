import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from './failure.ts'
import { asText, convert, datatypeOf } from './value.ts'
import { parseXml } from './xml.ts'

const texts: readonly [value: unknown, text: string][] = [
  [null, ''],
  [undefined, ''],
  ['x', 'x'],
  [42, '42'],
  [true, 'true'],
  [['a', ['b']], '[a, [b]]'],
  [
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    '{a=1, b=2}',
  ],
  [new Set(['a']), '[a]'],
  [new Uint8Array([0xc3, 0xbc]), 'ü'],
  [new Failure('No answer.', { code: 'receiver' }), 'No answer.'],
  [parseXml('<a b="1">x</a>'), '<a b="1">x</a>'],
  [parseXml('<a b="1">x</a>').documentElement?.attributes[0], '1'],
]

for (const [value, text] of texts) {
  test(`as text, ${text === '' ? 'nothing' : text}`, () => assert.equal(asText(value), text))
}

test('data types go by the class name, unknown ones are text', () => {
  const names = [
    'java.lang.Integer',
    'java.Lang.Integer',
    'long',
    'java.lang.Boolean',
    'byte[]',
    'util.java.String',
    '',
  ]
  assert.deepEqual(names.map(datatypeOf), ['integer', 'integer', 'integer', 'boolean', 'bytes', 'text', 'text'])
})

test('a number or boolean of no text is nothing, of other text a failure', () => {
  assert.equal(convert('', 'integer'), null)
  assert.equal(convert(' 7 ', 'integer'), 7)
  assert.equal(convert('1.5e3', 'decimal'), 1500)
  assert.equal(convert('TRUE', 'boolean'), true)
  assert.throws(() => convert('7.5', 'integer'), { code: 'expression' })
  assert.throws(() => convert('yes', 'boolean'), { code: 'expression' })
})

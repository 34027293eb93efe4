import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineEndsOf } from './line-ends.ts'

const cases: [text: string, lineEnds: string][] = [
  ['', '\n'],
  ['a', '\n'],
  ['a\nb', '\n'],
  ['a\r\nb\r\n', '\r\n'],
  ['a\r\nb\n', '\n'],
  ['\na\r\n', '\n'],
  ['a\r\nb\rc', '\n'],
  ['a\rb', '\n'],
]

for (const [text, lineEnds] of cases)
  test(`keeps the line ends of ${JSON.stringify(text)}`, () => assert.equal(lineEndsOf(text), lineEnds))

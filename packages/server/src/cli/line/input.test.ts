import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TestTerminal } from '../../testing/test-terminal.ts'
import { CommandError, UsageError } from './errors.ts'
import { readInput, readPairs } from './input.ts'

describe('pairs', () => {
  const pairs: [text: string, name: string, value: string][] = [
    ['a=b', 'a', 'b'],
    ['Content-Type: text/plain', 'Content-Type', 'text/plain'],
    ['a=b=c: d', 'a', 'b=c: d'],
    ['my name=', 'my name', ''],
    ['a=line\nline', 'a', 'line\nline'],
  ]
  for (const [text, name, value] of pairs) {
    test(`the pair ${JSON.stringify(text)}`, () => assert.deepEqual(readPairs('header', [text]), [[name, value]]))
  }
  test('a pair without a name or value is refused', () => {
    for (const text of ['=b', 'a', '', ': b']) assert.throws(() => readPairs('header', [text]), UsageError, text)
  })
})

describe('input', () => {
  const read = async (text: string) => Buffer.from(await readInput(text, new TestTerminal({}, 'piped'))).toString()

  test('is the text itself, standard input for @-, or a file', async () => {
    assert.equal(await read('<a/>'), '<a/>')
    assert.equal(await read('@-'), 'piped')
    assert.match(await read(`@${import.meta.filename}`), /^import assert/)
  })

  test('from a file that is not there is refused', async () => {
    await assert.rejects(read('@/nowhere'), error => error instanceof CommandError && /nowhere/.test(error.message))
  })
})

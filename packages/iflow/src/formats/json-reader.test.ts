import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { JsonReader, jsonDepthMax } from './json-reader.ts'

function read(reader: JsonReader): unknown {
  const kind = reader.peek()
  if (kind === 'string') return reader.string()
  if (kind === 'literal' || kind === 'null') return JSON.parse(reader.literal())
  const items: unknown[] = []
  if (kind === 'array') {
    reader.array(() => items.push(read(reader)))
    return items
  }
  const object: Record<string, unknown> = Object.create(null)
  reader.object(name => {
    object[name] = read(reader)
  })
  return object
}

function whole(text: string): unknown {
  const reader = new JsonReader(text)
  const value = read(reader)
  reader.end()
  return value
}

function outcome(parse: (text: string) => unknown, text: string): string {
  try {
    return JSON.stringify(parse(text))
  } catch {
    return 'refused'
  }
}

test('what is JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const laidOut = JSON.stringify(JSON.parse(text), null, indent)
      assert.equal(JSON.stringify(whole(laidOut)), JSON.stringify(JSON.parse(laidOut)))
    }),
  )
})

test('what JSON.parse refuses is refused', () => {
  const characters = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'u', '0', '1', '-', '.', 'e', ' ', 'true')
  const almost = fc.array(characters, { maxLength: 8 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(almost, text => assert.equal(outcome(whole, text), outcome(JSON.parse, text))),
    { numRuns: 2_000 },
  )
})

test('a failure says where, and quotes nothing', () => {
  assert.throws(() => whole('{"secret": 1,\n  "x" 2}'), {
    code: 'not-json',
    message: 'Expected JSON with ":" at line 2, column 7, found something else.',
  })
  assert.throws(() => whole('{"a": "b'), { message: /the end of the string/ })
})

test('nesting has a limit', () => {
  assert.throws(() => whole('['.repeat(jsonDepthMax + 1)), { code: 'not-json', message: /at most 1000 values/ })
})

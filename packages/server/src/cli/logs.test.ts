import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { UsageError } from './line/errors.ts'
import { readTime } from './logs.ts'

describe('the time of --since', () => {
  const now = Date.UTC(2026, 0, 31, 12)
  const times: [text: string, expected: string][] = [
    ['90s', '2026-01-31T11:58:30.000Z'],
    ['10m', '2026-01-31T11:50:00.000Z'],
    ['2h', '2026-01-31T10:00:00.000Z'],
    ['7d', '2026-01-24T12:00:00.000Z'],
    ['2026-01-30T09:00:00Z', '2026-01-30T09:00:00.000Z'],
  ]
  for (const [text, expected] of times) {
    test(`--since ${text}`, () => assert.equal(new Date(readTime(text, now)).toISOString(), expected))
  }
  test('--since of something else is refused', () => {
    assert.throws(() => readTime('yesterday', now), UsageError)
  })
})

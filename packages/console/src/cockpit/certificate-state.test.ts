import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateState } from './certificate-state.ts'

const now = new Date('2026-01-01T00:00:00Z')

const cases = [
  ['2025-12-31T23:59:59Z', 'ended'],
  ['2026-01-01T00:00:00Z', 'ended'],
  ['2026-01-01T00:00:01Z', 'ends'],
  ['2026-01-30T23:59:59Z', 'ends'],
  ['2026-01-31T00:00:00Z', 'valid'],
] as const

for (const [validUntil, state] of cases) {
  test(`on 1 January a certificate until ${validUntil} is ${state}`, () => {
    assert.equal(certificateState(new Date(validUntil), now), state)
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientSecret } from '../store/store.ts'
import { expiryState, nextExpiry } from './secret-expiry.ts'

const day = 86_400_000

for (const [expiresAt, expected] of [
  [undefined, 'valid'],
  [1_000, 'expired'],
  [999, 'expired'],
  [1_001, 'expiring'],
  [1_000 + 14 * day, 'expiring'],
  [1_001 + 14 * day, 'valid'],
] as const) {
  test(`at 1000, with 14 days of warning, what expires at ${expiresAt} is ${expected}`, () =>
    assert.equal(expiryState(expiresAt, 1_000, 14), expected))
}

for (const [times, expected] of [
  [[], undefined],
  [[undefined], undefined],
  [[undefined, 2_000], 2_000],
  [[3_000, 2_000], 2_000],
  [[500, 3_000], 3_000],
  [[500, undefined], undefined],
  [[500, 900], 900],
  [[1_000, 3_000], 3_000],
] as const) {
  test(`at 1000, of secrets that expire at ${times.join(', ')} something is to be done by ${expected}`, () => {
    const secrets = times.map(expiresAt => ({ id: '1', createdAt: 0, expiresAt, lastUsedAt: undefined }))
    assert.equal(nextExpiry(secrets satisfies ClientSecret[], 1_000), expected)
  })
}

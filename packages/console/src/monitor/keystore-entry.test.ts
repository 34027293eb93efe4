import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expiringFilter, expiryOf, hexaliasOf } from './keystore-entry.ts'

const now = new Date('2026-01-01T00:00:00.000Z')

const expiries: readonly (readonly [validTo: string, expiry: string])[] = [
  ['2025-12-31T23:59:59.999Z', 'expired'],
  ['2026-01-01T00:00:00.000Z', 'expiring'],
  ['2026-03-02T00:00:00.000Z', 'expiring'],
  ['2026-03-02T00:00:00.001Z', 'valid'],
]

for (const [validTo, expiry] of expiries) {
  test(`an entry that is valid until ${validTo} is ${expiry} on the first of January`, () =>
    assert.equal(expiryOf(new Date(validTo), now), expiry))
}

test('what is listed as expiring is what is shown as such', () =>
  assert.equal(expiringFilter(now), "ValidNotAfter le datetimeoffset'2026-03-02T00:00:00.000Z'"))

test('an alias is a key in hexadecimal digits of its UTF-8', () => assert.equal(hexaliasOf('aß'), '61C39F'))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Client } from '../ports.ts'
import { authorizationEnd, describeLifetime, type Lifetime, lifetimeSeconds } from './lifetime.ts'

const cases: [given: Lifetime, seconds: number | undefined, described?: Lifetime][] = [
  [{ value: 60, unit: 'minutes' }, 3600, { value: 60, unit: 'minutes' }],
  [{ value: 1, unit: 'minutes' }, 60, { value: 1, unit: 'minutes' }],
  [{ value: 120, unit: 'minutes' }, 7200, { value: 2, unit: 'hours' }],
  [{ value: 12, unit: 'hours' }, 43_200, { value: 12, unit: 'hours' }],
  [{ value: 180, unit: 'days' }, 15_552_000, { value: 180, unit: 'days' }],
  [{ value: 259_200, unit: 'minutes' }, 15_552_000, { value: 180, unit: 'days' }],
  [{ value: 259_201, unit: 'minutes' }, undefined],
  [{ value: 181, unit: 'days' }, undefined],
  [{ value: 0, unit: 'days' }, undefined],
  [{ value: -1, unit: 'hours' }, undefined],
  [{ value: 1.5, unit: 'hours' }, undefined],
  [{ value: Number.NaN, unit: 'hours' }, undefined],
]

for (const [given, seconds, described] of cases) {
  test(`${given.value} ${given.unit} are ${seconds ?? 'no'} seconds`, () => {
    assert.equal(lifetimeSeconds(given), seconds)
    if (seconds !== undefined) assert.deepEqual(describeLifetime(seconds), described)
  })
}

test('every lifetime survives being described', () => {
  const units = fc.constantFrom('minutes', 'hours', 'days')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 180 }), units, (value, unit) => {
      const seconds = lifetimeSeconds({ value, unit } as Lifetime) ?? 0
      assert.equal(lifetimeSeconds(describeLifetime(seconds)), seconds)
    }),
  )
})

const ends: [by: string, usedOnDay: number, tokenDays: number, refreshDays: number, endsOnDay: number][] = [
  ['the lifetime of its last refresh token', 10, 1, 30, 40],
  ['the lifetime of its last access token', 10, 30, 1, 40],
  ['its own age', 350, 1, 30, 365],
  ['an access token that outlives it', 350, 30, 1, 380],
]

for (const [by, usedOnDay, tokenDays, refreshDays, endsOnDay] of ends) {
  test(`an authorization ends by ${by}`, () => {
    const day = 86_400
    const client = { tokenLifetimeSeconds: tokenDays * day, refreshTokenLifetimeSeconds: refreshDays * day } as Client
    const end = authorizationEnd({ issuedAt: 0, usedAt: usedOnDay * day * 1000 }, client, { authorizationDaysMax: 365 })
    assert.equal(end / day / 1000, endsOnDay)
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast } from './contrast.ts'

const cases: readonly (readonly [string, string, number])[] = [
  ['#000000', '#FFFFFF', 21],
  ['#ffffff', '#000000', 21],
  ['#777777', '#777777', 1],
  ['#767676', '#FFFFFF', 4.54],
  ['#007CC0', '#FFFFFF', 4.52],
]

for (const [one, other, expected] of cases) {
  test(`${one} on ${other} has a contrast of ${expected}`, () => {
    assert.equal(Math.round(contrast(one, other) * 100) / 100, expected)
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextSorting, sorted } from './sorted.ts'

const cases: readonly (readonly [string, readonly (string | number)[], readonly (string | number)[]])[] = [
  ['numbers by size', [10, 9, 1], [1, 9, 10]],
  ['texts without regard to case', ['b', 'A', 'c'], ['A', 'b', 'c']],
  ['numbers in texts by size', ['step 10', 'step 9'], ['step 9', 'step 10']],
  ['umlauts beside their letters', ['z', 'ä', 'b'], ['ä', 'b', 'z']],
]
for (const [what, rows, expected] of cases) {
  test(`${what}, upwards and downwards`, () => {
    assert.deepEqual(
      sorted(rows, row => row, false, 'de'),
      expected,
    )
    assert.deepEqual(
      sorted(rows, row => row, true, 'de'),
      expected.toReversed(),
    )
  })
}

test('a header is pressed upwards, downwards, and off', () => {
  const up = nextSorting(undefined, 'Name')
  const down = nextSorting(up, 'Name')
  assert.deepEqual(
    [up, down],
    [
      { header: 'Name', isDescending: false },
      { header: 'Name', isDescending: true },
    ],
  )
  assert.equal(nextSorting(down, 'Name'), undefined)
  assert.deepEqual(nextSorting(down, 'ID'), { header: 'ID', isDescending: false })
})

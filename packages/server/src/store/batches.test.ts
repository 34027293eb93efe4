import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BatchSize, inBatches } from './batches.ts'

/** Batches by how long each row of them took, in milliseconds, and the rows of the one after them. */
const cases: readonly [what: string, msOfRows: readonly number[], rows: number][] = [
  ['rows that take little time become more', [0.01], 256],
  ['also beyond that, up to 1,024', [0.001, 0.001, 0.001, 0.001, 0.001], 1024],
  ['rows that take a few milliseconds stay as many', [0.03], 128],
  ['rows that take long become fewer', [0.05], 64],
  ['however long they take, there are 16', [9, 9, 9, 9, 9], 16],
  ['what took long once may be more again', [0.05, 0.01], 128],
]

for (const [what, msOfRows, rows] of cases) {
  test(`of a batch, ${what}`, () => {
    const size = new BatchSize()
    for (const ms of msOfRows) size.note(size.rows, size.rows * ms)
    assert.equal(size.rows, rows)
  })
}

test('a batch that is not full says nothing about more rows', () => {
  const size = new BatchSize()
  size.note(size.rows - 1, 0.1)
  assert.equal(size.rows, 128)
})

test('batches follow each other until there are no more rows, and others have their turn in between', async () => {
  const asked: number[] = []
  let left = 300
  let turns = 0
  const turn = () => {
    turns += 1
    if (left > 0) setImmediate(turn)
  }
  setImmediate(turn)
  const step = async (limit: number) => {
    asked.push(limit)
    const rows = Math.min(left, 100)
    left -= rows
    return rows
  }
  const total = await inBatches(
    step,
    () => false,
    () => 0,
  )
  assert.deepEqual([total, asked], [300, [128, 128, 128, 128]])
  assert.ok(turns >= 3, `${turns} turns`)
})

test('nothing begins after the stop', async () => {
  let steps = 0
  assert.equal(
    await inBatches(
      async () => ++steps,
      () => steps === 2,
    ),
    3,
  )
})

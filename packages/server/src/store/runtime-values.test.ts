import assert from 'node:assert/strict'
import { storeTest } from './each-database.test.ts'
import type { NumberRange } from './store.ts'

function range(more: Partial<NumberRange>): NumberRange {
  return {
    name: 'orders',
    description: '',
    minValue: 1,
    maxValue: 3,
    currentValue: 1,
    fieldLength: 0,
    rotate: false,
    deployedBy: 'ada',
    deployedAt: 1,
    ...more,
  }
}

storeTest('a variable belongs to its flow or to all, and expires', async ({ variables, dataStores }) => {
  const write = (flowId: string, value: string, expiresAt: number, encrypted: boolean) =>
    dataStores.apply([{ kind: 'write-variable', flowId, name: 'last', value, writtenAt: 1, expiresAt, encrypted }])
  await write('orders', 'a', 100, true)
  await write('', 'b', 100, false)
  assert.equal(await variables.read('orders', 'last', 99), 'a')
  assert.equal(await variables.read('', 'last', 99), 'b')
  assert.equal(await variables.read('returns', 'last', 99), undefined)
  assert.equal(await variables.read('orders', 'last', 100), undefined)
  await write('orders', 'c', 200, false)
  assert.equal(await variables.read('orders', 'last', 100), 'c')
})

const ranges: { name: string; given: Partial<NumberRange>; taken: (string | undefined)[] }[] = [
  { name: 'ends', given: {}, taken: ['1', '2', '3', 'exhausted', 'exhausted'] },
  { name: 'rotates', given: { rotate: true }, taken: ['1', '2', '3', '1'] },
  { name: 'pads', given: { currentValue: 2, fieldLength: 4 }, taken: ['0002', '0003', 'exhausted'] },
  { name: 'starts in the middle', given: { currentValue: 3, rotate: true }, taken: ['3', '1'] },
  {
    name: 'counts to 15 digits',
    given: { currentValue: 999_999_999_999_999, maxValue: 999_999_999_999_999 },
    taken: ['999999999999999', 'exhausted'],
  },
]

for (const { name, given, taken } of ranges) {
  storeTest(`a number range ${name}`, async ({ numberRanges }) => {
    await numberRanges.put(range(given))
    const found: (string | undefined)[] = []
    for (const _ of taken) found.push(await numberRanges.take('orders'))
    assert.deepEqual(found, taken)
  })
}

storeTest('no number is given out twice', async ({ numberRanges }) => {
  await numberRanges.put(range({ maxValue: 1000 }))
  const taken = await Promise.all(Array.from({ length: 50 }, () => numberRanges.take('orders')))
  assert.equal(new Set(taken).size, 50)
  assert.equal((await numberRanges.find('orders'))?.currentValue, 51)
})

storeTest('number ranges are replaced, listed and deleted', async ({ numberRanges }) => {
  await numberRanges.put(range({ name: 'b' }))
  await numberRanges.put(range({ name: 'a' }))
  await numberRanges.put(range({ name: 'b', rotate: true, description: 'new' }))
  assert.deepEqual(await numberRanges.list({}), [
    range({ name: 'a' }),
    range({ name: 'b', rotate: true, description: 'new' }),
  ])
  assert.equal(await numberRanges.take('none'), undefined)
  assert.equal(await numberRanges.delete('a'), true)
  assert.equal(await numberRanges.delete('a'), false)
  assert.equal(await numberRanges.find('a'), undefined)
})

storeTest('keys come back as they were put', async ({ keys }) => {
  await keys.put('signing', new Uint8Array([1, 2, 3]))
  await keys.put('signing', new Uint8Array([4, 5]))
  await keys.put('empty', new Uint8Array())
  assert.deepEqual(await keys.find('signing'), new Uint8Array([4, 5]))
  assert.deepEqual(await keys.find('empty'), new Uint8Array())
  assert.equal(await keys.find('none'), undefined)
})

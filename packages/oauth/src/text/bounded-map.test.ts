import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoundedMap } from './bounded-map.ts'

test('the entry that was used longest ago makes room', () => {
  const map = new BoundedMap<string, number>(2)
  assert.equal(map.set('a', 1), undefined)
  assert.equal(map.set('b', 2), undefined)
  assert.equal(map.get('a'), 1)
  assert.equal(map.set('c', 3), 2)
  assert.deepEqual([map.get('a'), map.get('b'), map.get('c'), map.size], [1, undefined, 3, 2])
})

test('an entry that is set again needs no room', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  assert.equal(map.set('a', 3), undefined)
  assert.equal(map.set('c', 4), 2)
  map.delete('a')
  assert.deepEqual([map.get('a'), map.get('c'), map.size], [undefined, 4, 1])
})

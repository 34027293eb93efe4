import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
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

test('whatever is done with it, it holds what was used last', () => {
  const key = fc.integer({ min: 0, max: 5 })
  const actions = fc.array(fc.tuple(fc.constantFrom('get', 'set', 'delete', 'clear'), key), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), actions, (max, done) => {
      const map = new BoundedMap<number, number>(max)
      let model: (readonly [key: number, value: number])[] = []
      for (const [index, [action, key]] of done.entries()) {
        const known = model.find(([other]) => other === key)
        const others = model.filter(entry => entry !== known)
        if (action === 'clear') {
          map.clear()
          model = []
        } else if (action === 'delete') {
          map.delete(key)
          model = others
        } else if (action === 'get') {
          assert.equal(map.get(key), known?.[1])
          model = known ? [...others, known] : others
        } else {
          const isFull = !known && model.length === max
          assert.equal(map.set(key, index), isFull ? model[0]?.[1] : undefined)
          model = [...others, [key, index] as const].slice(-max)
        }
        assert.deepEqual([...map.values()].toSorted(), model.map(([, value]) => value).toSorted())
      }
    }),
  )
})

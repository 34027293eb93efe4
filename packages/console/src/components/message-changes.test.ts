import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineChanges, valueChanges } from './message-changes.ts'

test('what a step changed of headers comes first, each with what it was and is', () => {
  const before = [
    { Name: 'Accept', Value: '*/*' },
    { Name: 'orderId', Value: '1' },
    { Name: 'old', Value: null },
  ]
  const after = [
    { Name: 'orderId', Value: '2' },
    { Name: 'Accept', Value: '*/*' },
    { Name: 'new', Value: 'x' },
  ]
  assert.deepEqual(
    valueChanges(before, after).map(({ name, change, before, after }) => [name, change, before, after]),
    [
      ['new', 'added', undefined, 'x'],
      ['old', 'removed', '', undefined],
      ['orderId', 'changed', '1', '2'],
      ['Accept', 'kept', '*/*', '*/*'],
    ],
  )
})

/** Changed lines are in brackets. */
const bodies: readonly (readonly [before: string, after: string, shown: string])[] = [
  ['a', 'a', 'a | a'],
  ['', 'a', '[] | [a]'],
  ['a\nb\nc', 'a\nx\nc', 'a [b] c | a [x] c'],
  ['a\nb', 'a\nn\nb', 'a b | a [n] b'],
  ['a\nb\nc\nd', 'b\nx\nd', '[a] b [c] d | b [x] d'],
  ['a\na', 'a', 'a [a] | a'],
]

for (const [before, after, shown] of bodies) {
  test(`lines of ${JSON.stringify(before)} and ${JSON.stringify(after)} are marked where they differ`, () => {
    const found = lineChanges(before, after).map(lines =>
      lines.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join(' '),
    )
    assert.equal(found.join(' | '), shown)
  })
}

test('bodies of many lines that have nothing in common are marked as a whole', () => {
  const lines = (prefix: string) => Array.from({ length: 2_000 }, (_, index) => `${prefix}${index}`).join('\n')
  const [before, after] = lineChanges(`same\n${lines('a')}`, `same\n${lines('b')}`)
  assert.equal(before.filter(({ isChanged }) => isChanged).length, 2_000)
  assert.equal(after[0]?.isChanged, false)
})

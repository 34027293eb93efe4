import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDeletePattern } from './delete-pattern.ts'

const names = ['SAP_A', 'sap_b', 'x-trace', 'a.c', 'abc']

const patterns: readonly [cell: string, ignoreCase: boolean, matched: readonly string[]][] = [
  ['$include=*', true, names],
  ['$include=sap_*', true, ['SAP_A', 'sap_b']],
  ['$include=sap_*', false, ['sap_b']],
  ['$include=*,$exclude=sap_*', true, ['x-trace', 'a.c', 'abc']],
  ['$include=a.c', true, ['a.c']],
  ['$exclude=sap_*', true, []],
]

for (const [cell, ignoreCase, matched] of patterns) {
  test(`${cell} ${ignoreCase ? 'without' : 'with'} regard to case deletes ${matched.join(', ') || 'nothing'}`, () => {
    const pattern = parseDeletePattern(cell, { ignoreCase })
    assert.ok(pattern !== undefined && 'matches' in pattern)
    assert.deepEqual(
      names.filter(name => pattern.matches(name)),
      matched,
    )
  })
}

test('anything else is one name', () => {
  assert.deepEqual(parseDeletePattern('retry_$select', { ignoreCase: true }), { name: 'retry_$select' })
  assert.deepEqual(parseDeletePattern('$name=$odd', { ignoreCase: true }), { name: '$odd' })
  assert.equal(parseDeletePattern('', { ignoreCase: true }), undefined)
  assert.equal(parseDeletePattern('$include=a,b', { ignoreCase: true }), undefined)
})

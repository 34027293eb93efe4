import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameProblem, parameterValue, proposedName, valueAt } from './externalisation.ts'

test('keeps values of cells and conditions escaped, and gives them back as they were', () => {
  const value = `<a b='c'>&amp;`
  assert.equal(parameterValue(value, 'field'), value)
  for (const place of ['cell', 'condition'] as const) {
    assert.equal(parameterValue(value, place), '&lt;a b=&apos;c&apos;&gt;&amp;amp;')
    assert.equal(valueAt(parameterValue(value, place), place), value)
  }
})

test('accepts names that the original accepts', () => {
  const problem = (name: string) => nameProblem(name, other => other === 'Taken')
  assert.deepEqual(['Host Port', 'a_b-c.1', 'Größe'].map(problem), [undefined, undefined, undefined])
  assert.deepEqual(['a/b', '<a>', '{a}', ' a', 'a:b'].map(problem), Array(5).fill('characters'))
  assert.deepEqual([problem(' '), problem('Taken')], ['required', 'taken'])
})

test('proposes the label, or the next number where another value has that name', () => {
  const known = new Map([['Address', { value: 'a' }]])
  assert.equal(proposedName('Address', 'a', known), 'Address')
  assert.equal(proposedName('Address', 'b', known), 'Address 2')
  assert.equal(proposedName('Size (in MB)', 'b', known), 'Size in MB')
})

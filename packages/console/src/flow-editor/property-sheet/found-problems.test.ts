import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FoundProblem, problemsAt } from './found-problems.ts'

const problem = (elementId?: string, property?: string): FoundProblem => ({
  severity: 'error',
  message: `${elementId} ${property}`,
  elementId,
  property,
})

test('tells problems of fields from those of the element, and from those of others', () => {
  const found = [problem('A', 'url'), problem('A'), problem('A', 'gone'), problem('B', 'url'), problem(), problem('P')]
  const { byKey, rest } = problemsAt(found, ['A', 'P'], ['url'])
  assert.deepEqual([...byKey], [['url', 'A url']])
  assert.deepEqual(
    rest.map(({ message }) => message),
    ['A undefined', 'A gone', 'P undefined'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsByElement, problemsOf } from './flow-problem.ts'

const at = (elementId: string, line: number) => ({ file: 'a.iflw', elementId, elementName: '', line })

test('errors come before warnings, both in the order of the file', () => {
  const problems = problemsOf([
    { code: 'a', severity: 'warning', message: 'Expected a, found b.', at: at('A', 1) },
    { code: 'b', severity: 'error', message: 'Expected a, found b.', at: at('B', 9) },
    { code: 'c', severity: 'error', message: 'Expected property "url" to be a URL, found "x".', at: at('B', 2) },
  ])
  assert.deepEqual(
    problems.map(({ code, elementId, elementName, property }) => [code, elementId, elementName, property]),
    [
      ['c', 'B', undefined, 'url'],
      ['b', 'B', undefined, undefined],
      ['a', 'A', undefined, undefined],
    ],
  )
  assert.deepEqual(
    [...problemsByElement(problems)].map(([id, found]) => [id, found.length]),
    [
      ['B', 2],
      ['A', 1],
    ],
  )
})

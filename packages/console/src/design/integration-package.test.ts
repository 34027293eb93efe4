import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idFor } from './integration-package.ts'

test('an ID is made of a name without what IDs do not have', () => {
  const cases = [
    ['My package 1.0', 'Mypackage1.0'],
    ['-./x', 'x'],
    ['Größe & Co', 'GrößeCo'],
    ['', ''],
  ] as const
  for (const [name, id] of cases) assert.equal(idFor(name), id)
})

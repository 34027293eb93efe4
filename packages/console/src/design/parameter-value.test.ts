import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parameterProblem } from './parameter-value.ts'

test('values fit the types of their parameters, or not', () => {
  const cases = [
    ['xsd:integer', '12', false],
    ['xsd:integer', '1.2', true],
    ['xsd:integer', '', false],
    ['xsd:boolean', 'true', false],
    ['xsd:boolean', 'yes', true],
    ['xsd:string', 'anything', false],
    ['custom:schedule', '<row/>', false],
  ] as const
  for (const [type, value, expected] of cases) assert.equal(parameterProblem(type, value), expected, `${type} ${value}`)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../api/http.ts'
import { fieldProblems } from './field-problems.ts'

const fields = ['id', 'name', 'tokenLifetime'] as const

test('sentences of a refusal come to the fields they name first', () => {
  const message =
    'Expected "name" to be one line. Expected "tokenLifetime.value" to be >= 1. Expected "tokenLifetime" to be at most 180 days. Expected no field "kind" for a platform client.'
  assert.deepEqual(fieldProblems(new ApiError(400, 'invalid-client', message), fields), {
    fields: {
      name: 'Expected "name" to be one line.',
      tokenLifetime: 'Expected "tokenLifetime.value" to be >= 1. Expected "tokenLifetime" to be at most 180 days.',
    },
    rest: 'Expected no field "kind" for a platform client.',
  })
})

test('a field may be inside of others', () => {
  const message = 'Expected "part.name.0" to be a name.'
  assert.deepEqual(fieldProblems(new ApiError(400, '', message), fields).fields, { name: message })
})

test('a code says which field a whole refusal is about', () => {
  const error = new ApiError(409, 'client-exists', 'Expected an unused client ID, found "name" registered already.')
  assert.deepEqual(fieldProblems(error, fields, { 'client-exists': 'id' }), {
    fields: { id: error.message },
    rest: undefined,
  })
})

for (const error of [
  undefined,
  new Error('no'),
  new ApiError(403, '', 'Expected "name"'),
  new ApiError(500, '', '"id"'),
]) {
  test(`no field is to blame for ${error}`, () => {
    assert.deepEqual(fieldProblems(error, fields), { fields: {}, rest: undefined })
  })
}

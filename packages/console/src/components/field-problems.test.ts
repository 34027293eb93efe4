import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../api/http.ts'
import { fieldProblems } from './field-problems.ts'

const labels = { id: 'ID', name: 'Name', tokenLifetime: 'Token Lifetime' }

test('sentences of a refusal come to the fields they name first, and name them by their labels', () => {
  const message =
    'Expected "name" to be one line. Expected "tokenLifetime.value" to be >= 1. Expected "tokenLifetime" to be at most 180 days. Expected no field "kind" for a platform client.'
  assert.deepEqual(fieldProblems(new ApiError(400, 'invalid-client', message), labels), {
    fields: {
      name: 'Expected "Name" to be one line.',
      tokenLifetime: 'Expected "Token Lifetime" to be >= 1. Expected "Token Lifetime" to be at most 180 days.',
    },
    rest: 'Expected no field "kind" for a platform client.',
  })
})

for (const [said, shown] of [
  ['Expected "part.name" to be a name.', 'Expected "Name" to be a name.'],
  ['Expected "part.name.0" to be a name.', 'Expected "Name 1" to be a name.'],
  ['Expected "name.0.parts.2.value" to be a name.', 'Expected "Name 1.3" to be a name.'],
  ['Expected either "name" or "id", found both.', 'Expected either "Name" or "ID", found both.'],
  ['Expected "name" to be short, found "id".', 'Expected "Name" to be short, found "id".'],
] as const) {
  test(`${said} is shown as ${shown}`, () => {
    assert.deepEqual(fieldProblems(new ApiError(400, '', said), labels).fields, { name: shown })
  })
}

for (const message of ['Expected the name of a group, found "id".', 'In a rule of group "name": Expected no "x".']) {
  test(`${message} is about no field, as that is a value`, () => {
    assert.deepEqual(fieldProblems(new ApiError(400, '', message), labels), { fields: {}, rest: message })
  })
}

test('a code says which field a whole refusal is about', () => {
  const error = new ApiError(409, 'client-exists', 'Expected an unused client ID, found "name" registered already.')
  assert.deepEqual(fieldProblems(error, labels, { 'client-exists': 'id' }), {
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
    assert.deepEqual(fieldProblems(error, labels), { fields: {}, rest: undefined })
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registryTerm } from './registry-terms.ts'

test('has the registry’s words in German, and leaves those that it lacks', () => {
  assert.equal(registryTerm('Address', 'de'), 'Adresse')
  assert.equal(registryTerm('Address', 'en'), 'Address')
  assert.equal(registryTerm('Token', 'de'), 'Token')
})

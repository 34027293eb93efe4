import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomSecret, randomUuid } from './generate.ts'

test('IDs are UUIDs of version 4, secrets have 256 bits, and none comes twice', () => {
  const ids = Array.from({ length: 100 }, randomUuid)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const secrets = Array.from({ length: 100 }, randomSecret)
  for (const secret of secrets) assert.match(secret, /^[0-9a-f]{64}$/)
  assert.equal(new Set([...ids, ...secrets]).size, 200)
})

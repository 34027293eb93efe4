import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageGuid } from './message-guid.ts'

test('IDs have the form of the original, are unique, and share their beginning within a second', () => {
  const now = Date.UTC(2026, 0, 1)
  const ids = Array.from({ length: 1_000 }, () => messageGuid(now))
  for (const id of ids) assert.match(id, /^A[A-Za-z0-9_-]{27}$/)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(new Set(ids.map(id => id.slice(0, 8))).size, 1)
  assert.match(messageGuid(Date.UTC(2100, 0, 1)), /^A/)
})

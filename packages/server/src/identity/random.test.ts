import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from './random.ts'

test('as many bytes as were asked for, never the same ones, and they stay as they are', () => {
  const random = createRandom()
  const drawn = [12, 4096, 4097, ...Array.from({ length: 2000 }, () => 12)].map(count => {
    const bytes = random.bytes(count)
    assert.equal(bytes.length, count)
    return { bytes, hex: Buffer.from(bytes).toString('hex') }
  })
  assert.equal(new Set(drawn.map(({ hex }) => hex)).size, drawn.length)
  for (const { bytes, hex } of drawn) assert.equal(Buffer.from(bytes).toString('hex'), hex)
})

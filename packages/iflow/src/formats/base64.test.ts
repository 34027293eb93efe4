import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeBase64, encodeBase64 } from './base64.ts'

test('bytes survive the way there and back, and the text is that of RFC 4648', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const text = encodeBase64(bytes)
      assert.equal(text, Buffer.from(bytes).toString('base64'))
      assert.deepEqual(decodeBase64(text), bytes)
      assert.deepEqual(decodeBase64(Buffer.from(bytes).toString('base64url')), bytes)
    }),
  )
})

for (const text of ['SGVs\r\nbG8=', ' SGVsbG8 = ', 'SGVsbG8']) {
  test(`${JSON.stringify(text)} is Hello`, () => {
    assert.equal(new TextDecoder().decode(decodeBase64(text)), 'Hello')
  })
}

for (const text of ['SGVsbG8?', 'S', 'SG=VsbG8', 'SGVsbG8==', 'Grüße', '<a/>', '=']) {
  test(`${text} is not Base64`, () => {
    assert.throws(() => decodeBase64(text), { name: 'Failure', code: 'decoding' })
  })
}

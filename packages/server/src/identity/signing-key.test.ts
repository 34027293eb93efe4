import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { generateSigningKey, signingKey } from './signing-key.ts'

test('signatures are those of JWS (RFC 7518 §3.4), and the key ID is the thumbprint (RFC 7638)', async () => {
  const key = signingKey(generateSigningKey())
  const input = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30`
  const signature = key.sign(input)
  assert.equal(signature.length, 64)
  assert.equal(key.verify(`${input} `, signature), false)
  assert.equal(key.verify(input, signature.subarray(1)), false)
  await compactVerify(`${input}.${Buffer.from(signature).toString('base64url')}`, await importJWK(key.publicJwk))
  assert.equal(key.kid, await calculateJwkThumbprint(key.publicJwk))
  assert.deepEqual(Object.keys(key.publicJwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('every signature verifies, however short its integers are', () => {
  const key = signingKey(generateSigningKey())
  // One signature in 128 has an integer that starts with a zero byte.
  for (let index = 0; index < 1000; index++) {
    const signature = key.sign(`input ${index}`)
    assert.equal(signature.length, 64)
    assert.equal(key.verify(`input ${index}`, signature), true)
  }
})

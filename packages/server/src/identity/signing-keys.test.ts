import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { openSigningKeys } from './signing-keys.ts'

/** Sealed values in memory. */
function sealedKeys() {
  const values = new Map<string, Uint8Array>()
  return {
    values,
    find: async (name: string) => values.get(name),
    put: async (name: string, value: Uint8Array) => void values.set(name, value),
  }
}

test('the first start creates a key, later ones find it', async () => {
  const store = sealedKeys()
  const first = await openSigningKeys(store)
  const second = await openSigningKeys(store)
  assert.equal(first.all().length, 1)
  assert.deepEqual(second.current().publicJwk, first.current().publicJwk)
  assert.equal(second.current().verify('input', first.current().sign('input')), true)
  assert.equal(second.find(first.current().kid), second.current())
  assert.equal(second.find('other'), undefined)
})

test('signatures are those of JWS (RFC 7518 §3.4), and the key ID is the thumbprint (RFC 7638)', async () => {
  const key = (await openSigningKeys(sealedKeys())).current()
  const input = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30`
  const signature = key.sign(input)
  assert.equal(signature.length, 64)
  assert.equal(key.verify(`${input} `, signature), false)
  assert.equal(key.verify(input, signature.subarray(1)), false)
  await compactVerify(`${input}.${Buffer.from(signature).toString('base64url')}`, await importJWK(key.publicJwk))
  assert.equal(key.kid, await calculateJwkThumbprint(key.publicJwk))
  assert.deepEqual(Object.keys(key.publicJwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('every signature verifies, however short its integers are', async () => {
  const key = (await openSigningKeys(sealedKeys())).current()
  // One signature in 128 has an integer that starts with a zero byte.
  for (let index = 0; index < 1000; index++) {
    const signature = key.sign(`input ${index}`)
    assert.equal(signature.length, 64)
    assert.equal(key.verify(`input ${index}`, signature), true)
  }
})

test('the first of several stored keys signs, all of them verify', async () => {
  const [store, older, newer] = [sealedKeys(), sealedKeys(), sealedKeys()]
  const keys = [await openSigningKeys(newer), await openSigningKeys(older)].map(opened => opened.current())
  const pems = [newer, older].map(({ values }) => Buffer.from(values.get('token-signing') ?? []).toString('utf8'))
  await store.put('token-signing', Buffer.from(pems.join('')))
  const opened = await openSigningKeys(store)
  assert.equal(opened.current().kid, keys[0]?.kid)
  assert.equal(opened.all().length, 2)
  for (const key of keys) assert.equal(opened.find(key.kid)?.verify('input', key.sign('input')), true)
})

test('a stored value without a key stops the start', async () => {
  const store = sealedKeys()
  await store.put('token-signing', Buffer.from('nothing'))
  await assert.rejects(openSigningKeys(store), /Expected at least one private key/)
})

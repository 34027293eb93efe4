import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { readPublicJwk } from '../src/index.ts'
import { clientKey } from './client-keys.ts'

const ec = clientKey('ES256').jwk
const rsa = clientKey('RS256').jwk

/** An RSA key whose modulus has so many bytes, the first of them `first`. */
const rsaOf = (bytes: number, first: number, e = 'AQAB') => {
  const modulus = Buffer.alloc(bytes, 0xff)
  modulus[0] = first
  return { kty: 'RSA', n: modulus.toString('base64url'), e }
}

/** A modulus of 1024 bits behind as many zeros. */
const padded = { kty: 'RSA', n: Buffer.concat([Buffer.alloc(256), Buffer.alloc(128, 0xff)]).toString('base64url') }

const keys: readonly (readonly [what: string, jwk: unknown, problem: RegExp | undefined])[] = [
  ['a point of P-256', ec, undefined],
  ['RSA of 2048 bits', rsa, undefined],
  ['RSA of 2047 bits', rsaOf(256, 0x7f), /2048 to 4096/],
  ['RSA of 2049 bits', rsaOf(257, 0x01), undefined],
  ['RSA of 4096 bits', rsaOf(512, 0x80), undefined],
  ['RSA of 4097 bits', rsaOf(513, 0x01), /2048 to 4096/],
  ['a short modulus behind zeros', { ...padded, e: 'AQAB' }, /2048 to 4096/],
  ['the exponent 1, with which everybody signs', { ...rsa, e: 'AQ' }, /RSA key/],
  ['the exponent 1 behind zeros', { ...rsa, e: 'AAAB' }, /RSA key/],
  ['an even exponent', { ...rsa, e: 'AQAA' }, /RSA key/],
  ['the exponent 3', { ...rsa, e: 'Aw' }, undefined],
  ['an exponent of more than four bytes', { ...rsa, e: 'AQAAAAE' }, /RSA key/],
  ['no exponent', { ...rsa, e: undefined }, /RSA key/],
  ['a curve of another type of key', { ...ec, kty: 'OKP' }, /Expected a key/],
  ['a curve that is not supported', { ...ec, crv: 'secp256k1' }, /Expected a key/],
  ['a curve named like a member of every object', { ...ec, crv: 'constructor' }, /Expected a key/],
  ['a short coordinate', { ...ec, y: ec.y?.slice(1) }, /Expected a key/],
  ['a coordinate that is no text', { ...ec, x: 7 }, /Expected a key/],
  ['a private key', { ...ec, d: 'AAAA' }, /found a private/],
  ['a private key that is left empty', { ...ec, d: undefined }, /found a private/],
  ['a symmetric key', { kty: 'oct', k: 'AAAA' }, /found a private or symmetric/],
  ['a key for encryption', { ...ec, use: 'enc' }, /"use"/],
  ['a key for signatures', { ...ec, use: 'sig' }, undefined],
  ['an algorithm of another kind of key', { ...clientKey('EdDSA').jwk, alg: 'ES256' }, /Ed25519, EdDSA/],
  ['an algorithm of another key', { ...ec, alg: 'ES384' }, /ES256/],
  ['a kid of 256 characters', { ...ec, kid: 'x'.repeat(256) }, undefined],
  ['a kid of 257 characters', { ...ec, kid: 'x'.repeat(257) }, /"kid"/],
  ['a kid that is no text', { ...ec, kid: 1 }, /"kid"/],
  ['no object', 'EC', /Expected a JWK/],
  ['null', null, /Expected a JWK/],
]

for (const [what, jwk, problem] of keys) {
  test(`${problem ? 'refused' : 'taken'} as a public key: ${what}`, () => {
    const read = readPublicJwk(jwk)
    if (problem) assert.match(String(read), problem)
    else assert.equal(createPublicKey({ key: { ...(read as object) } as never, format: 'jwk' }).type, 'public')
  })
}

test('what else a JWK says is dropped', () => {
  const read = readPublicJwk({
    ...ec,
    use: 'sig',
    kid: '1',
    alg: 'ES256',
    x5u: 'https://evil.example/',
    key_ops: ['sign'],
  })
  assert.deepEqual(read, { ...ec, kid: '1', alg: 'ES256' })
})

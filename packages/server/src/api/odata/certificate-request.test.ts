import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeCertificate } from '../../keystore/certificate.ts'
import { generateSelfSigned } from '../../keystore/self-signed.ts'
import { certificateRequestOf, hashOf, keyOf } from './certificate-request.ts'

/** Every name of the documentation that is not OpenSSL's own, and whose curve it is. */
const curves: Record<string, string> = {
  'NIST P-192': 'secp192r1',
  'X9.62 prime192v1': 'secp192r1',
  'NIST P-224': 'secp224r1',
  'NIST P-256': 'secp256r1',
  'X9.62 prime256v1': 'secp256r1',
  'NIST P-384': 'secp384r1',
  'NIST P-521': 'secp521r1',
  'NIST K-163': 'sect163k1',
  'NIST B-163': 'sect163r2',
  'NIST K-233': 'sect233k1',
  'NIST B-233': 'sect233r1',
  'NIST K-283': 'sect283k1',
  'NIST B-283': 'sect283r1',
  'NIST K-409': 'sect409k1',
  'NIST B-409': 'sect409r1',
  'NIST K-571': 'sect571k1',
  'NIST B-571': 'sect571r1',
}
for (const bits of ['192v2', '192v3', '239v1', '239v2', '239v3']) curves[`X9.62 prime${bits}`] = `prime${bits}`
for (const bits of ['191v1', '191v2', '191v3', '239v1', '239v2', '239v3', '359v1', '431r1']) {
  curves[`X9.62 c2tnb${bits}`] = `c2tnb${bits}`
}
const ofSecg =
  'p160k1 p160r1 p160r2 p192k1 p192r1 p224k1 p224r1 p256k1 p256r1 p384r1 p521r1 t163k1 t163r1 t163r2 t193r1 t193r2 t233k1 t233r1 t239k1 t283k1 t283r1 t409k1 t409r1 t571k1 t571r1'
for (const name of ofSecg.split(' ')) curves[`sec${name}`] = `sec${name}`

const bodies: readonly (readonly [
  body: Record<string, string | number>,
  curve: string | undefined,
  signature: string,
])[] = [
  ...Object.entries(curves).map(
    ([KeyAlgorithmParameter, curve]) => [{ KeyType: 'EC', KeyAlgorithmParameter }, curve, 'SHA256withECDSA'] as const,
  ),
  [{ KeyType: 'EC', KeySize: 112, SignatureAlgorithm: 'SHA-1/ECDSA' }, 'secp192r1', 'SHA1withECDSA'],
  [{ KeyType: 'EC', KeySize: 193 }, 'secp224r1', 'SHA256withECDSA'],
  [{ KeyType: 'EC', KeySize: 256, SignatureAlgorithm: 'SHA-512/ECDSA' }, 'secp256r1', 'SHA512withECDSA'],
  [{ KeyType: 'EC', KeySize: 384 }, 'secp384r1', 'SHA256withECDSA'],
  [{ KeyType: 'EC', KeySize: 571 }, 'secp521r1', 'SHA256withECDSA'],
  [{ KeyType: 'DSA', KeySize: 1024, SignatureAlgorithm: 'SHA-224/DSA' }, undefined, 'SHA224withDSA'],
  [{ KeySize: 2048 }, undefined, 'SHA512withRSA'],
  [{ KeyType: 'RSA', KeySize: 2048, SignatureAlgorithm: 'SHA384/RSA' }, undefined, 'SHA384withRSA'],
]

test('key pairs of every documented curve, kind and hash are generated', () => {
  for (const [asked, curve, signature] of bodies) {
    const body = { CommonName: 'c', ...asked }
    const key = keyOf(body)
    const request = certificateRequestOf(body, hashOf(body, key.type), 0, 86_400_000)
    const [own] = generateSelfSigned({ ...request, key }).certificates
    assert.ok(own)
    const described = describeCertificate(own)
    assert.deepEqual([described.curve, described.signatureAlgorithm], [curve, signature], JSON.stringify(asked))
    assert.equal(described.keyType, asked.KeyType ?? 'RSA')
  }
})

import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, verify, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import type { KeyPair } from '@sluice/iflow'
import { describeCertificate } from './certificate.ts'
import { contentOf, decodeDer, encodeDer, object, octets, oidOf, partsOf, primitive, sequence, tagged } from './der.ts'
import { pemOf } from './pem.ts'
import { type GenerationRequest, generateSelfSigned } from './self-signed.ts'
import { makeSigningRequest } from './signing-request.ts'
import { tool } from './testing/tools.ts'

const request = (key: GenerationRequest['key'], more: Partial<GenerationRequest> = {}): GenerationRequest => ({
  key,
  hash: 'sha256',
  subject: [
    ['C', 'DE'],
    ['CN', 'flöws'],
  ],
  validFrom: 1_700_000_000_000,
  validTo: Date.UTC(2051, 0),
  ...more,
})

/** The names `flows.example` and `flows2.example`, as an extension (RFC 5280 section 4.2.1.6). */
const names = sequence(
  ...['flows.example', 'flows2.example'].map(name => ({
    ...tagged(2),
    constructed: false,
    composed: false,
    value: name,
  })),
)
const extensions = encodeDer(sequence(sequence(object('2.5.29.17'), octets(encodeDer(names)))))

const pairs: readonly (readonly [name: string, pair: KeyPair])[] = [
  ['RSA', generateSelfSigned(request({ type: 'RSA', bits: 2048 }, { extensions }))],
  ['DSA', generateSelfSigned(request({ type: 'DSA', bits: 1024 }))],
  ['secp256r1', generateSelfSigned(request({ type: 'EC', curve: 'prime256v1' }, { extensions }))],
  ['secp521r1', generateSelfSigned(request({ type: 'EC', curve: 'secp521r1' }))],
]

const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '2.16.840.1.101.3.4.3.2': 'sha256',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.4': 'sha512',
}

for (const [name, pair] of pairs) {
  test(`a request to certify a key of ${name} is signed with it and asks for what its certificate says`, () => {
    const [own] = pair.certificates
    assert.ok(own)
    const [content, algorithm, signature] = partsOf(decodeDer(makeSigningRequest(pair)))
    assert.ok(content && signature)
    const key = createPrivateKey({ key: Buffer.from(pair.privateKey), format: 'der', type: 'pkcs8' })
    const hash = hashes[oidOf(partsOf(algorithm)[0])]
    assert.ok(hash)
    // The first byte says how many bits of the last one do not count.
    const signed = encodeDer(signature).subarray(-signatureLength(encodeDer(signature)))
    assert.ok(verify(hash, encodeDer(content), createPublicKey(key), signed))
    const [version, subject, publicKey, attributes] = partsOf(content)
    assert.deepEqual(contentOf(version), new Uint8Array([0]))
    assert.ok(subject && publicKey)
    assert.match(new X509Certificate(own).subject, /flöws/)
    assert.ok(includes(own, encodeDer(subject)))
    assert.ok(includes(own, encodeDer(publicKey)))
    const asked = partsOf(partsOf(partsOf(partsOf(attributes)[0])[1])[0]).map(one => oidOf(partsOf(one)[0]))
    assert.deepEqual(asked, new X509Certificate(own).subjectAltName ? ['2.5.29.15', '2.5.29.17'] : ['2.5.29.15'])
  })

  test(`OpenSSL verifies a request with a key of ${name}`, { skip: tool('openssl').skip }, () => {
    const pem = pemOf('CERTIFICATE REQUEST', makeSigningRequest(pair))
    const { stdout, stderr } = tool('openssl').run(['req', '-verify', '-noout', '-text', '-nameopt', 'utf8'], pem)
    assert.match(stderr, /verify OK/i)
    assert.match(stdout, /Subject: C\s?=\s?DE, CN\s?=\s?flöws/)
    assert.match(stdout, /X509v3 Key Usage/)
  })
}

function includes(bytes: Uint8Array, part: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from(part))
}

/** Length of the content of a BIT STRING without its first byte. */
function signatureLength(der: Uint8Array): number {
  const long = (der[1] ?? 0) & 0x80 ? (der[1] ?? 0) & 0x7f : 0
  return der.length - 2 - long - 1
}

test('extensions that are given take the place of those that would be made', () => {
  const usage = sequence(object('2.5.29.15'), octets(encodeDer(primitive(3, '\x07\x80'))))
  const pair = generateSelfSigned(
    request({ type: 'EC', curve: 'prime256v1' }, { extensions: encodeDer(sequence(usage)) }),
  )
  const [own] = pair.certificates
  assert.ok(own)
  const content = partsOf(partsOf(decodeDer(own))[0])
  const found = partsOf(partsOf(content.at(-1))[0]).map(one => oidOf(partsOf(one)[0]))
  assert.deepEqual(found, ['2.5.29.14', '2.5.29.19', '2.5.29.15'])
  assert.ok(includes(own, encodeDer(usage)))
  for (const wrong of [new Uint8Array([1]), encodeDer(sequence()), encodeDer(sequence(sequence(octets(own))))]) {
    assert.throws(() => generateSelfSigned(request({ type: 'EC', curve: 'prime256v1' }, { extensions: wrong })), {
      name: 'KeystoreError',
    })
  }
  assert.equal(describeCertificate(own).version, 3)
})

import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { describeCertificate, readCertificate } from './certificate.ts'
import { digestOf, readJks } from './jks.ts'
import { KeystoreError } from './keystore-error.ts'
import { type FileEntry, readKeystore } from './read-keystore.ts'
import { exampleJceks, exampleJks, exampleKeystorePkcs12, secretKeysJceks } from './testing/example-keystores.ts'
import { rootPem } from './testing/example-material.ts'
import { writeJks } from './write-jks.ts'

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** What an entry is, in a line. */
function told(entry: FileEntry): string {
  if ('problem' in entry) return `${entry.alias}: ${entry.problem}`
  if ('certificate' in entry) return `${entry.alias}: certificate of ${describeCertificate(entry.certificate).subject}`
  const { privateKey, certificates } = entry.pair
  const [own] = certificates
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  assert.ok(own && new X509Certificate(own).checkPrivateKey(key))
  return `${entry.alias}: key pair of ${describeCertificate(own).subject}`
}

const pairAndCertificate = ['flows: key pair of CN=flows, O=Example', 'vertraut ü😀: certificate of CN=other']
const secretKeys = ['aes', 'des'].map(alias => `${alias}: Expected a key pair or a certificate, found a secret key`)

const files: readonly (readonly [name: string, base64: string, entries: readonly string[]])[] = [
  ['JKS', exampleJks, pairAndCertificate],
  ['JCEKS with secret keys among its entries', exampleJceks, [...secretKeys, ...pairAndCertificate]],
  ['PKCS #12', exampleKeystorePkcs12, [...pairAndCertificate, 'second: key pair of CN=second']],
]
for (const [name, base64, entries] of files) {
  test(`all entries are read from ${name}`, () => {
    assert.deepEqual(readKeystore(bytesOf(base64), 'secret').map(told).sort(), [...entries].sort())
  })

  test(`${name} does not open with another password, and nothing secret is told`, () => {
    assert.throws(
      () => readKeystore(bytesOf(base64), 'hidden'),
      (error: unknown) =>
        error instanceof KeystoreError && /password/.test(error.message) && !/hidden/.test(error.message),
    )
  })
}

test('what is no keystore is refused', () => {
  for (const bytes of [new Uint8Array(), Buffer.from('hello'), new Uint8Array([0x30, 1]), new Uint8Array([0xfe, 0xed])])
    assert.throws(() => readKeystore(bytes, ''), KeystoreError)
})

test('a changed or cut keystore is refused', () => {
  for (const base64 of [exampleJks, exampleJceks]) {
    const bytes = bytesOf(base64)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, bits, isCut) => {
        const changed = isCut ? bytes.slice(0, at) : bytes.slice()
        if (!isCut) changed[at] = (changed[at] ?? 0) ^ bits
        assert.throws(() => readKeystore(changed, 'secret'), KeystoreError)
      }),
    )
  }
})

test('whatever a keystore says under the right password, it is read or refused', () => {
  for (const base64 of [exampleJks, secretKeysJceks]) {
    const content = bytesOf(base64).slice(0, -20)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1 }), changes => {
        const changed = content.slice()
        for (const [at, byte] of changes) changed[at] = byte
        try {
          readJks(Buffer.concat([changed, digestOf(changed, 'secret')]), 'secret')
        } catch (error) {
          assert.ok(error instanceof KeystoreError, String(error))
        }
      }),
    )
  }
})

test('written certificates are read again, whatever their aliases', () => {
  const certificate = readCertificate(Buffer.from(rootPem))
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(0xffff)).map(units => String.fromCharCode(...units))), aliases => {
      const written = writeJks(aliases.map(alias => ({ alias, certificate, createdAt: 1_700_000_000_000 })))
      assert.deepEqual(
        readJks(written, ''),
        aliases.map(alias => ({ kind: 'certificate', alias, certificates: [certificate] })),
      )
    }),
  )
})

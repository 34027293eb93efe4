import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import forge from 'node-forge'
import { describeCertificate, readCertificate, readPemCertificates } from './certificate.ts'
import { certifyKey } from './certify-key.ts'
import { KeystoreError } from './keystore-error.ts'
import { makePkcs7 } from './pkcs7.ts'
import { readChain } from './read-chain.ts'
import { readKeyPair } from './read-key-pair.ts'
import { readKeystore } from './read-keystore.ts'
import { generateSelfSigned } from './self-signed.ts'
import { makeSigningRequest } from './signing-request.ts'
import { sshPublicKey } from './ssh-public-key.ts'
import { opensshEd25519Key } from './testing/example-keystores.ts'
import { flowsKeyPem, flowsPem, issuingPem, rootPem } from './testing/example-material.ts'

const request = { hash: 'sha256', subject: [['CN', 'c']], validFrom: 0, validTo: Date.UTC(2100, 0) } as const
const pair = generateSelfSigned({ ...request, key: { type: 'RSA', bits: 2048 } })

/** A PKCS #12 file without encryption and digest, so that what is changed in it is read. */
function openPkcs12(): Uint8Array {
  const der = (bytes: Uint8Array | undefined) => forge.asn1.fromDer(Buffer.from(bytes ?? []).toString('binary'))
  const file = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromAsn1(der(pair.privateKey)),
    forge.pki.certificateFromAsn1(der(pair.certificates[0])),
    null as never,
    { friendlyName: 'x', useMac: false },
  )
  return new Uint8Array(Buffer.from(forge.asn1.toDer(file).getBytes(), 'binary'))
}

/** What can be made of a certificate that is read. */
async function useCertificate(bytes: Uint8Array): Promise<void> {
  const certificate = readCertificate(bytes)
  describeCertificate(certificate)
  makeSigningRequest({ privateKey: pair.privateKey, certificates: [certificate] })
  await sshPublicKey(certificate, 'x')
}

const pkcs12 = openPkcs12()
const readers: readonly (readonly [name: string, bytes: Uint8Array, read: (bytes: Uint8Array) => unknown])[] = [
  ['a keystore in PKCS #12', pkcs12, bytes => readKeystore(bytes, '')],
  ['a key pair in PKCS #12', pkcs12, bytes => readKeyPair(bytes, '')],
  ['a key pair in PEM', Buffer.from(flowsKeyPem + flowsPem), bytes => readKeyPair(bytes, '')],
  ['a chain', makePkcs7(readPemCertificates(flowsPem + issuingPem + rootPem)), readChain],
  ['a certificate', readCertificate(Buffer.from(flowsPem)), useCertificate],
  [
    'a key of SSH',
    Buffer.from(opensshEd25519Key),
    bytes => certifyKey({ text: Buffer.from(bytes).toString('latin1'), password: '', request, family: undefined }),
  ],
]
for (const [name, bytes, read] of readers) {
  test(`whatever becomes of the bytes of ${name}, they are read or refused`, async () => {
    assert.ok(await Promise.resolve(read(bytes)).then(() => true))
    const change = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(change, fc.option(fc.nat(bytes.length)), async (changes, end) => {
        const changed = new Uint8Array(bytes)
        for (const [at, byte] of changes) changed[at] = byte
        try {
          await read(changed.subarray(0, end ?? undefined))
        } catch (error) {
          assert.ok(error instanceof KeystoreError, String(error))
        }
      }),
      { numRuns: 200 },
    )
  })
}

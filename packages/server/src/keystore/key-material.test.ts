import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { test } from 'node:test'
import forge from 'node-forge'
import { createKeystoreProcess } from './ask-keystore-process.ts'
import { describeCertificate, readCertificate } from './certificate.ts'
import { KeystoreError } from './keystore-error.ts'
import { readKeyPair } from './read-key-pair.ts'
import { type GenerationRequest, generateSelfSigned } from './self-signed.ts'
import {
  flowsEncryptedKeyPem,
  flowsKeyPem,
  flowsPem,
  flowsPkcs12,
  issuingPem,
  rootPem,
} from './testing/example-material.ts'

const subjects = (certificates: readonly Uint8Array[]) => certificates.map(der => describeCertificate(der).subject)
const read = (given: string | Uint8Array, password = '') =>
  readKeyPair(new Uint8Array(Buffer.from(given as string)), password)
const chain = ['CN=flows, O=Example, C=DE', 'CN=Issuing, O=Example, C=DE', 'CN=Root, O=Example, C=DE']

const files: readonly [name: string, bytes: string | Uint8Array, password: string, subjects: readonly string[]][] = [
  ['PKCS #12 of OpenSSL 3', Buffer.from(flowsPkcs12, 'base64'), 'secret', chain],
  ['PEM in any order', rootPem + flowsKeyPem + issuingPem + flowsPem, '', chain],
  ['PEM with an encrypted key', flowsEncryptedKeyPem + flowsPem, 'secret', chain.slice(0, 1)],
  ['PEM with certificates of others', flowsKeyPem + flowsPem + rootPem, '', chain.slice(0, 1)],
]
for (const [name, bytes, password, expected] of files) {
  test(`a key pair is read from ${name}`, () => {
    const { privateKey, certificates } = read(bytes, password)
    assert.deepEqual(subjects(certificates), expected)
    const expectedKey = createPrivateKey(flowsKeyPem).export({ type: 'pkcs8', format: 'der' })
    assert.deepEqual(Buffer.from(privateKey), expectedKey)
  })
}

test('an RSA key pair is read from PKCS #12 with triple DES', () => {
  const generated = generateSelfSigned(request({ type: 'RSA', bits: 2048 }))
  const der = (bytes: Uint8Array) => forge.asn1.fromDer(Buffer.from(bytes).toString('binary'))
  const [own] = generated.certificates
  assert.ok(own)
  const file = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromAsn1(der(generated.privateKey)),
    forge.pki.certificateFromAsn1(der(own)),
    'secret',
    { algorithm: '3des' },
  )
  const pair = read(Buffer.from(forge.asn1.toDer(file).getBytes(), 'binary'), 'secret')
  assert.deepEqual(pair, generated)
})

const refused: readonly [name: string, bytes: string | Uint8Array, password: string, message: RegExp][] = [
  ['a wrong password', Buffer.from(flowsPkcs12, 'base64'), 'hidden', /password of the PKCS #12 file, found another/],
  ['a wrong password of a key', flowsEncryptedKeyPem + flowsPem, 'hidden', /private key and its password/],
  ['a key without its certificate', flowsKeyPem + rootPem, '', /certificate of the private key, found 1 others/],
  ['a certificate without a key', flowsPem, '', /private key and its password/],
  ['bytes that only begin like it', new Uint8Array([0x30, 0x82, 1]), '', /value in DER .*, found something else/],
  ['DER of something else', readCertificate(Buffer.from(rootPem)), '', /PKCS #12 file/],
  ['nothing', '', '', /private key and its password/],
]
for (const [name, bytes, password, message] of refused) {
  test(`${name} is refused, and nothing secret is told`, () => {
    assert.throws(
      () => read(bytes, password),
      (error: unknown) => {
        assert.ok(error instanceof KeystoreError, String(error))
        assert.match(error.message, message)
        assert.doesNotMatch(error.message, /hidden|BEGIN/)
        return true
      },
    )
  })
}

function request(key: GenerationRequest['key'], more: Partial<GenerationRequest> = {}): GenerationRequest {
  const subject = [
    ['C', 'DE'],
    ['O', 'Exämple'],
    ['CN', 'flows'],
  ] as const
  return { key, hash: 'sha256', subject, validFrom: 1_700_000_000_000, validTo: Date.UTC(2051, 0), ...more }
}

const generated: readonly [key: GenerationRequest['key'], hash: GenerationRequest['hash'], signature: string][] = [
  [{ type: 'RSA', bits: 2048 }, 'sha512', 'SHA512withRSA'],
  [{ type: 'EC', curve: 'prime256v1' }, 'sha256', 'SHA256withECDSA'],
  [{ type: 'EC', curve: 'secp521r1' }, 'sha384', 'SHA384withECDSA'],
]
for (const [key, hash, signatureAlgorithm] of generated) {
  test(`a key pair is generated with ${signatureAlgorithm} of ${JSON.stringify(key)}`, () => {
    const { certificates, privateKey } = generateSelfSigned(request(key, { hash }))
    const [own] = certificates
    assert.ok(own && certificates.length === 1)
    const certificate = new X509Certificate(own)
    assert.ok(certificate.verify(certificate.publicKey))
    const keyObject = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
    assert.ok(certificate.checkPrivateKey(keyObject))
    const described = describeCertificate(own)
    assert.deepEqual(
      [described.subject, described.issuer, described.validFrom, described.validTo, described.signatureAlgorithm],
      [
        'CN=flows, O=Exämple, C=DE',
        'CN=flows, O=Exämple, C=DE',
        1_700_000_000_000,
        Date.UTC(2051, 0),
        signatureAlgorithm,
      ],
    )
    assert.match(described.fingerprints.sha1, /^(?:[0-9A-F]{2}:){19}[0-9A-F]{2}$/)
  })
}

test('a certificate is read from PEM and DER; several are refused', () => {
  const der = readCertificate(Buffer.from(rootPem))
  assert.deepEqual(readCertificate(der), der)
  assert.throws(() => readCertificate(Buffer.from(rootPem + issuingPem)), /one certificate, PEM or DER, found 2/)
  assert.throws(() => readCertificate(Buffer.from('hello')), /found none/)
  assert.throws(() => readCertificate(new Uint8Array([0x30, 1, 2])), /X.509 certificate, found something else/)
})

test('what a process of its own does arrives, and so does why it cannot', async () => {
  const bytes = new Uint8Array(Buffer.from(flowsPkcs12, 'base64'))
  const ask = createKeystoreProcess()
  const pair = await ask('read', { bytes, password: 'secret' })
  assert.deepEqual(pair, read(bytes, 'secret'))
  const refusal = ask('read', { bytes, password: 'hidden' })
  await assert.rejects(refusal, { name: 'KeystoreError', message: /password of the PKCS #12 file/ })
})

test('two processes work at a time, and the others wait', async () => {
  let [alive, most, all] = [0, 0, 0]
  const count = (message: unknown) => {
    most = Math.max(most, ++alive)
    all++
    ;(message as { process: ChildProcess }).process.once('exit', () => alive--)
  }
  subscribe('child_process', count)
  const ask = createKeystoreProcess()
  const key = { type: 'EC', curve: 'prime256v1' } as const
  const request = { hash: 'sha256', subject: [['CN', 'x']], validFrom: 0, validTo: 1e12, key } as const
  const pairs = await Promise.all(Array.from({ length: 5 }, () => ask('generate', request)))
  unsubscribe('child_process', count)
  assert.deepEqual([most, all], [2, 5])
  assert.equal(new Set(pairs.map(({ privateKey }) => Buffer.from(privateKey).toString('hex'))).size, 5)
})

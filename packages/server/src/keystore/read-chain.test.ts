import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { describeCertificate, readCertificate, readPemCertificates } from './certificate.ts'
import { decodeDer, encodeDer, sequence } from './der.ts'
import { pemOf } from './pem.ts'
import { makePkcs7 } from './pkcs7.ts'
import { readChain } from './read-chain.ts'
import { flowsPem, issuingPem, rootPem } from './testing/example-material.ts'
import { inDirectory, tool } from './testing/tools.ts'

const chain = readPemCertificates(flowsPem + issuingPem + rootPem)
const path = encodeDer(sequence(...chain.toReversed().map(decodeDer)))
const subjects = (certificates: readonly Uint8Array[]) =>
  certificates.map(der => describeCertificate(der).subject.split(',')[0])
const whole = ['CN=flows', 'CN=Issuing', 'CN=Root']

const files: readonly (readonly [name: string, bytes: Uint8Array, subjects: readonly string[]])[] = [
  ['PEM', Buffer.from(flowsPem + issuingPem + rootPem), whole],
  ['PKCS #7', makePkcs7(chain), whole],
  ['PKCS #7 in PEM', Buffer.from(pemOf('PKCS7', makePkcs7(chain))), whole],
  ['a PKI path, the authority first', path, [...whole].reverse()],
  ['one certificate', readCertificate(Buffer.from(flowsPem)), ['CN=flows']],
  ['a path of one certificate', encodeDer(sequence(decodeDer(readCertificate(Buffer.from(flowsPem))))), ['CN=flows']],
]
for (const [name, bytes, expected] of files) {
  test(`the certificates of ${name} are read`, () => assert.deepEqual(subjects(readChain(bytes)), expected))
}

test('what holds no certificates is refused', () => {
  for (const bytes of [new Uint8Array(), Buffer.from('hello'), Buffer.from([0x30, 0x03, 1]), encodeDer(sequence())])
    assert.throws(() => readChain(bytes), { name: 'KeystoreError' })
})

test('OpenSSL reads our PKCS #7, and we read that of OpenSSL', { skip: tool('openssl').skip }, () => {
  const { stdout } = tool('openssl').run(['pkcs7', '-print_certs'], pemOf('PKCS7', makePkcs7(chain)))
  assert.deepEqual(subjects(readPemCertificates(stdout)), whole)
  inDirectory(path => {
    writeFileSync(join(path, 'chain.pem'), flowsPem + issuingPem + rootPem)
    const made = tool('openssl').run(['crl2pkcs7', '-nocrl', '-certfile', join(path, 'chain.pem')])
    assert.deepEqual(subjects(readChain(Buffer.from(made.stdout))).sort(), [...whole].sort())
  })
})

import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { describeCertificate } from './certificate.ts'
import { certifyKey } from './certify-key.ts'
import { sshPublicKey } from './ssh-public-key.ts'
import { opensshEcKey, opensshEd25519Key } from './testing/example-keystores.ts'
import { flowsEncryptedKeyPem } from './testing/example-material.ts'
import { inDirectory, tool } from './testing/tools.ts'

const request = {
  hash: 'sha256',
  subject: [['CN', 'ssh']],
  validFrom: 1_700_000_000_000,
  validTo: Date.UTC(2051, 0),
} as const

const certify = (text: string, password = '') => certifyKey({ text, password, request, family: undefined })
const rsaPem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
const dsaPem = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
})

/** A length in four bytes and the bytes, as SSH writes them (RFC 4251 section 5). */
function block(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A key as PuTTY keeps it (`.ppk`, version 2), not encrypted. */
function puttyKey(pem: string): string {
  const jwk = createPrivateKey(pem).export({ format: 'jwk' })
  const number = (text = '') => {
    const bytes = Buffer.from(text, 'base64url')
    return block((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes)
  }
  const publicPart = Buffer.concat([block(Buffer.from('ssh-rsa')), number(jwk.e), number(jwk.n)]).toString('base64')
  const privatePart = Buffer.concat([number(jwk.d), number(jwk.p), number(jwk.q), number(jwk.qi)]).toString('base64')
  const lines = (base64: string) => base64.match(/.{1,64}/g) ?? []
  return [
    'PuTTY-User-Key-File-2: ssh-rsa',
    'Encryption: none',
    'Comment: imported',
    `Public-Lines: ${lines(publicPart).length}`,
    ...lines(publicPart),
    `Private-Lines: ${lines(privatePart).length}`,
    ...lines(privatePart),
    'Private-MAC: 0',
    '',
  ].join('\r\n')
}

const keys: readonly (readonly [name: string, text: string, password: string, family: string, prefix: string])[] = [
  ['RSA in PKCS #1', String(rsaPem), '', 'RSA', 'ssh-rsa AAAAB3NzaC1yc2E'],
  ['DSA in PKCS #8', String(dsaPem), '', 'DSA', 'ssh-dss AAAAB3NzaC1kc3M'],
  ['RSA of PuTTY', puttyKey(String(rsaPem)), '', 'RSA', 'ssh-rsa AAAAB3NzaC1yc2E'],
  ['EC of OpenSSH, encrypted', opensshEcKey, 'secret', 'EC', 'ecdsa-sha2-nistp256 AAAAE2VjZHNh'],
  ['EC in encrypted PEM', flowsEncryptedKeyPem, 'secret', 'EC', 'ecdsa-sha2-nistp256 AAAAE2VjZHNh'],
  ['Ed25519 of OpenSSH', opensshEd25519Key, '', 'Ed25519', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5'],
]
for (const [name, text, password, expected, prefix] of keys) {
  test(`a private key of ${name} gets a certificate, and its public key is told to SSH`, async () => {
    const { family, certificates } = await certify(text, password)
    assert.equal(family, expected)
    const [own] = certificates
    assert.ok(own)
    assert.deepEqual(
      [describeCertificate(own).subject, describeCertificate(own).keyType],
      ['CN=ssh', family.toUpperCase()],
    )
    const line = await sshPublicKey(own, 'public key for alias my key')
    assert.ok(line.startsWith(`${prefix}`), line)
    assert.ok(line.endsWith(' public key for alias my key\n'), line)
  })
}

test('ssh-keygen knows our public keys, and we its private ones', { skip: tool('ssh-keygen').skip }, async () => {
  const written: (readonly [key: string, line: string])[] = []
  inDirectory(directory => {
    for (const [type = '', ...more] of [['rsa', '-b', '2048'], ['ecdsa', '-b', '384'], ['ed25519']]) {
      const path = join(directory, type)
      // One round instead of the usual number: the library that reads it is slow.
      tool('ssh-keygen').run(['-q', '-t', type, ...more, '-a', '1', '-N', 'correct horse', '-C', 'me', '-f', path])
      written.push([readFileSync(path, 'utf8'), readFileSync(`${path}.pub`, 'utf8')])
    }
  })
  for (const [key, line] of written) {
    const { certificates } = await certify(key, 'correct horse')
    assert.ok(certificates[0])
    assert.equal(await sshPublicKey(certificates[0], 'me'), line)
  }
})

test('a key that does not open is refused, and nothing secret is told', async () => {
  for (const [text, password] of [
    [opensshEcKey, 'hidden'],
    [opensshEcKey, ''],
    [flowsEncryptedKeyPem, 'hidden'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nhidden\n-----END OPENSSH PRIVATE KEY-----\n', ''],
    ['PuTTY-User-Key-File-3: hidden', ''],
    ['hidden', ''],
  ] as const) {
    await assert.rejects(certify(text, password), (error: unknown) => {
      assert.ok(error instanceof Error && error.name === 'KeystoreError')
      assert.doesNotMatch(`${error.message}${String(error.cause)}`, /hidden/)
      return true
    })
  }
})

test('a key of another kind than asked for is refused, and one that SSH does not know', async () => {
  const asked = { text: opensshEd25519Key, password: '', request, family: 'RSA' } as const
  await assert.rejects(certifyKey(asked), /type RSA, found one of type Ed25519/)
  const curve = generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).privateKey
  const { certificates } = await certify(String(curve.export({ type: 'pkcs8', format: 'pem' })))
  assert.ok(certificates[0] && createPublicKey(curve))
  await assert.rejects(sshPublicKey(certificates[0], 'x'), /Expected a key that SSH knows/)
})

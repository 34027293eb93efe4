import { X509Certificate } from 'node:crypto'
import type { Certificate, KeyPair } from '@sluice/iflow'
import { readCertificate } from './certificate.ts'
import { isJks, readJks } from './jks.ts'
import { keyPairOf, readPrivateKey } from './key-material.ts'
import { KeystoreError } from './keystore-error.ts'
import { readPkcs12Content } from './pkcs12.ts'

/** An entry of a keystore file. */
export type FileEntry = { readonly alias: string } & (
  | { readonly pair: KeyPair }
  | { readonly certificate: Certificate }
  /** What the file has under the alias and nobody here can use. */
  | { readonly problem: string }
)

/**
 * All entries of a keystore file: Java's types JKS and JCEKS, or PKCS #12 (RFC 7292). `password` opens it and all of its
 * private keys. How long that takes is for whoever made the file to say. Throws `KeystoreError`.
 */
export function readKeystore(bytes: Uint8Array, password: string): FileEntry[] {
  if (isJks(bytes)) return fromJks(bytes, password)
  if (bytes[0] === 0x30) return fromPkcs12(bytes, password)
  throw new KeystoreError('Expected a keystore of type JKS, JCEKS or PKCS #12, found something else')
}

function fromJks(bytes: Uint8Array, password: string): FileEntry[] {
  return readJks(bytes, password).map(entry => {
    const { alias } = entry
    return entryOr(alias, () => {
      if (entry.kind === 'other') throw new KeystoreError('Expected a key pair or a certificate, found a secret key')
      const certificates = entry.certificates.map(readCertificate)
      if (entry.kind === 'key-pair') return { alias, pair: keyPairOf(pkcs8(entry.privateKey), certificates) }
      const [certificate] = certificates
      return certificate ? { alias, certificate } : { alias, problem: 'Expected a certificate, found none' }
    })
  })
}

/** Certificates that belong to no key are trusted ones. What has no name gets a number, as in Java. */
function fromPkcs12(bytes: Uint8Array, password: string): FileEntry[] {
  const { keys, certificates } = readPkcs12Content(bytes, password)
  const all = certificates.map(({ certificate }) => certificate)
  let unnamed = 0
  const nameOr = (alias: string | undefined) => alias || String(++unnamed)
  const entries = keys.map(({ alias, privateKey }): FileEntry => {
    const name = nameOr(alias)
    return entryOr(name, () => ({ alias: name, pair: keyPairOf(privateKey, all) }))
  })
  const used = new Set(entries.flatMap(entry => ('pair' in entry ? entry.pair.certificates.map(fingerprint) : [])))
  const trusted = certificates.filter(({ certificate }) => !used.has(fingerprint(certificate)))
  return [...entries, ...trusted.map(({ alias, certificate }) => ({ alias: nameOr(alias), certificate }))]
}

function fingerprint(certificate: Uint8Array): string {
  return new X509Certificate(certificate).fingerprint256
}

function pkcs8(privateKey: Uint8Array): ReturnType<typeof readPrivateKey> {
  return readPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
}

function entryOr(alias: string, read: () => FileEntry): FileEntry {
  try {
    return read()
  } catch (error) {
    if (error instanceof KeystoreError) return { alias, problem: error.message }
    throw error
  }
}

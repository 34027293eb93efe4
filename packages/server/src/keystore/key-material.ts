import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { KeyPair } from '@sluice/iflow'
import { KeystoreError } from './keystore-error.ts'

/** Most certificates of one chain. */
const chainMax = 10

/** Kinds of keys that TLS, SSH and signatures are done with. */
const keyTypes = new Set(['rsa', 'rsa-pss', 'dsa', 'ec', 'ed25519', 'ed448'])

/** Reads a private key in PKCS #8, PKCS #1 or SEC 1. Throws `KeystoreError` without a word of what was read. */
export function readPrivateKey(input: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(input)
  } catch {
    // The cause is not kept: what OpenSSL says may quote its input.
    throw new KeystoreError('Expected a private key and its password, found a key that does not open with them')
  }
}

/**
 * A private key with those of the given certificates that certify it: its own first, then the authorities above it. Throws
 * `KeystoreError`.
 */
export function keyPairOf(privateKey: KeyObject, certificates: readonly Uint8Array[]): KeyPair {
  const type = privateKey.asymmetricKeyType ?? 'unknown'
  if (!keyTypes.has(type)) {
    throw new KeystoreError(`Expected a private key of type ${[...keyTypes].join(', ')}, found ${type}`)
  }
  const parsed = certificates.map(der => new X509Certificate(der))
  const own = parsed.find(certificate => certificate.checkPrivateKey(privateKey))
  if (!own) throw new KeystoreError(`Expected the certificate of the private key, found ${parsed.length} others`)
  const chain = [own]
  for (let last: X509Certificate | undefined = own; last && chain.length < chainMax; ) {
    const below: X509Certificate = last
    last = parsed.find(candidate => !chain.includes(candidate) && below.checkIssued(candidate))
    if (last) chain.push(last)
  }
  return {
    privateKey: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    certificates: chain.map(({ raw }) => new Uint8Array(raw)),
  }
}

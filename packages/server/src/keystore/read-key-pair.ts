import type { KeyPair } from '@sluice/iflow'
import { readPemCertificates } from './certificate.ts'
import { keyPairOf, readPrivateKey } from './key-material.ts'
import { readPkcs12 } from './pkcs12.ts'

/**
 * A key pair as people have it: PKCS #12 (RFC 7292), or PEM with the private key and its certificates in any order.
 * `password` opens PKCS #12 and an encrypted key; how long that takes is for whoever made the file to say, so this is
 * done in a process of its own. Throws `KeystoreError`.
 */
export function readKeyPair(bytes: Uint8Array, password: string): KeyPair {
  if (bytes[0] === 0x30) return readPkcs12(bytes, password)
  const text = Buffer.from(bytes).toString('latin1')
  return keyPairOf(readPrivateKey({ key: text, passphrase: password }), readPemCertificates(text))
}

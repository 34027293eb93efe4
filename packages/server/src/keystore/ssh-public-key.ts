import { X509Certificate } from 'node:crypto'
import { KeystoreError } from './keystore-error.ts'

/**
 * The public key of a certificate as a line of OpenSSH's `authorized_keys` (RFC 4253 section 6.6, RFC 5656, RFC 8709). Throws
 * `KeystoreError` for a key that SSH does not know.
 */
export async function sshPublicKey(certificate: Uint8Array, comment: string): Promise<string> {
  const { default: sshpk } = await import('sshpk')
  try {
    const pem = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' })
    const key = sshpk.parseKey(pem, 'pem')
    key.comment = comment
    return `${key.toString('ssh')}\n`
  } catch (cause) {
    throw new KeystoreError('Expected a key that SSH knows: RSA, DSA, Ed25519 or a curve of NIST, found another', {
      cause,
    })
  }
}

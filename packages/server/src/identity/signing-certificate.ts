import { X509Certificate } from 'node:crypto'
import { pemOf } from '../keystore/pem.ts'

const curves: readonly (string | undefined)[] = ['prime256v1', 'secp384r1', 'secp521r1']

/**
 * A certificate whose key signs assertions, as administrators have it: PEM, or only what stands between its lines (documented
 * behaviour). Resolves with it in PEM; throws `RangeError` that says what was expected of it.
 */
export function readSigningCertificate(text: string): string {
  const base64 = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new RangeError('a certificate in PEM or base64')
  const certificate = parse(Buffer.from(base64, 'base64'))
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey
  const isStrong =
    (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) || (type === 'ec' && curves.includes(details?.namedCurve))
  if (!isStrong) throw new RangeError('a key of RSA with at least 2048 bits, or of P-256, P-384 or P-521')
  return pemOf('CERTIFICATE', certificate.raw)
}

function parse(der: Uint8Array): X509Certificate {
  try {
    const certificate = new X509Certificate(der)
    // Throws for a key of an algorithm that nobody knows.
    if (certificate.publicKey && Number.isFinite(certificate.validToDate.getTime())) return certificate
  } catch {
    // Whatever it is instead.
  }
  throw new RangeError('an X.509 certificate')
}

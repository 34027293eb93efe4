import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { KeystoreError } from './keystore-error.ts'
import { pemBlocks } from './pem.ts'

/** What an X.509 certificate says (RFC 5280). Times are milliseconds since 1970-01-01T00:00:00Z. */
export interface CertificateDescription {
  /** The most specific attribute first, as in `CN=flows, O=Example, C=DE`. */
  readonly subject: string
  readonly issuer: string
  /** Upper-case hex. */
  readonly serialNumber: string
  readonly validFrom: number
  readonly validTo: number
  /** 1 to 3, as people count them. */
  readonly version: number
  /** Empty for an algorithm that OpenSSL does not know. */
  readonly keyType: string
  /** In bits; undefined where the curve says it. */
  readonly keySize: number | undefined
  readonly curve: string | undefined
  /** Java's name for it, such as `SHA256withRSA`, where it has one of this form. */
  readonly signatureAlgorithm: string | undefined
  readonly fingerprints: { readonly sha1: string; readonly sha256: string; readonly sha512: string }
}

/** Largest certificate in DER, in bytes; those of public authorities have less than a tenth of it. */
const certificateBytesMax = 16_384

/** Describes a certificate in DER. */
export function describeCertificate(der: Uint8Array): CertificateDescription {
  const certificate = new X509Certificate(der)
  const { asymmetricKeyType = '', asymmetricKeyDetails: details } = publicKeyOf(certificate) ?? {}
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    serialNumber: certificate.serialNumber,
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
    version: versionOf(der),
    keyType: asymmetricKeyType.toUpperCase(),
    keySize: details?.modulusLength ?? curveSize(details?.namedCurve),
    curve: curveName(details?.namedCurve),
    signatureAlgorithm: signatureName(certificate.signatureAlgorithm),
    fingerprints: {
      sha1: fingerprint('sha1', der),
      sha256: fingerprint('sha256', der),
      sha512: fingerprint('sha512', der),
    },
  }
}

/** A certificate as people have it, PEM or DER, in DER. Throws `KeystoreError`. */
export function readCertificate(bytes: Uint8Array): Uint8Array {
  const found = bytes[0] === 0x30 ? [bytes] : pemBlocks(Buffer.from(bytes).toString('latin1'), 'CERTIFICATE')
  const [first] = found
  if (first !== undefined && found.length === 1) return parsed(first)
  throw new KeystoreError(`Expected one certificate, PEM or DER, found ${found.length === 0 ? 'none' : found.length}`)
}

/** All certificates of a PEM text, in DER. Throws `KeystoreError`. */
export function readPemCertificates(text: string): Uint8Array[] {
  return pemBlocks(text, 'CERTIFICATE').map(parsed)
}

function parsed(der: Uint8Array): Uint8Array {
  if (der.length > certificateBytesMax) {
    throw new KeystoreError(`Expected a certificate of at most ${certificateBytesMax} bytes, found ${der.length}`)
  }
  try {
    const { raw, validFromDate, validToDate } = new X509Certificate(der)
    if (Number.isFinite(validFromDate.getTime() + validToDate.getTime())) return new Uint8Array(raw)
  } catch (cause) {
    throw new KeystoreError('Expected an X.509 certificate, found something else', { cause })
  }
  throw new KeystoreError('Expected an X.509 certificate that says how long it is valid, found another one')
}

function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

/** The version follows the headers of two sequences, tagged with 0; where it is missing it is 1. */
function versionOf(der: Uint8Array): number {
  const headerLength = (at: number) => 2 + ((der[at + 1] ?? 0) > 0x80 ? (der[at + 1] ?? 0) & 0x7f : 0)
  const tbs = headerLength(0)
  const first = tbs + headerLength(tbs)
  return der[first] === 0xa0 ? (der[first + 4] ?? 0) + 1 : 1
}

/** Node writes attributes in the order of the certificate, from the country down, one a line. */
function nameOf(lines: string | undefined): string {
  return (lines ?? '').split('\n').reverse().join(', ')
}

/** Names of NIST's curves in RFC 8422 rather than those of ANSI X9.62. */
const curveNames: Readonly<Record<string, string>> = { prime256v1: 'secp256r1', prime192v1: 'secp192r1' }

function curveName(name: string | undefined): string | undefined {
  return name && (curveNames[name] ?? name)
}

function curveSize(name: string | undefined): number | undefined {
  const digits = /\d{3}/.exec(name ?? '')
  return digits ? Number(digits[0]) : undefined
}

/** From OpenSSL's `sha256WithRSAEncryption`, `ecdsa-with-SHA256` and `dsa_with_SHA256`. */
function signatureName(name: string | undefined): string | undefined {
  return name
    ?.replace(/^sha(\d+)WithRSAEncryption$/, 'SHA$1withRSA')
    .replace(/^(ec)?dsa[-_]?with[-_]?SHA(\d+)$/i, (_, ec = '', bits) => `SHA${bits}with${ec.toUpperCase()}DSA`)
}

function fingerprint(algorithm: string, der: Uint8Array): string {
  const hex = createHash(algorithm).update(der).digest('hex').toUpperCase()
  return hex.replace(/..(?=.)/g, '$&:')
}

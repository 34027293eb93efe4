import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { KeyPair } from '@sluice/iflow'
import { type Asn1, bits, decodeDer, encodeDer, integer, object, oidOf, partsOf, sequence, set, tagged } from './der.ts'
import { type Hash, signingWith } from './signature.ts'

/** What an authority is asked to certify, too: key usage, extended key usage and further names of the subject. */
const askedFor = new Set(['2.5.29.15', '2.5.29.37', '2.5.29.17'])

/** `extensionRequest` of RFC 2985 section 5.4.2. */
const extensionRequest = '1.2.840.113549.1.9.14'

/**
 * A request (PKCS #10, RFC 2986) in DER to certify a key pair as its own certificate describes it. Throws `KeystoreError` for
 * a key that cannot sign.
 */
export function makeSigningRequest({ privateKey, certificates: [own] }: KeyPair): Uint8Array {
  if (!own) throw new Error('Expected the certificate of the key pair')
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  const { subject, extensions } = certificateParts(own)
  const attributes = extensions.length > 0 ? [sequence(object(extensionRequest), set(sequence(...extensions)))] : []
  const content = sequence(
    integer(Buffer.from([0])),
    subject,
    decodeDer(createPublicKey(key).export({ type: 'spki', format: 'der' })),
    tagged(0, ...attributes),
  )
  const { algorithm, sign } = signingWith(key, hashFor(key))
  return encodeDer(sequence(content, algorithm, bits(sign(encodeDer(content)))))
}

/** As strong as the curve; SHA-256 for what is no curve. */
function hashFor({ asymmetricKeyDetails }: KeyObject): Hash {
  const curveBits = Number(/\d{3}/.exec(asymmetricKeyDetails?.namedCurve ?? '')?.[0] ?? 0)
  return curveBits > 384 ? 'sha512' : curveBits > 256 ? 'sha384' : 'sha256'
}

/** TBSCertificate of RFC 5280 section 4.1: serial number, algorithm, issuer, validity, subject; the version may be missing. */
function certificateParts(der: Uint8Array): { readonly subject: Asn1; readonly extensions: readonly Asn1[] } {
  const content = partsOf(partsOf(decodeDer(der))[0])
  const subject = content[content[0]?.tagClass === 0x80 ? 5 : 4]
  if (!subject) throw new Error('Expected the subject of the certificate')
  const last = content.at(-1)
  const extensions = last?.tagClass === 0x80 && last.type === 3 ? partsOf(partsOf(last)[0]) : []
  return { subject, extensions: extensions.filter(one => askedFor.has(oidOf(partsOf(one)[0]))) }
}

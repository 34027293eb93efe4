import { readCertificate } from './certificate.ts'
import { type Asn1, decodeDer, encodeDer, partsOf } from './der.ts'
import { KeystoreError } from './keystore-error.ts'
import { pemBlocks } from './pem.ts'
import { certificatesOfPkcs7 } from './pkcs7.ts'

const pkcs7Labels = ['PKCS7', 'PKCS #7 SIGNED DATA', 'CMS']

/**
 * The certificates of an authority's reply, in DER and in the order of the file: PEM, PKCS #7 (`.p7b`, `.p7c`, `.spc`) in DER or
 * PEM, one certificate, or a PKI path (a sequence of certificates). Throws `KeystoreError`.
 */
export function readChain(bytes: Uint8Array): Uint8Array[] {
  if (bytes[0] === 0x30) return ofDer(bytes)
  const text = Buffer.from(bytes).toString('latin1')
  const containers = pkcs7Labels.flatMap(label => pemBlocks(text, label)).flatMap(ofDer)
  const certificates = [...pemBlocks(text, 'CERTIFICATE').map(readCertificate), ...containers]
  if (certificates.length > 0) return certificates
  throw new KeystoreError('Expected certificates in PEM or PKCS #7, found none')
}

function ofDer(bytes: Uint8Array): Uint8Array[] {
  const tree = decodeDer(bytes)
  const ofContainer = certificatesOfPkcs7(tree)
  if (ofContainer) return ofContainer.map(readCertificate)
  return isPath(tree) ? partsOf(tree).map(part => readCertificate(encodeDer(part))) : [readCertificate(bytes)]
}

/** A certificate is a sequence of a sequence and others (RFC 5280 section 4.1), a path one of certificates: two deep. */
function isPath(tree: Asn1): boolean {
  const [first] = partsOf(tree)
  const [content] = partsOf(first)
  return partsOf(tree).every(part => partsOf(part).length === 3) && partsOf(content).length > 5
}

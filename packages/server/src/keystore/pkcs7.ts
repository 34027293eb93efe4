import { type Asn1, decodeDer, encodeDer, integer, object, oidOf, partsOf, sequence, set, tagged } from './der.ts'

const signedData = '1.2.840.113549.1.7.2'
const data = '1.2.840.113549.1.7.1'

/** Certificates in a file of their own (`.p7b`): SignedData of PKCS #7 (RFC 2315 section 9) that is signed by nobody, in DER. */
export function makePkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  const content = sequence(
    integer(Buffer.from([1])),
    set(),
    sequence(object(data)),
    tagged(0, ...certificates.map(decodeDer)),
    set(),
  )
  return encodeDer(sequence(object(signedData), tagged(0, content)))
}

/** The certificates of PKCS #7 or CMS (RFC 5652), in DER; undefined for something else. */
export function certificatesOfPkcs7(tree: Asn1): Uint8Array[] | undefined {
  const [type, content] = partsOf(tree)
  if (oidOf(type) !== signedData) return undefined
  const tags = partsOf(partsOf(content)[0])
  const certificates = tags.find(({ tagClass, type: tag }) => tagClass === 0x80 && Number(tag) === 0)
  return partsOf(certificates).map(encodeDer)
}

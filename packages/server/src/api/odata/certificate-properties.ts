import type { EntityRow, EntityType } from '@sluice/odata'
import type { CertificateDescription } from '../../keystore/certificate.ts'

type Properties = EntityType['properties']

/** Alias and key of everything that is about one entry of a keystore. */
export const aliasProperties = {
  Hexalias: { type: 'Edm.String', nullable: false },
  Alias: { type: 'Edm.String', nullable: false },
} as const satisfies Properties

/** What is known of the key of an entry, and asked for when one is generated. */
export const keyProperties = {
  KeyType: { type: 'Edm.String' },
  KeySize: { type: 'Edm.Int32' },
  ValidNotBefore: { type: 'Edm.DateTimeOffset' },
  ValidNotAfter: { type: 'Edm.DateTimeOffset' },
  SerialNumber: { type: 'Edm.String' },
  SignatureAlgorithm: { type: 'Edm.String' },
  EllipticCurve: { type: 'Edm.String' },
} as const satisfies Properties

/** Whom a certificate that is to be made is about. */
export const subjectProperties = {
  CommonName: { type: 'Edm.String' },
  OrganizationUnit: { type: 'Edm.String' },
  Organization: { type: 'Edm.String' },
  Locality: { type: 'Edm.String' },
  State: { type: 'Edm.String' },
  Country: { type: 'Edm.String' },
  Email: { type: 'Edm.String' },
} as const satisfies Properties

export const fingerprintProperties = {
  FingerprintSha1: { type: 'Edm.String' },
  FingerprintSha256: { type: 'Edm.String' },
  FingerprintSha512: { type: 'Edm.String' },
} as const satisfies Properties

/** What a certificate says, in the properties of every set that shows one. `now` decides whether it is valid. */
export function certificateRow(certificate: CertificateDescription, now: number): EntityRow {
  const { validFrom, validTo, fingerprints } = certificate
  return {
    KeyType: certificate.keyType,
    KeySize: certificate.keySize,
    ValidNotBefore: validFrom,
    ValidNotAfter: validTo,
    SerialNumber: certificate.serialNumber,
    SignatureAlgorithm: certificate.signatureAlgorithm,
    EllipticCurve: certificate.curve,
    Validity: now < validFrom ? 'NOT_YET_VALID' : now > validTo ? 'EXPIRED' : 'VALID',
    SubjectDN: certificate.subject,
    IssuerDN: certificate.issuer,
    Version: certificate.version,
    FingerprintSha1: fingerprints.sha1,
    FingerprintSha256: fingerprints.sha256,
    FingerprintSha512: fingerprints.sha512,
  }
}

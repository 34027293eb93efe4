import type { Audit } from './partner-store.ts'
import type { Listable } from './store.ts'

/** The user that callers with a certificate are. */
export interface CertificateUserMapping extends Audit {
  /** MD5 of the certificate in DER, lower-case hex: a name, never a proof. */
  readonly id: string
  readonly user: string
  /** DER. */
  readonly certificate: Uint8Array
  /** `notAfter` of the certificate. */
  readonly validUntil: number
}

/** Which user callers with a certificate are. Every change emits `certificate-user-mappings` with the ID. */
export interface CertificateUserMappings extends Listable<CertificateUserMapping> {
  /** Creates or replaces; who made it when stays. */
  put(mapping: CertificateUserMapping): Promise<void>
  find(id: string): Promise<CertificateUserMapping | undefined>
  /** False when there was none. */
  delete(id: string): Promise<boolean>
}

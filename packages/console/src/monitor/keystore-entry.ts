/** An entry of the keystore. */
export interface KeystoreEntry {
  readonly Hexalias: string
  readonly Alias: string
  /** `Key Pair` or `Certificate`. */
  readonly Type: string
  readonly Owner: string | null
  readonly KeyType: string | null
  readonly KeySize: number | null
  readonly SignatureAlgorithm: string | null
  readonly EllipticCurve: string | null
  readonly SerialNumber: string | null
  readonly SubjectDN: string | null
  readonly IssuerDN: string | null
  readonly Validity: string | null
  readonly ValidNotBefore: string | null
  readonly ValidNotAfter: string | null
  readonly FingerprintSha1: string | null
  readonly FingerprintSha256: string | null
  readonly FingerprintSha512: string | null
  readonly LastModifiedBy: string | null
  readonly LastModifiedTime: string | null
  readonly CreatedBy: string | null
  readonly CreatedTime: string | null
}

/** How long before they expire entries are warned of, in days. */
export const warningDays = 60

const warningMs = warningDays * 86_400_000

/** Entries that have expired or will soon. */
export function expiringFilter(now: Date): string {
  return `ValidNotAfter le datetimeoffset'${new Date(now.getTime() + warningMs).toISOString()}'`
}

/** How an entry is doing whose certificate is valid until then. */
export function expiryOf(validTo: Date | undefined, now: Date): 'expired' | 'expiring' | 'valid' {
  if (!validTo) return 'valid'
  const leftMs = validTo.getTime() - now.getTime()
  if (leftMs < 0) return 'expired'
  return leftMs <= warningMs ? 'expiring' : 'valid'
}

/** The key of an alias: upper-case hexadecimal digits of its UTF-8. */
export function hexaliasOf(alias: string): string {
  return [...new TextEncoder().encode(alias)].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
}

import type { Certificate } from '@sluice/iflow'
import { type Selectable, sql } from 'kysely'
import { describeCertificate } from '../keystore/certificate.ts'
import { column, constant } from './filter.ts'
import type { Listing } from './listing.ts'
import type { Schema } from './schema.ts'
import type { DescribedEntry, KeystoreEntry } from './store.ts'

/** An entry as the database has it. */
export type EntryRow = Selectable<Schema['keystore_entries']>

/** Aliases are compared without regard to case. */
export function lower(alias: string): string {
  return alias.toLowerCase()
}

/** An entry of the keystore that flows use. `sealed`: its private key. */
export function entryRowOf(entry: KeystoreEntry, sealed: Uint8Array | undefined): EntryRow {
  const [own] = entry.certificates
  if (!own) throw new Error(`Expected a certificate in "${entry.alias}"`)
  const described = describeCertificate(own)
  return {
    keystore: 'system',
    alias_lower: lower(entry.alias),
    alias: entry.alias,
    hex_alias: Buffer.from(entry.alias).toString('hex').toUpperCase(),
    kind: entry.kind,
    certificates: JSON.stringify(entry.certificates.map(certificate => Buffer.from(certificate).toString('base64'))),
    private_key: sealed ?? null,
    version: described.version,
    subject: described.subject,
    issuer: described.issuer,
    serial_number: described.serialNumber,
    valid_from: described.validFrom,
    valid_to: described.validTo,
    key_type: described.keyType,
    key_size: described.keySize ?? null,
    curve: described.curve ?? null,
    signature_algorithm: described.signatureAlgorithm ?? null,
    sha1: described.fingerprints.sha1,
    sha256: described.fingerprints.sha256,
    sha512: described.fingerprints.sha512,
    created_by: entry.createdBy,
    created_at: entry.createdAt,
    modified_by: entry.modifiedBy,
    modified_at: entry.modifiedAt,
  }
}

export function certificatesOf(text: string): Certificate[] {
  return (JSON.parse(text) as string[]).map(base64 => new Uint8Array(Buffer.from(base64, 'base64')))
}

export function fromRow(row: Pick<EntryRow, (typeof publicColumns)[number]>): KeystoreEntry {
  return { ...common(row), certificates: certificatesOf(row.certificates) }
}

export function describedOf(row: Pick<EntryRow, (typeof describedColumns)[number]>): DescribedEntry {
  return {
    ...common(row),
    own: {
      version: row.version,
      subject: row.subject,
      issuer: row.issuer,
      serialNumber: row.serial_number,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      keyType: row.key_type,
      keySize: row.key_size ?? undefined,
      curve: row.curve ?? undefined,
      signatureAlgorithm: row.signature_algorithm ?? undefined,
      fingerprints: { sha1: row.sha1, sha256: row.sha256, sha512: row.sha512 },
    },
  }
}

function common(
  row: Pick<EntryRow, 'alias' | 'kind' | 'created_by' | 'created_at' | 'modified_by' | 'modified_at'>,
): Omit<KeystoreEntry, 'certificates'> {
  return {
    alias: row.alias,
    kind: row.kind as KeystoreEntry['kind'],
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
  }
}

/** What lists show. */
export const describedColumns = [
  'alias',
  'kind',
  'version',
  'subject',
  'issuer',
  'serial_number',
  'valid_from',
  'valid_to',
  'key_type',
  'key_size',
  'curve',
  'signature_algorithm',
  'sha1',
  'sha256',
  'sha512',
  'created_by',
  'created_at',
  'modified_by',
  'modified_at',
] as const satisfies readonly (keyof EntryRow)[]

/** What there is of an entry without its private key. */
export const publicColumns = [...describedColumns, 'certificates'] as const

/** What entries can be filtered and sorted by; `now` decides who is valid. */
export function listingAt(now: number): Listing {
  const validity = sql`case when valid_from > ${now} then 'NOT_YET_VALID' when valid_to < ${now} then 'EXPIRED' else 'VALID' end`
  const nullable = { nullable: true }
  return {
    key: sql.ref('alias_lower'),
    properties: {
      Hexalias: column('hex_alias'),
      Alias: column('alias'),
      KeyType: column('key_type'),
      KeySize: column('key_size', 'integer', nullable),
      ValidNotBefore: column('valid_from', 'time'),
      ValidNotAfter: column('valid_to', 'time'),
      SerialNumber: column('serial_number'),
      SignatureAlgorithm: column('signature_algorithm', 'text', nullable),
      EllipticCurve: column('curve', 'text', nullable),
      Validity: { type: 'text', sql: validity, nullable: false },
      SubjectDN: column('subject'),
      IssuerDN: column('issuer'),
      Version: column('version', 'integer'),
      FingerprintSha1: column('sha1'),
      FingerprintSha256: column('sha256'),
      FingerprintSha512: column('sha512'),
      Type: {
        type: 'text',
        sql: sql`case kind when 'key-pair' then 'Key Pair' else 'Certificate' end`,
        nullable: false,
      },
      Owner: constant('Tenant Administrator'),
      LastModifiedBy: column('modified_by'),
      LastModifiedTime: column('modified_at', 'time'),
      CreatedBy: column('created_by'),
      CreatedTime: column('created_at', 'time'),
      Status: { type: 'text', sql: sql`cast(null as text)`, nullable: true },
    },
  }
}

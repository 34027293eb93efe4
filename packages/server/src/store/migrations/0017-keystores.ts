import type { Generated } from 'kysely'
import { describeCertificate } from '../../keystore/certificate.ts'
import type { Migration } from './migration.ts'

interface Before {
  alias_lower: string
  alias: string
  kind: string
  certificates: string
  private_key: Uint8Array | null
  created_by: string
  created_at: number
  modified_by: string
  modified_at: number
}

/** More than one keystore, and what certificates say in columns, so that it can be filtered by. */
export const keystores: Migration = {
  name: '0017-keystores',
  async up(database, backend) {
    const { schema } = database
    const before = await database
      .withTables<{ keystore_entries: Before }>()
      .selectFrom('keystore_entries')
      .selectAll()
      .execute()
    await schema.dropTable('keystore_entries').execute()
    await backend
      .clustered(schema.createTable('keystore_entries'))
      .addColumn('keystore', 'text', column => column.notNull())
      .addColumn('alias_lower', 'text', column => column.notNull())
      .addColumn('alias', 'text', column => column.notNull())
      .addColumn('hex_alias', 'text', column => column.notNull())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('certificates', 'text', column => column.notNull())
      .addColumn('private_key', backend.bytes)
      .addColumn('version', 'integer', column => column.notNull())
      .addColumn('subject', 'text', column => column.notNull())
      .addColumn('issuer', 'text', column => column.notNull())
      .addColumn('serial_number', 'text', column => column.notNull())
      .addColumn('valid_from', 'bigint', column => column.notNull())
      .addColumn('valid_to', 'bigint', column => column.notNull())
      .addColumn('key_type', 'text', column => column.notNull())
      .addColumn('key_size', 'integer')
      .addColumn('curve', 'text')
      .addColumn('signature_algorithm', 'text')
      .addColumn('sha1', 'text', column => column.notNull())
      .addColumn('sha256', 'text', column => column.notNull())
      .addColumn('sha512', 'text', column => column.notNull())
      .addColumn('created_by', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('modified_by', 'text', column => column.notNull())
      .addColumn('modified_at', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('keystore_entries_key', ['keystore', 'alias_lower'])
      .execute()
    await schema
      .createTable('keystores')
      .addColumn('name', 'text', column => column.notNull().primaryKey())
      .addColumn('modified_by', 'text', column => column.notNull())
      .addColumn('modified_at', 'bigint', column => column.notNull())
      .execute()
    const after = database.withTables<{
      keystore_entries: Record<string, Generated<unknown>>
      keystores: { name: string; modified_by: string; modified_at: number }
    }>()
    for (const row of before) await after.insertInto('keystore_entries').values(rowAfter(row)).execute()
    const [latest] = before.toSorted((a, b) => b.modified_at - a.modified_at)
    if (!latest) return
    const { modified_by, modified_at } = latest
    await after.insertInto('keystores').values({ name: 'system', modified_by, modified_at }).execute()
  },
}

function rowAfter(row: Before): Record<string, unknown> {
  const [own = ''] = JSON.parse(row.certificates) as string[]
  const described = describeCertificate(Buffer.from(own, 'base64'))
  return {
    ...row,
    keystore: 'system',
    hex_alias: Buffer.from(row.alias).toString('hex').toUpperCase(),
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
  }
}

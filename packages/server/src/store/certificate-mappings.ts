import { type Selectable, sql } from 'kysely'
import type { CertificateUserMapping, CertificateUserMappings } from './certificate-mapping-store.ts'
import type { LocalChanges } from './changes.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
import type { Writer } from './writer.ts'

const listing: Listing = {
  key: sql.ref('id'),
  properties: {
    Id: column('id'),
    User: column('user_name'),
    ValidUntil: column('valid_until', 'integer'),
    CreatedBy: column('created_by'),
    CreatedTime: column('created_at', 'time'),
    LastModifiedBy: column('modified_by'),
    LastModifiedTime: column('modified_at', 'time'),
  },
}

export function createCertificateMappings(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
): CertificateUserMappings {
  const mappings = database.selectFrom('certificate_user_mappings')
  return {
    list: async query => (await page(mappings.selectAll(), query, listing).execute()).map(fromRow),
    count: ({ filter }) => countRows(mappings, filter, listing),
    async put(mapping) {
      const changed = {
        user_name: mapping.user,
        certificate: mapping.certificate,
        valid_until: mapping.validUntil,
        modified_by: mapping.modifiedBy,
        modified_at: mapping.modifiedAt,
      }
      const created = { id: mapping.id, created_by: mapping.createdBy, created_at: mapping.createdAt }
      await writer.write(tx =>
        tx
          .insertInto('certificate_user_mappings')
          .values({ ...created, ...changed })
          .onConflict(conflict => conflict.column('id').doUpdateSet(changed))
          .execute(),
      )
      changes.emit('certificate-user-mappings', mapping.id)
    },
    async find(id) {
      const found = await mappings.selectAll().where('id', '=', id).executeTakeFirst()
      return found && fromRow(found)
    },
    async delete(id) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('certificate_user_mappings').where('id', '=', id).executeTakeFirst(),
      )
      changes.emit('certificate-user-mappings', id)
      return deleted.numDeletedRows > 0n
    },
  }
}

function fromRow(row: Selectable<Schema['certificate_user_mappings']>): CertificateUserMapping {
  return {
    id: row.id,
    user: row.user_name,
    certificate: row.certificate,
    validUntil: row.valid_until,
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
  }
}

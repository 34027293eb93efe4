import { type Insertable, type Selectable, sql } from 'kysely'
import { column, constant } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
import { DuplicateError, type IntegrationPackage, type Packages } from './store.ts'
import type { Writer } from './writer.ts'

/** `IntegrationPackage` shows its dates as strings of milliseconds. */
const listing: Listing = {
  key: sql.ref('id'),
  properties: {
    Id: column('id'),
    ResourceId: column('id'),
    Name: column('name'),
    ShortText: column('short_text'),
    Description: column('description'),
    Version: column('version'),
    Vendor: column('vendor'),
    Mode: constant('EDIT_ALLOWED'),
    CreatedBy: column('created_by'),
    CreationDate: column('created_at', 'timeText'),
    ModifiedBy: column('modified_by'),
    ModifiedDate: column('modified_at', 'timeText'),
  },
}

export function createPackages(database: Database, writer: Writer): Packages {
  return {
    async list(query) {
      return (await page(database.selectFrom('packages').selectAll(), query, listing).execute()).map(fromRow)
    },
    count: ({ filter }) => countRows(database.selectFrom('packages'), filter, listing),
    async create(value) {
      const created = await writer.write(tx =>
        tx
          .insertInto('packages')
          .values(toRow(value))
          .onConflict(conflict => conflict.column('id').doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(value.id)
    },
    async find(id) {
      const found = await database.selectFrom('packages').selectAll().where('id', '=', id).executeTakeFirst()
      return found && fromRow(found)
    },
    async update(value) {
      const updated = await writer.write(tx =>
        tx.updateTable('packages').set(toRow(value)).where('id', '=', value.id).executeTakeFirst(),
      )
      return updated.numUpdatedRows > 0n
    },
    async delete(id) {
      // Its artifacts go with it: foreign key.
      const deleted = await writer.write(tx => tx.deleteFrom('packages').where('id', '=', id).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
  }
}

function toRow(value: IntegrationPackage): Insertable<Schema['packages']> {
  return {
    id: value.id,
    name: value.name,
    short_text: value.shortText,
    description: value.description,
    version: value.version,
    vendor: value.vendor,
    created_by: value.createdBy,
    created_at: value.createdAt,
    modified_by: value.modifiedBy,
    modified_at: value.modifiedAt,
  }
}

function fromRow(row: Selectable<Schema['packages']>): IntegrationPackage {
  return {
    id: row.id,
    name: row.name,
    shortText: row.short_text,
    description: row.description,
    version: row.version,
    vendor: row.vendor,
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
  }
}

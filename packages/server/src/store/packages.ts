import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { column, constant } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { importPackage, packageToRow, resourcesOf, setTag } from './package-content.ts'
import type { Database, Schema } from './schema.ts'
import { DuplicateError, type IntegrationPackage, type Packages, type TagFilter } from './store.ts'
import type { Writer } from './writer.ts'

/** `IntegrationPackage` shows its dates as strings of milliseconds. */
const listing: Listing = {
  key: sql.ref('id'),
  properties: {
    Id: column('id'),
    ResourceId: column('resource_id'),
    Name: column('name'),
    ShortText: column('short_text'),
    Description: column('description'),
    Version: column('version'),
    Vendor: column('vendor'),
    PartnerContent: column('partner_content', 'boolean'),
    UpdateAvailable: constant(false),
    Mode: constant('EDIT_ALLOWED'),
    SupportedPlatform: column('supported_platform'),
    Products: column('products'),
    Keywords: column('keywords'),
    Countries: column('countries'),
    Industries: column('industries'),
    LineOfBusiness: column('line_of_business'),
    CreatedBy: column('created_by'),
    CreationDate: column('created_at', 'timeText'),
    ModifiedBy: column('modified_by'),
    ModifiedDate: column('modified_at', 'timeText'),
  },
}

export function createPackages(database: Database, writer: Writer): Packages {
  return {
    async list({ tags, ...query }) {
      const tagged = withTags(database.selectFrom('packages').selectAll(), tags)
      return (await page(tagged, query, listing).execute()).map(fromRow)
    },
    count: ({ tags, filter }) => countRows(withTags(database.selectFrom('packages'), tags), filter, listing),
    async create(value) {
      const created = await writer.write(tx =>
        tx
          .insertInto('packages')
          .values(packageToRow(value))
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
        tx.updateTable('packages').set(packageToRow(value)).where('id', '=', value.id).executeTakeFirst(),
      )
      return updated.numUpdatedRows > 0n
    },
    async delete(id) {
      // Whatever belongs to it goes with it: foreign keys.
      const deleted = await writer.write(tx => tx.deleteFrom('packages').where('id', '=', id).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
    async tags(id) {
      const rows = await database
        .selectFrom('package_tags')
        .select(['name', 'value'])
        .where('package_id', '=', id)
        .orderBy('name')
        .execute()
      return new Map(rows.map(({ name, value }) => [name, value]))
    },
    setTag: (id, name, value) => writer.write(tx => setTag(tx, id, name, value)),
    resources: id => resourcesOf(database, id),
    import: (content, mode) => writer.write(tx => importPackage(tx, content, mode)),
  }
}

function withTags<Row>(
  query: SelectQueryBuilder<Schema, 'packages', Row>,
  tags: TagFilter = new Map(),
): SelectQueryBuilder<Schema, 'packages', Row> {
  return [...tags].reduce(
    (filtered, [name, values]) =>
      filtered.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('package_tags')
            .select('package_tags.name')
            .whereRef('package_tags.package_id', '=', 'packages.id')
            .where('package_tags.name', '=', name)
            .where('package_tags.value', 'in', values),
        ),
      ),
    query,
  )
}

function fromRow(row: Selectable<Schema['packages']>): IntegrationPackage {
  return {
    id: row.id,
    name: row.name,
    resourceId: row.resource_id,
    shortText: row.short_text,
    description: row.description,
    version: row.version,
    vendor: row.vendor,
    partnerContent: row.partner_content === 1,
    supportedPlatform: row.supported_platform,
    products: row.products,
    keywords: row.keywords,
    countries: row.countries,
    industries: row.industries,
    lineOfBusiness: row.line_of_business,
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
  }
}

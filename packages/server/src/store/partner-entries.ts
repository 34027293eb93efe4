import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import { column, type Properties } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Audit, PartnerEntries } from './partner-store.ts'
import type { Database, Schema } from './schema.ts'
import { DuplicateError } from './store.ts'
import type { Writer } from './writer.ts'

/** The tables of the partner directory. */
export const partnerTables = [
  'partner_string_parameters',
  'partner_binary_parameters',
  'alternative_partners',
  'authorized_users',
] as const

/** How entries of one kind are kept. */
export interface EntryShape<Entry extends Audit, Key extends keyof Entry & string> {
  readonly table: (typeof partnerTables)[number]
  readonly key: readonly Key[]
  /** The column of each property besides those of the audit. */
  readonly columns: Readonly<Record<Exclude<keyof Entry & string, keyof Audit>, string>>
  /** OData properties that lists can be filtered and sorted by, besides those of the audit. */
  readonly listed: Properties
}

type Row = Readonly<Record<string, string | number | Uint8Array>>

const auditColumns: Readonly<Record<keyof Audit, string>> = {
  createdBy: 'created_by',
  createdAt: 'created_at',
  modifiedBy: 'modified_by',
  modifiedAt: 'modified_at',
}

const auditListed: Properties = {
  CreatedBy: column('created_by'),
  CreatedTime: column('created_at', 'time'),
  LastModifiedBy: column('modified_by'),
  LastModifiedTime: column('modified_at', 'time'),
}

/** The entries of one kind of the partner directory. The four kinds differ in names only, so one code does them all. */
export function partnerEntries<Entry extends Audit, Key extends keyof Entry & string>(
  database: Database,
  writer: Writer,
  { table, key, columns: ownColumns, listed }: EntryShape<Entry, Key>,
): PartnerEntries<Entry, Key> {
  const columns: Readonly<Record<string, string>> = { ...ownColumns, ...auditColumns }
  const columnOf = (name: string): string => columns[name] ?? name
  const toRow = (entry: Entry): Row =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [column, entry[name as keyof Entry]])) as Row
  const fromRow = (row: Row): Entry =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, row[column]])) as unknown as Entry
  const hasKey = (values: Pick<Entry, Key>) => (builder: ExpressionBuilder<Tables, string>) =>
    builder.and(key.map(name => builder(columnOf(name), '=', values[name] as string)))
  const listing: Listing = {
    key: sql.join(key.map(name => sql.ref(columnOf(name)))),
    properties: { ...listed, ...auditListed },
  }
  const described = (database as Kysely<Pick<Schema, typeof table>>).selectFrom(table)
  return {
    async list(query) {
      return ((await page(described.selectAll(), query, listing).execute()) as Row[]).map(fromRow)
    },
    count: ({ filter }) => countRows(described, filter, listing),
    async create(entry) {
      const created = await writer.write(tx =>
        untyped(tx)
          .insertInto(table)
          .values(toRow(entry))
          .onConflict(conflict => conflict.columns(key.map(columnOf)).doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) {
        throw new DuplicateError(key.map(name => String(entry[name])).join('/'))
      }
    },
    async find(values) {
      const found = await untyped(database).selectFrom(table).selectAll().where(hasKey(values)).executeTakeFirst()
      return found && fromRow(found)
    },
    async update(entry) {
      const { created_by, created_at, ...changed } = toRow(entry)
      const updated = await writer.write(tx =>
        untyped(tx).updateTable(table).set(changed).where(hasKey(entry)).executeTakeFirst(),
      )
      return updated.numUpdatedRows > 0n
    },
    async delete(values) {
      const deleted = await writer.write(tx => untyped(tx).deleteFrom(table).where(hasKey(values)).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
  }
}

type Tables = Readonly<Record<string, Row>>

/** Names of columns come from a shape here, which the compiler cannot follow. */
function untyped(database: Database): Kysely<Tables> {
  return database as unknown as Kysely<Tables>
}

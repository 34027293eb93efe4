import { type Selectable, sql } from 'kysely'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema, Tx } from './schema.ts'
import { DuplicateError, type NumberRange, type NumberRangeCounters } from './store.ts'
import type { Writer } from './writer.ts'

/** The entity shows every number as a string. */
const listing: Listing = {
  key: sql.ref('name'),
  properties: {
    Name: column('name'),
    Description: column('description'),
    MinValue: column('min_value', 'timeText'),
    MaxValue: column('max_value', 'timeText'),
    CurrentValue: column('current_value', 'timeText'),
    FieldLength: column('field_length', 'timeText'),
    Rotate: { type: 'text', sql: sql`case when rotate = 1 then 'true' else 'false' end`, nullable: false },
    DeployedBy: column('deployed_by', 'text', { nullable: true }),
    DeployedOn: column('deployed_at', 'time', { nullable: true }),
  },
}

export function createNumberRanges(database: Database, writer: Writer): NumberRangeCounters {
  return {
    async find(name) {
      const found = await database.selectFrom('number_ranges').selectAll().where('name', '=', name).executeTakeFirst()
      return found && fromRow(found)
    },
    async create(range) {
      const created = await writer.write(tx =>
        tx
          .insertInto('number_ranges')
          .values({ name: range.name, ...columnsOf(range) })
          .onConflict(conflict => conflict.column('name').doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(range.name)
    },
    async put(range) {
      const changed = columnsOf(range)
      await writer.write(tx =>
        tx
          .insertInto('number_ranges')
          .values({ name: range.name, ...changed })
          .onConflict(conflict => conflict.column('name').doUpdateSet(changed))
          .execute(),
      )
    },
    async delete(name) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('number_ranges').where('name', '=', name).executeTakeFirst(),
      )
      return deleted.numDeletedRows > 0n
    },
    list: async query =>
      (await page(database.selectFrom('number_ranges').selectAll(), query, listing).execute()).map(fromRow),
    count: ({ filter }) => countRows(database.selectFrom('number_ranges'), filter, listing),
    take: name => writer.write(tx => take(tx, name)),
  }
}

/** The current value is the next one given out; past the maximum it marks the range as exhausted. */
async function take(tx: Tx, name: string): Promise<string | 'exhausted' | undefined> {
  while (true) {
    const row = await tx.selectFrom('number_ranges').selectAll().where('name', '=', name).executeTakeFirst()
    if (!row) return undefined
    const taken = row.current_value
    if (taken > row.max_value) return 'exhausted'
    const next = taken === row.max_value && row.rotate === 1 ? row.min_value : taken + 1
    // Compare and swap: another server may have taken this number since we read it.
    const updated = await tx
      .updateTable('number_ranges')
      .set({ current_value: next })
      .where('name', '=', name)
      .where('current_value', '=', taken)
      .executeTakeFirst()
    if (updated.numUpdatedRows > 0n) return String(taken).padStart(row.field_length, '0')
  }
}

function columnsOf(range: NumberRange) {
  return {
    description: range.description,
    min_value: range.minValue,
    max_value: range.maxValue,
    current_value: range.currentValue,
    field_length: range.fieldLength,
    rotate: range.rotate ? 1 : 0,
    deployed_by: range.deployedBy ?? null,
    deployed_at: range.deployedAt ?? null,
  }
}

function fromRow(row: Selectable<Schema['number_ranges']>): NumberRange {
  return {
    name: row.name,
    description: row.description,
    minValue: row.min_value,
    maxValue: row.max_value,
    currentValue: row.current_value,
    fieldLength: row.field_length,
    rotate: row.rotate === 1,
    deployedBy: row.deployed_by ?? undefined,
    deployedAt: row.deployed_at ?? undefined,
  }
}

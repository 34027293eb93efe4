import { CompiledQuery } from 'kysely'
import type { Database, Tx } from './schema.ts'

/** Rows of one statement; a power of two. 64 rows of 15 columns stay far below the 32766 parameters of both databases. */
const MAX_ROWS = 64

/**
 * Writes any number of rows with few statements. Building a multi-row insert costs Kysely more than SQLite needs to run
 * it, so the statement is built once for each size (1, 2, 4 … 64 rows) and then only bound to new values.
 * `compile(count)` gives the statement for `count` rows; `values` appends the parameters of a row, in the same order.
 */
export function multiRowWrite<Row>(
  compile: (count: number) => CompiledQuery,
  values: (row: Row, parameters: unknown[]) => void,
): (database: Database | Tx, rows: readonly Row[]) => Promise<void> {
  const statements = new Map<number, CompiledQuery>()
  return async (database, rows) => {
    let start = 0
    while (start < rows.length) {
      const count = 2 ** Math.floor(Math.log2(Math.min(rows.length - start, MAX_ROWS)))
      let statement = statements.get(count)
      if (!statement) {
        statement = compile(count)
        statements.set(count, statement)
      }
      const parameters: unknown[] = []
      for (let index = start; index < start + count; index++) values(rows[index] as Row, parameters)
      await database.executeQuery(CompiledQuery.raw(statement.sql, parameters))
      start += count
    }
  }
}

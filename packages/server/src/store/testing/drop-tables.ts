import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Takes tables away from a running server, as if its database were damaged. */
export function dropTables(dataDirectory: string, tables: readonly string[]): void {
  const database = new DatabaseSync(join(dataDirectory, 'sluice.db'))
  database.exec('pragma foreign_keys = off')
  for (const table of tables) database.exec(`drop table ${table}`)
  database.close()
}

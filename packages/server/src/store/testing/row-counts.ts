import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Tables with how many rows each has, as another connection sees them. */
export function countRows(dataDirectory: string): Readonly<Record<string, number>> {
  const database = new DatabaseSync(join(dataDirectory, 'sluice.db'), { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all()
    return Object.fromEntries(
      tables.map(({ name }) => [
        String(name),
        Number(database.prepare(`select count(*) as count from "${String(name)}"`).get()?.count),
      ]),
    )
  } finally {
    database.close()
  }
}

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Leaves a row of a client that cannot be read, for tests of whom that concerns. */
export function damageClient(dataDirectory: string, id: string): void {
  const database = new DatabaseSync(join(dataDirectory, 'sluice.db'))
  database.prepare(`update clients set translations = 'no JSON' where id = ?`).run(id)
  database.close()
}

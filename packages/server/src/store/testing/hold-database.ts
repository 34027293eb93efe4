import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Writes to the database of a running server until the result is called, as another process would. */
export function holdDatabase(dataDirectory: string): () => void {
  const database = new DatabaseSync(join(dataDirectory, 'sluice.db'))
  database.exec('begin immediate')
  return () => database.close()
}

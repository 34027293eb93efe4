import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Leaves a row of a client that cannot be read, for tests of whom that concerns, until what is returned is called. */
export function damageClient(dataDirectory: string, id: string): () => void {
  const write = (translations: string) => {
    const database = new DatabaseSync(join(dataDirectory, 'sluice.db'))
    database.prepare('update clients set translations = ? where id = ?').run(translations, id)
    database.close()
  }
  write('no JSON')
  return () => write('{}')
}

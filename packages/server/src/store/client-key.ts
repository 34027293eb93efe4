import type { Database } from './schema.ts'

/** The key of a client, which other tables refer to. IDs are compared exactly, and found by how they are spelled in lower case. */
export function selectClientKey(database: Database, id: string) {
  return database
    .selectFrom('clients')
    .select('clients.key')
    .where('clients.id_lower', '=', id.toLowerCase())
    .where('clients.id', '=', id)
}

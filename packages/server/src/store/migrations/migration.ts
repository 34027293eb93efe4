import type { Kysely } from 'kysely'
import type { Backend } from '../backend.ts'

/** One step of the schema. Never changed once released: what it did wrong, the next one puts right. */
export interface Migration {
  /** Four digits and what it does; the order in `index.ts` is the order of application. */
  readonly name: string
  /** Runs inside a transaction. `unknown` tables: a migration must not depend on today's schema types. */
  up(database: Kysely<unknown>, backend: Backend): Promise<void>
}

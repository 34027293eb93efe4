import type { Kysely } from 'kysely'
import type { Backend } from './backend.ts'
import { inTransaction } from './in-transaction.ts'
import type { Migration } from './migrations/migration.ts'
import { StoreOpenError } from './open-error.ts'

interface Applied {
  applied_migrations: { name: string; applied_at: number }
}

/**
 * Brings the database to the schema of this version, as a whole or not at all. Throws `StoreOpenError` (`newer`)
 * when the database has a migration this version does not know: an older server must not write to it.
 */
export async function migrate(
  database: Kysely<unknown>,
  backend: Backend,
  migrations: readonly Migration[],
  now: () => number,
): Promise<void> {
  await database.schema
    .createTable('applied_migrations')
    .ifNotExists()
    .addColumn('name', 'text', column => column.notNull().primaryKey())
    .addColumn('applied_at', 'bigint', column => column.notNull())
    .execute()
  const log = database as unknown as Kysely<Applied>
  const applied = new Set((await log.selectFrom('applied_migrations').select('name').execute()).map(row => row.name))
  const known = new Set(migrations.map(migration => migration.name))
  const newer = [...applied].filter(name => !known.has(name)).sort()
  if (newer.length > 0) {
    throw new StoreOpenError(
      'newer',
      `Expected a database of this version of Sluice or an older one, found one with migration ${newer.join(', ')}. ` +
        'Start the newer version of Sluice, or restore the backup made before the upgrade.',
    )
  }
  const missing = migrations.filter(({ name }) => !applied.has(name))
  if (missing.length === 0) return
  await inTransaction(log, async tx => {
    for (const { name, up } of missing) {
      await up(tx as unknown as Kysely<unknown>, backend)
      await tx.insertInto('applied_migrations').values({ name, applied_at: now() }).execute()
    }
  })
}

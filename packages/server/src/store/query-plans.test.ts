import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Backend } from './backend.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import type { Database, Schema } from './schema.ts'
import { sqliteBackend } from './sqlite.ts'

/** A statement, and how SQLite goes about it. */
export interface Planned {
  readonly sql: string
  readonly plan: readonly string[]
}

/** An empty database that tells how it goes about what it is asked. */
export interface QueryPlans {
  readonly database: Database
  readonly backend: Backend
  /** What was asked of the database meanwhile, apart from transactions and inserts. */
  of(work: () => Promise<unknown>): Promise<Planned[]>
  /** The steps of one statement. */
  explain(sql: string, parameters: readonly unknown[]): string[]
  close(): Promise<void>
}

export async function openQueryPlans(): Promise<QueryPlans> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-plans-'))
  const file = join(directory, 'plans.db')
  const backend = sqliteBackend(file, () => {})
  const statements: { readonly sql: string; readonly parameters: readonly unknown[] }[] = []
  const database = new Kysely<Schema>({
    dialect: backend.dialect,
    log({ query: { sql, parameters } }) {
      statements.push({ sql, parameters })
    },
  })
  await migrate(database as unknown as Kysely<unknown>, backend, migrations, () => 0)
  const explaining = new DatabaseSync(file)
  const explain = (sql: string, parameters: readonly unknown[]) =>
    explaining
      .prepare(`explain query plan ${sql}`)
      .all(...(parameters as SQLInputValue[]))
      .map(({ detail }) => String(detail))
  return {
    database,
    backend,
    explain,
    async of(work) {
      statements.length = 0
      await work()
      return statements
        .filter(({ sql }) => /^(select|delete|update)/.test(sql))
        .map(({ sql, parameters }) => ({ sql, plan: explain(sql, parameters) }))
    },
    async close() {
      explaining.close()
      await database.destroy()
      rmSync(directory, { recursive: true })
    },
  }
}

/** Every table is searched by an index, or read along one; rows are sorted only where their sort keys are equal. */
export function assertIndexed({ sql, plan }: Planned, sortsFew = false): void {
  const said = `${sql}\n${plan.join('\n')}`
  assert.ok(plan.length > 0, sql)
  for (const step of plan) {
    assert.doesNotMatch(step, /^SCAN \w+$/, said)
    if (!sortsFew) assert.doesNotMatch(step, /TEMP B-TREE FOR ORDER BY/, said)
  }
}

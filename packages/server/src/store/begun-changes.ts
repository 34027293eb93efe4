import { sql } from 'kysely'
import { auditActions, auditMethods, numberOfObject } from './audit-catalogue.ts'
import type { AuditEvent } from './audit-log-store.ts'
import type { Schema, Tx } from './schema.ts'

const columns = ['time', 'object', 'action', 'method', 'ids', 'user_name', 'client_id', 'address', 'changes'] as const

/** What `audit_log` and `begun_changes` have alike of an event. */
export function toRow(
  entry: AuditEvent & { readonly time: number },
): Pick<Schema['audit_log'], (typeof columns)[number]> {
  return {
    time: entry.time,
    object: numberOfObject(entry.object),
    action: auditActions.indexOf(entry.action),
    method: entry.method === undefined ? null : auditMethods.indexOf(entry.method),
    ids: entry.id ?? null,
    user_name: entry.user ?? null,
    client_id: entry.clientId ?? null,
    address: entry.address ?? null,
    changes: entry.changes?.join('\n') ?? null,
  }
}

/** Keeps what is going to be told of a change that is about to be made; resolves with its key. */
export async function insertBegun(tx: Tx, entry: AuditEvent & { readonly time: number }): Promise<number> {
  const { key } = await tx.insertInto('begun_changes').values(toRow(entry)).returning('key').executeTakeFirstOrThrow()
  return key
}

/** Tells `audit_log`, with a reason, of all changes that were begun and not told of; resolves with how many. */
export async function appendBegun(tx: Tx, reason: string): Promise<number> {
  await tx
    .insertInto('audit_log')
    .columns([...columns, 'reason'])
    .expression(from =>
      from
        .selectFrom('begun_changes')
        .select([...columns, sql.lit(reason).as('reason')])
        .orderBy('key'),
    )
    .execute()
  const { numDeletedRows } = await tx.deleteFrom('begun_changes').executeTakeFirst()
  return Number(numDeletedRows)
}

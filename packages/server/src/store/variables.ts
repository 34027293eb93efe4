import type { DeleteVariable, WriteVariable } from '@sluice/iflow'
import { type Selectable, sql } from 'kysely'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import type { StoredVariable, VariableValues } from './store.ts'
import { unsealed } from './stored-message.ts'
import { visibility } from './visibility.ts'
import type { Writer } from './writer.ts'

const described = ['flow_id', 'name', 'written_at', 'expires_at'] as const

const listing: Listing = {
  key: sql.join([sql.ref('flow_id'), sql.ref('name')]),
  properties: {
    VariableName: column('name'),
    IntegrationFlow: column('flow_id'),
    Visibility: visibility,
    UpdatedAt: column('written_at', 'time'),
    RetainUntil: column('expires_at', 'time'),
  },
}

export function createVariables(database: Database, writer: Writer, seal: Seal): VariableValues {
  const live = (now: number) => database.selectFrom('variables').where('expires_at', '>', now)
  return {
    async read(flowId, name, now) {
      const found = await database
        .selectFrom('variables')
        .select(['value', 'sealed'])
        .where('flow_id', '=', flowId)
        .where('name', '=', name)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      if (!found?.sealed) return found?.value
      return Buffer.from(unsealed(seal, sealName(flowId, name), found.sealed)).toString('utf8')
    },
    all: now => ({
      list: async query => (await page(live(now).select(described), query, listing).execute()).map(fromRow),
      count: ({ filter }) => countRows(live(now), filter, listing),
    }),
    async find(flowId, name, now) {
      const found = await live(now)
        .select(described)
        .where('flow_id', '=', flowId)
        .where('name', '=', name)
        .executeTakeFirst()
      return found && fromRow(found)
    },
    async delete(flowId, name) {
      return (await writer.write(tx => deleteVariable(tx, flowId, name))) > 0n
    },
    async deleteExpired(now, limit) {
      return writer.write(async tx => {
        const expired = await tx
          .selectFrom('variables')
          .select(['flow_id', 'name'])
          .where('expires_at', '<=', now)
          .limit(limit)
          .execute()
        for (const { flow_id, name } of expired) await deleteVariable(tx, flow_id, name)
        return expired.length
      })
    },
  }
}

function fromRow(row: Pick<Selectable<Schema['variables']>, (typeof described)[number]>): StoredVariable {
  return { flowId: row.flow_id, name: row.name, writtenAt: row.written_at, expiresAt: row.expires_at }
}

/** Writes or deletes a variable in a transaction. */
export async function applyVariable(tx: Tx, seal: Seal, change: WriteVariable | DeleteVariable): Promise<void> {
  const { flowId, name } = change
  if (change.kind === 'delete-variable') {
    await deleteVariable(tx, flowId, name)
    return
  }
  const written = {
    value: change.encrypted ? '' : change.value,
    sealed: change.encrypted ? seal.seal(sealName(flowId, name), Buffer.from(change.value)) : null,
    written_at: change.writtenAt,
    expires_at: change.expiresAt,
  }
  await tx
    .insertInto('variables')
    .values({ flow_id: flowId, name, ...written })
    .onConflict(conflict => conflict.columns(['flow_id', 'name']).doUpdateSet(written))
    .execute()
}

async function deleteVariable(tx: Tx, flowId: string, name: string): Promise<bigint> {
  const deleted = await tx
    .deleteFrom('variables')
    .where('flow_id', '=', flowId)
    .where('name', '=', name)
    .executeTakeFirst()
  return deleted.numDeletedRows
}

/** Authenticated with the value: it cannot be given to another variable. */
function sealName(flowId: string, name: string): string {
  return `variable:${JSON.stringify([flowId, name])}`
}

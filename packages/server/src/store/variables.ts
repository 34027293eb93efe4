import type { DeleteVariable, WriteVariable } from '@sluice/iflow'
import type { Database, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import type { VariableValues } from './store.ts'
import { unsealed } from './stored-message.ts'
import type { Writer } from './writer.ts'

export function createVariables(database: Database, writer: Writer, seal: Seal): VariableValues {
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
    async list(now) {
      const rows = await database
        .selectFrom('variables')
        .select(['flow_id', 'name', 'written_at', 'expires_at'])
        .where('expires_at', '>', now)
        .orderBy('flow_id')
        .orderBy('name')
        .execute()
      return rows.map(row => ({
        flowId: row.flow_id,
        name: row.name,
        writtenAt: row.written_at,
        expiresAt: row.expires_at,
      }))
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

import { randomUUID } from 'node:crypto'
import type { PersistMessage } from '@sluice/iflow'
import type { Database } from './schema.ts'
import type { Seal } from './seal.ts'
import type { PersistedMessages } from './store.ts'
import { readMessage, unsealed, writeMessage } from './stored-message.ts'
import type { Work, Writer } from './writer.ts'

export function createPersistedMessages(database: Database, writer: Writer, seal: Seal): PersistedMessages {
  return {
    async ofRun(messageGuid, now) {
      const rows = await database
        .selectFrom('persisted_messages')
        .selectAll()
        .where('message_guid', '=', messageGuid)
        .where('expires_at', '>', now)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(row => ({
        id: row.id,
        flowId: row.flow_id,
        messageGuid,
        stepId: row.step_id,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        ...readMessage(row.encrypted === 1 ? unsealed(seal, sealName(row.id), row.content) : row.content),
      }))
    },
    async deleteExpired(now, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('persisted_messages')
          .where('id', 'in', from =>
            from.selectFrom('persisted_messages').select('id').where('expires_at', '<=', now).limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
  }
}

/** Seals a message; what is returned keeps it, in a transaction. */
export function persistMessage(seal: Seal, change: PersistMessage): Work<unknown> {
  const id = randomUUID()
  const content = writeMessage(change)
  const row = {
    id,
    flow_id: change.flowId,
    message_guid: change.messageGuid,
    step_id: change.stepId,
    created_at: change.createdAt,
    expires_at: change.expiresAt,
    encrypted: change.encrypted ? 1 : 0,
    content: change.encrypted ? seal.seal(sealName(id), content) : content,
  }
  return tx => tx.insertInto('persisted_messages').values(row).execute()
}

function sealName(id: string): string {
  return `persisted-message:${id}`
}

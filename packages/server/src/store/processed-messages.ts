import type { Database } from './schema.ts'
import type { ProcessedMessages } from './store.ts'
import type { Writer } from './writer.ts'

export function createProcessedMessages(database: Database, writer: Writer): ProcessedMessages {
  return {
    async contains({ flowId, stepId, messageId }, now) {
      const found = await database
        .selectFrom('processed_messages')
        .select('expires_at')
        .where('flow_id', '=', flowId)
        .where('step_id', '=', stepId)
        .where('message_id', '=', messageId)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return found !== undefined
    },
    async add({ flowId, stepId, messageId }, expiresAt) {
      await writer.write(tx =>
        tx
          .insertInto('processed_messages')
          .values({ flow_id: flowId, step_id: stepId, message_id: messageId, expires_at: expiresAt })
          .onConflict(conflict =>
            conflict.columns(['flow_id', 'step_id', 'message_id']).doUpdateSet({ expires_at: expiresAt }),
          )
          .execute(),
      )
    },
    async deleteExpired(now, limit) {
      return writer.write(async tx => {
        const expired = await tx
          .selectFrom('processed_messages')
          .selectAll()
          .where('expires_at', '<=', now)
          .limit(limit)
          .execute()
        for (const { flow_id, step_id, message_id } of expired) {
          await tx
            .deleteFrom('processed_messages')
            .where('flow_id', '=', flow_id)
            .where('step_id', '=', step_id)
            .where('message_id', '=', message_id)
            .execute()
        }
        return expired.length
      })
    },
  }
}

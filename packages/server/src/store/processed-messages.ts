import type { ProcessedMessage } from '@sluice/iflow'
import { sql } from 'kysely'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database } from './schema.ts'
import type { ProcessedMessages } from './store.ts'
import type { Writer } from './writer.ts'

const listing: Listing = {
  key: sql`flow_id, step_id`,
  properties: {
    Source: { type: 'text', sql: sql`flow_id || '/' || step_id`, nullable: false },
    Entry: column('message_id'),
    CreationTime: column('created_at', 'integer'),
    ExpirationTime: column('expires_at', 'integer'),
  },
}

export function createProcessedMessages(database: Database, writer: Writer): ProcessedMessages {
  const ofMessage = (messageId: string, now: number) =>
    database.selectFrom('processed_messages').where('message_id', '=', messageId).where('expires_at', '>', now)
  const find = ({ flowId, stepId, messageId }: ProcessedMessage, now: number) =>
    ofMessage(messageId, now).where('flow_id', '=', flowId).where('step_id', '=', stepId)
  const columns = [
    'flow_id as flowId',
    'step_id as stepId',
    'message_id as messageId',
    'created_at as createdAt',
    'expires_at as expiresAt',
  ] as const
  return {
    async contains(message, now) {
      return (await find(message, now).select('expires_at').executeTakeFirst()) !== undefined
    },
    async add({ flowId, stepId, messageId }, now, expiresAt) {
      const times = { created_at: now, expires_at: expiresAt }
      await writer.write(tx =>
        tx
          .insertInto('processed_messages')
          .values({ flow_id: flowId, step_id: stepId, message_id: messageId, ...times })
          .onConflict(conflict => conflict.columns(['flow_id', 'step_id', 'message_id']).doUpdateSet(times))
          .execute(),
      )
    },
    ofMessage: (messageId, now) => ({
      list: query => page(ofMessage(messageId, now).select(columns), query, listing).execute(),
      count: ({ filter }) => countRows(ofMessage(messageId, now), filter, listing),
    }),
    find: (message, now) => find(message, now).select(columns).executeTakeFirst(),
    async delete({ flowId, stepId, messageId }) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('processed_messages')
          .where('flow_id', '=', flowId)
          .where('step_id', '=', stepId)
          .where('message_id', '=', messageId)
          .executeTakeFirst(),
      )
      return deleted.numDeletedRows > 0n
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

import { withinOneDeletion } from './one-deletion.ts'
import type { MessageLogs } from './store.ts'
import type { Writer } from './writer.ts'

/** What deletes logs by their age. */
export function createMessageLogPurge(
  writer: Writer,
): Pick<MessageLogs, 'deleteOlderThan' | 'deleteAttachmentsOlderThan'> {
  return {
    async deleteOlderThan(before, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('message_logs')
          .where('message_guid', 'in', from =>
            from
              .selectFrom('message_logs')
              .select('message_guid')
              .where('log_end', '<', before)
              .orderBy('log_end')
              .limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
    async deleteAttachmentsOlderThan(before, limit) {
      return writer.write(async tx => {
        const oldest = await tx
          .selectFrom('message_attachments')
          .select(['message_guid', 'number', 'size'])
          .where('created_at', '<', before)
          .orderBy('created_at')
          .limit(limit)
          .execute()
        const chosen = withinOneDeletion(oldest)
        for (const { message_guid, number } of chosen) {
          await tx
            .deleteFrom('message_attachments')
            .where('message_guid', '=', message_guid)
            .where('number', '=', number)
            .execute()
        }
        return chosen.length
      })
    },
  }
}

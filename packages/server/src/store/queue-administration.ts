import type { LocalChanges } from './changes.ts'
import { createQueueDeletions } from './queue-deletions.ts'
import type { Queues } from './store.ts'
import type { Writer } from './writer.ts'

/** What people do with queues and their messages. */
export function createQueueAdministration(
  writer: Writer,
  changes: LocalChanges,
): Pick<Queues, 'setActive' | 'retry' | 'move' | 'cancel' | 'deleteMessage' | 'delete' | 'deleteExpired'> {
  return {
    async setActive(name, isActive) {
      const changed = await writer.write(tx =>
        tx
          .updateTable('queues')
          .set({ active: isActive ? 1 : 0 })
          .where('name', '=', name)
          .executeTakeFirst(),
      )
      changes.emit('queues', name)
      return changed.numUpdatedRows > 0n
    },
    async retry(queue, id) {
      const changed = await writer.write(tx => {
        const update = tx
          .updateTable('queue_messages')
          .set({ state: 'ready', next_at: 0, crashes: 0 })
          .where('queue', '=', queue)
          .where('state', '!=', 'claimed')
        return (id === undefined ? update : update.where('id', '=', id)).executeTakeFirst()
      })
      changes.emit('queues', queue)
      return Number(changed.numUpdatedRows)
    },
    async move(queue, target, id) {
      const changed = await writer.write(async tx => {
        const update = tx
          .updateTable('queue_messages')
          .set({ queue: target, state: 'ready', next_at: 0, failures: 0, crashes: 0 })
          .where('queue', '=', queue)
          .where('state', '!=', 'claimed')
        return (id === undefined ? update : update.where('id', '=', id)).executeTakeFirst()
      })
      changes.emit('queues', target)
      return Number(changed.numUpdatedRows)
    },
    ...createQueueDeletions(writer),
  }
}

import type { EntityRow } from '@sluice/odata'
import type { QueueEntry } from '../../store/store.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { changeRuntime, readMonitoring } from './permissions.ts'

/** Messages of one queue that are listed; "doesn't always show all messages of a queue" (Managing Messages Stored in Queues). */
export const messagesMax = 10_000

/** Messages in queues, reached through `Queues`. Times are milliseconds since 1970, as the original has them here. */
export const jmsMessages: EntitySetApi = {
  set: {
    name: 'JmsMessages',
    type: {
      name: 'JmsMessage',
      key: ['Msgid', 'Name', 'Failed'],
      properties: {
        Msgid: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Failed: { type: 'Edm.Boolean', nullable: false },
        Mplid: { type: 'Edm.String' },
        CreatedAt: { type: 'Edm.Int64' },
        RetryCount: { type: 'Edm.Int64' },
        NextRetry: { type: 'Edm.Int64' },
        OverdueAt: { type: 'Edm.Int64' },
        ExpirationDate: { type: 'Edm.Int64' },
      },
    },
  },
  roles: readMonitoring,
  async find(key, { store }) {
    const entries = await store.queues.entries(textOf(key, 'Name'), messagesMax)
    const found = entries.find(({ id }) => id === key.Msgid)
    return found && entryRow(found)
  },
  delete: {
    roles: changeRuntime,
    status: 202,
    async run(row, { store }) {
      await store.queues.deleteMessage(textOf(row, 'Name'), textOf(row, 'Msgid'))
    },
  },
}

/** A message as the monitor shows it: one that is blocked has failed and has no next retry. */
export function entryRow(entry: QueueEntry): EntityRow {
  const { id, queue, messageGuid, state, createdAt, retries, nextAt, overdueAt, expiresAt } = entry
  return {
    Msgid: id,
    Name: queue,
    Failed: state !== 'claimed' && retries > 0,
    Mplid: messageGuid,
    CreatedAt: BigInt(createdAt),
    RetryCount: BigInt(retries),
    NextRetry: state === 'ready' && retries > 0 ? BigInt(nextAt) : null,
    OverdueAt: BigInt(overdueAt),
    ExpirationDate: BigInt(expiresAt),
  }
}

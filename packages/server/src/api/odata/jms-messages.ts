import type { EntityRow } from '@sluice/odata'
import type { QueueEntry } from '../../store/store.ts'
import { type EntitySetApi, type ToManyApi, textOf } from './definition.ts'
import { messageArchive } from './message-archive.ts'
import { deleteStored, readQueues, readStoredPayloads } from './permissions.ts'
import { queueSubject } from './protected-subjects.ts'
import { queueOfName } from './queue-rows.ts'

/** Messages in queues. Times are milliseconds since 1970, as the original has them here. */
export const jmsMessages: EntitySetApi = {
  set: {
    name: 'JmsMessages',
    type: {
      name: 'JmsMessage',
      key: ['Msgid', 'Name', 'Failed'],
      hasStream: true,
      properties: {
        Msgid: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Failed: { type: 'Edm.Boolean', nullable: false },
        Mplid: { type: 'Edm.String' },
        CreatedAt: { type: 'Edm.Int64' },
        RetryCount: { type: 'Edm.Int64' },
        NextRetry: { type: 'Edm.Int64' },
        MimeMsgid: { type: 'Edm.String' },
        ContentType: { type: 'Edm.String' },
        MimeVersion: { type: 'Edm.String' },
        OverdueAt: { type: 'Edm.Int64' },
        ExpirationDate: { type: 'Edm.Int64' },
      },
      navigations: { Queue: { target: 'Queues', many: false, association: 'MessagesInQueue' } },
    },
  },
  roles: readQueues,
  guard: { reads: ['media'], subjects: row => [queueSubject(textOf(row, 'Name'))] },
  mediaRoles: readStoredPayloads,
  list: async (query, { store }) => (await store.queues.entries().list(query)).map(entryRow),
  count: (query, { store }) => store.queues.entries().count(query),
  async find(key, { store }) {
    const found = await store.queues.entry(textOf(key, 'Name'), textOf(key, 'Msgid'))
    return found && entryRow(found)
  },
  async media(row, { store }) {
    const id = textOf(row, 'Msgid')
    const content = await store.queues.content(textOf(row, 'Name'), id)
    if (!content) return undefined
    const { body, headers, properties, attachments } = content
    return messageArchive(id, {
      body: bytesOf(body),
      headers,
      properties,
      attachments: attachments.map(({ name, body: bytes }) => ({ name, body: bytesOf(bytes) })),
    })
  },
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store }) {
      await store.queues.deleteMessage(textOf(row, 'Name'), textOf(row, 'Msgid'))
    },
  },
  navigations: { Queue: queueOfName },
}

/** Those of one queue. */
export const messagesOfQueue: ToManyApi = {
  list: async (queue, query, { store }) =>
    (await store.queues.entries(textOf(queue, 'Name')).list(query)).map(entryRow),
  count: (queue, query, { store }) => store.queues.entries(textOf(queue, 'Name')).count(query),
  async find(queue, key, { store }) {
    if (key.Name !== queue.Name) return undefined
    const found = await store.queues.entry(textOf(queue, 'Name'), textOf(key, 'Msgid'))
    return found && entryRow(found)
  },
}

function bytesOf(body: string | Uint8Array | null): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : (body ?? new Uint8Array(0))
}

/** A message as the monitor shows it: one that is blocked has failed and has no next retry. */
function entryRow(entry: QueueEntry): EntityRow {
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

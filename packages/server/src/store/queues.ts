import { randomBytes } from 'node:crypto'
import type { OutgoingMessage, QueueAccess } from '@sluice/iflow'
import type { ExpressionBuilder, Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { createQueueAdministration } from './queue-administration.ts'
import { packContent, unpackContent } from './queue-content.ts'
import { queueAccessOf as accessOf, createQueueLists, queueEntryOf as entryOf } from './queue-lists.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import type { ClaimedMessage, QueueConflict, Queues } from './store.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['queue_messages']>

export interface QueueOptions {
  readonly seal: Seal
  /** What the disk has left. */
  readonly availableBytes: () => Promise<number>
}

export function createQueues(database: Database, writer: Writer, changes: LocalChanges, options: QueueOptions): Queues {
  const { seal } = options
  const setState = async (id: string, values: Partial<Omit<Row, 'key'>>, queue: string) => {
    await writer.write(tx => tx.updateTable('queue_messages').set(values).where('id', '=', id).execute())
    changes.emit('queues', queue)
  }
  return {
    ...createQueueAdministration(writer, changes),
    ...createQueueLists(database, options),
    open: (name, access) => writer.write(tx => open(tx, name, access)),
    async put(messages) {
      const packed = await Promise.all(messages.map(message => pack(message, seal)))
      const conflict = await writer.write(async tx => {
        const found = await findConflict(tx, messages)
        if (found !== undefined) return found
        for (const { row, content } of packed) {
          await tx.insertInto('queue_messages').values(row).execute()
          await tx.insertInto('queue_contents').values(content).execute()
        }
        return undefined
      })
      if (conflict === undefined) for (const queue of queuesOf(messages)) changes.emit('queues', queue)
      return conflict
    },
    async claim(queue, access, count, now) {
      const rows = await writer.write(tx => claim(tx, queue, access, count, now))
      return Promise.all(
        rows.map(async ({ row, stored }): Promise<ClaimedMessage> => {
          const content = await unpackContent(row.id, stored, seal)
          return { ...entryOf(row), content }
        }),
      )
    },
    async nextDue(queue) {
      const found = await database
        .selectFrom('queue_messages')
        .select(({ fn }) => fn.min('next_at').as('due'))
        .where('queue', '=', queue)
        .where('state', '=', 'ready')
        .where(isActive(queue))
        .executeTakeFirst()
      return found?.due ?? undefined
    },
    async complete({ id, queue }) {
      await writer.write(tx => tx.deleteFrom('queue_messages').where('id', '=', id).execute())
      changes.emit('queues', queue)
    },
    fail: ({ id, queue, failures }, nextAt, runGuid) =>
      setState(id, { state: 'ready', failures: failures + 1, next_at: nextAt, run_guid: runGuid }, queue),
    block: ({ id, queue, runGuid: earlier }, failures, runGuid = earlier) =>
      setState(id, { state: 'blocked', failures, run_guid: runGuid ?? null }, queue),
    async recover() {
      const recovered = await writer.write(tx =>
        tx
          .updateTable('queue_messages')
          .set(({ eb }) => ({ state: 'ready', crashes: eb('crashes', '+', 1) }))
          .where('state', '=', 'claimed')
          .executeTakeFirst(),
      )
      return Number(recovered.numUpdatedRows)
    },
  }
}

/** A message as rows. */
async function pack(message: OutgoingMessage, seal: Seal) {
  const id = randomBytes(16).toString('hex')
  const content = await packContent(id, message.content, message, seal)
  return { row: newRow(id, message, content.content.length), content: { id, ...content } }
}

function queuesOf(messages: readonly OutgoingMessage[]): ReadonlySet<string> {
  return new Set(messages.map(({ queue }) => queue))
}

async function findConflict(tx: Tx, messages: readonly OutgoingMessage[]): Promise<QueueConflict | undefined> {
  const opened = new Map<string, QueueAccess>()
  for (const { queue, access } of messages) {
    const found = opened.get(queue) ?? (await open(tx, queue, access))
    opened.set(queue, found)
    if (found !== access) return { queue, access, found }
  }
  return undefined
}

async function open(tx: Tx, name: string, access: QueueAccess): Promise<QueueAccess> {
  const found = await tx.selectFrom('queues').select('access').where('name', '=', name).executeTakeFirst()
  if (found) return accessOf(found.access)
  await tx.insertInto('queues').values({ name, access }).execute()
  return access
}

/** Of an exclusive queue the first message only, and only when nobody has it and its time has come. */
async function claim(tx: Tx, queue: string, access: QueueAccess, count: number, now: number) {
  const query = tx
    .selectFrom('queue_messages')
    .selectAll()
    .where('queue', '=', queue)
    .where('expires_at', '>', now)
    .where(isActive(queue))
  const found =
    access === 'exclusive'
      ? await query.orderBy('key').limit(1).execute()
      : await query
          .where('state', '=', 'ready')
          .where('next_at', '<=', now)
          .orderBy('next_at')
          .orderBy('key')
          .limit(count)
          .execute()
  const rows = found.filter(row => row.state === 'ready' && row.next_at <= now)
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  await tx.updateTable('queue_messages').set({ state: 'claimed' }).where('id', 'in', ids).execute()
  const contents = await tx.selectFrom('queue_contents').selectAll().where('id', 'in', ids).execute()
  return rows.flatMap(row => {
    const stored = contents.find(({ id }) => id === row.id)
    return stored ? [{ row, stored }] : []
  })
}

function isActive(queue: string) {
  return ({ exists, selectFrom }: ExpressionBuilder<Schema, 'queue_messages'>) =>
    exists(selectFrom('queues').select('name').where('name', '=', queue).where('active', '=', 1))
}

function newRow(id: string, message: OutgoingMessage, size: number) {
  return {
    queue: message.queue,
    id,
    message_guid: message.messageGuid,
    correlation_id: message.correlationId,
    created_at: message.createdAt,
    overdue_at: message.overdueAt,
    expires_at: message.expiresAt,
    state: 'ready',
    next_at: message.createdAt,
    failures: 0,
    crashes: 0,
    size,
  }
}

import { setImmediate } from 'node:timers/promises'
import type {
  DataStoreEntry,
  DataStoreReference,
  DeleteEntry,
  EntryKey,
  PutEntry,
  SelectLimits,
  StoredChange,
} from '@sluice/iflow'
import type { Selectable } from 'kysely'
import { createDataStoreLists } from './data-store-lists.ts'
import { withinOneDeletion } from './one-deletion.ts'
import { persistMessage } from './persisted-messages.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import { type DataStoreEntries, DuplicateError } from './store.ts'
import { readMessage, unsealed, writeMessage } from './stored-message.ts'
import { applyVariable } from './variables.ts'
import type { Work, Writer } from './writer.ts'

type Row = Selectable<Schema['data_store_entries']>

/** A change from which on others get a turn between its parts. */
const largeBytes = 1024 * 1024

/** How many entries are read from the database at a time. */
const batch = 50

const deletedAtOnce = 200

export function createDataStores(database: Database, writer: Writer, seal: Seal): DataStoreEntries {
  const live = (now: number) => database.selectFrom('data_store_entries').where('expires_at', '>', now)
  const of = ({ flowId, store }: DataStoreReference, now: number) =>
    live(now).where('flow_id', '=', flowId).where('store', '=', store)
  const toEntry = (row: Row): DataStoreEntry => {
    const content = row.encrypted === 1 ? unsealed(seal, sealName(row), row.content) : row.content
    return {
      id: row.id,
      ...readMessage(content),
      messageGuid: row.message_guid,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  }
  return {
    async find(key, now) {
      const row = await of(key, now).selectAll().where('id', '=', key.id).executeTakeFirst()
      return row && toEntry(row)
    },
    async select(store, limits, now) {
      const ids = await idsWithin(database, store, limits, now)
      const entries: DataStoreEntry[] = []
      for (let start = 0; start < ids.length; start += batch) {
        const slice = ids.slice(start, start + batch)
        const rows = await of(store, now)
          .selectAll()
          .where('id', 'in', slice)
          .orderBy('created_at')
          .orderBy('id')
          .execute()
        entries.push(...rows.map(toEntry))
      }
      return entries
    },
    async apply(changes) {
      // To seal, to write and to commit a large message takes some 20 ms each for 10 MB: other messages come in between.
      const writes = changes.map(change => prepare(seal, change))
      const isLarge = changes.some(change => sizeOf(change) > largeBytes)
      await writer.write(async tx => {
        for (const write of writes) {
          await write(tx)
          if (isLarge) await setImmediate()
        }
      })
    },
    ...createDataStoreLists(database),
    async delete(key) {
      const deleted = await writer.write(tx => deleteEntry(tx, key))
      return deleted > 0n
    },
    async deleteStore(store) {
      let deleted = 0
      for (;;) {
        const some = await writer.write(tx => deleteSome(tx, store))
        deleted += some
        if (some < deletedAtOnce) return deleted > 0
      }
    },
    deleteExpired: (now, limit) => writer.write(tx => deleteExpired(tx, now, limit)),
  }
}

/** The IDs of entries, oldest first, as far as the limits go. */
async function idsWithin(
  database: Database,
  { flowId, store }: DataStoreReference,
  { count, bytesMax }: SelectLimits,
  now: number,
): Promise<string[]> {
  const found = await database
    .selectFrom('data_store_entries')
    .select(['id', 'size'])
    .where('flow_id', '=', flowId)
    .where('store', '=', store)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .orderBy('id')
    .limit(count)
    .execute()
  let size = 0
  const end = found.findIndex((row, index) => {
    size += row.size
    return index > 0 && size > bytesMax
  })
  return (end < 0 ? found : found.slice(0, end)).map(({ id }) => id)
}

/** Some entries of a store: a transaction with all of a large one would keep others waiting. */
async function deleteSome(tx: Tx, { flowId, store }: DataStoreReference): Promise<number> {
  const found = await tx
    .selectFrom('data_store_entries')
    .select('id')
    .where('flow_id', '=', flowId)
    .where('store', '=', store)
    .limit(deletedAtOnce)
    .execute()
  for (const { id } of found) await deleteEntry(tx, { flowId, store, id })
  return found.length
}

async function deleteExpired(tx: Tx, now: number, limit: number): Promise<number> {
  const expired = await tx
    .selectFrom('data_store_entries')
    .select(['flow_id', 'store', 'id', 'size'])
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  const chosen = withinOneDeletion(expired)
  for (const { flow_id: flowId, store, id } of chosen) await deleteEntry(tx, { flowId, store, id })
  return chosen.length
}

function sizeOf(change: StoredChange): number {
  if (change.kind === 'put-entry') return change.entry.body.length
  if (change.kind !== 'persist-message') return 0
  return change.attachments.reduce((sum, { content }) => sum + content.length, change.body.length)
}

/** Everything about a change that needs no database; what is returned makes it, in a transaction. */
function prepare(seal: Seal, change: StoredChange): Work<unknown> {
  switch (change.kind) {
    case 'put-entry':
      return putEntry(seal, change)
    case 'delete-entry':
      return tx => deleteEntry(tx, change)
    case 'persist-message':
      return persistMessage(seal, change)
    default:
      return tx => applyVariable(tx, seal, change)
  }
}

function putEntry(seal: Seal, change: PutEntry): Work<void> {
  const { flowId, store, entry, overdueAt, encrypted, overwrites } = change
  const key = { flow_id: flowId, store, id: entry.id }
  const content = writeMessage(entry)
  const written = {
    message_guid: entry.messageGuid,
    created_at: entry.createdAt,
    overdue_at: overdueAt,
    expires_at: entry.expiresAt,
    encrypted: encrypted ? 1 : 0,
    size: entry.body.length,
    content: encrypted ? seal.seal(sealName(key), content) : content,
  }
  return async tx => {
    const put = await tx
      .insertInto('data_store_entries')
      .values({ ...key, ...written })
      .onConflict(conflict => {
        const update = conflict.columns(['flow_id', 'store', 'id']).doUpdateSet(written)
        // One that has expired is as good as deleted.
        return overwrites ? update : update.where('data_store_entries.expires_at', '<=', entry.createdAt)
      })
      .executeTakeFirst()
    if (put.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(entry.id)
  }
}

async function deleteEntry(
  tx: Tx,
  { flowId, store, id, writtenBy }: EntryKey & Pick<DeleteEntry, 'writtenBy'>,
): Promise<bigint> {
  let query = tx
    .deleteFrom('data_store_entries')
    .where('flow_id', '=', flowId)
    .where('store', '=', store)
    .where('id', '=', id)
  if (writtenBy !== undefined) query = query.where('message_guid', '=', writtenBy)
  const deleted = await query.executeTakeFirst()
  return deleted.numDeletedRows
}

/** Authenticated with the content: it cannot be given to another entry. */
function sealName({ flow_id, store, id }: Pick<Row, 'flow_id' | 'store' | 'id'>): string {
  return `data-store:${JSON.stringify([flow_id, store, id])}`
}

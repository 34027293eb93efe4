import { type Selectable, sql } from 'kysely'
import { column, constant } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
import type { DataStoreEntries, EntriesWanted, EntryDescription, StoredDataStore } from './store.ts'
import { visibility } from './visibility.ts'

const storeListing: Listing = {
  key: sql.join([sql.ref('store'), sql.ref('flow_id')]),
  properties: {
    DataStoreName: column('store'),
    IntegrationFlow: column('flow_id'),
    Type: constant(''),
    Visibility: visibility,
    NumberOfMessages: column('entries', 'integer'),
    NumberOfOverdueMessages: column('overdue', 'integer'),
  },
}

/** What is overdue depends on the time. Of one store the oldest come first; those of all come as an index has them. */
function entryListing({ store }: EntriesWanted, now: number): Listing {
  const order = store === undefined ? ['flow_id', 'store', 'id'] : ['flow_id', 'created_at', 'id']
  return {
    key: sql.join(order.map(name => sql.ref(name))),
    properties: {
      Id: column('id'),
      DataStoreName: column('store'),
      IntegrationFlow: column('flow_id'),
      Type: constant(''),
      Status: {
        type: 'text',
        sql: sql`case when overdue_at > ${now} then 'Waiting' else 'Overdue' end`,
        nullable: false,
      },
      MessageId: column('message_guid'),
      DueAt: column('overdue_at', 'time'),
      CreatedAt: column('created_at', 'time'),
      RetainUntil: column('expires_at', 'time'),
    },
  }
}

const described = [
  'flow_id',
  'store',
  'id',
  'message_guid',
  'created_at',
  'overdue_at',
  'expires_at',
  'encrypted',
  'size',
] as const

type Lists = Pick<DataStoreEntries, 'stores' | 'findStore' | 'entries' | 'describe'>

/** What people see of data stores: what is in them, without contents. */
export function createDataStoreLists(database: Database): Lists {
  return {
    stores(now, { overdueOnly = false } = {}) {
      const all = storesIn(database, now)
      const wanted = overdueOnly ? all.where('overdue', '>', 0) : all
      return {
        list: async query => (await page(wanted.selectAll(), query, storeListing).execute()).map(storeOf),
        count: ({ filter }) => countRows(wanted, filter, storeListing),
      }
    },
    async findStore({ flowId, store }, now) {
      const all = storesIn(database, now).selectAll()
      const found = await all.where('flow_id', '=', flowId).where('store', '=', store).executeTakeFirst()
      return found && storeOf(found)
    },
    entries(wanted, now) {
      const query = entriesIn(database, wanted, now)
      return {
        list: async request =>
          (await page(query.select(described), request, entryListing(wanted, now)).execute()).map(entryOf),
        count: ({ filter }) => countRows(query, filter, entryListing(wanted, now)),
      }
    },
    async describe({ flowId, store, id }, now) {
      const query = entriesIn(database, { flowId, store }, now)
      const found = await query.select(described).where('id', '=', id).executeTakeFirst()
      return found && entryOf(found)
    },
  }
}

function storesIn(database: Database, now: number) {
  return database.selectFrom(({ selectFrom }) =>
    selectFrom('data_store_entries')
      .select(({ fn }) => [
        'flow_id',
        'store',
        fn.countAll<number>().as('entries'),
        sql<number>`sum(case when overdue_at <= ${now} then 1 else 0 end)`.as('overdue'),
      ])
      .where('expires_at', '>', now)
      .groupBy(['flow_id', 'store'])
      .as('stores'),
  )
}

function entriesIn(database: Database, { store, flowId, messageGuid, overdueOnly }: EntriesWanted, now: number) {
  let query = database.selectFrom('data_store_entries').where('expires_at', '>', now)
  if (store !== undefined) query = query.where('store', '=', store)
  if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
  if (messageGuid !== undefined) query = query.where('message_guid', '=', messageGuid)
  return overdueOnly ? query.where('overdue_at', '<=', now) : query
}

interface StoreRow {
  readonly flow_id: string
  readonly store: string
  readonly entries: number
  readonly overdue: number
}

function storeOf({ flow_id, store, entries, overdue }: StoreRow): StoredDataStore {
  return { flowId: flow_id, store, entries: Number(entries), overdue: Number(overdue) }
}

function entryOf(row: Pick<Selectable<Schema['data_store_entries']>, (typeof described)[number]>): EntryDescription {
  return {
    flowId: row.flow_id,
    store: row.store,
    id: row.id,
    messageGuid: row.message_guid,
    createdAt: row.created_at,
    overdueAt: row.overdue_at,
    expiresAt: row.expires_at,
    encrypted: row.encrypted === 1,
    size: row.size,
  }
}

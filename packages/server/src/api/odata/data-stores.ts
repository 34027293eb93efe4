import { type EntityRow, type Key, queryRows } from '@sluice/odata'
import type { EntryDescription, StoredDataStore } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { deleteStored, readStored } from './permissions.ts'

/** Entries of one data store that are listed. */
const entriesMax = 10_000

/** Data stores that have entries. `IntegrationFlow` is empty for those of the whole tenant, `Type` always. */
export const dataStores: EntitySetApi = {
  set: {
    name: 'DataStores',
    type: {
      name: 'DataStore',
      key: ['DataStoreName', 'IntegrationFlow', 'Type'],
      properties: {
        DataStoreName: { type: 'Edm.String', nullable: false },
        IntegrationFlow: { type: 'Edm.String', nullable: false },
        Type: { type: 'Edm.String', nullable: false },
        Visibility: { type: 'Edm.String' },
        NumberOfMessages: { type: 'Edm.Int64' },
        NumberOfOverdueMessages: { type: 'Edm.Int64' },
      },
      navigations: { Entries: { target: 'DataStoreEntries', many: true } },
    },
  },
  roles: readStored,
  list: async (query, context) => queryRows(await storeRows(context), query),
  count: async (query, context) => queryRows(await storeRows(context), query).length,
  find: async (key, context) => (await storeRows(context)).find(row => isOf(row, key)),
  navigations: {
    Entries: {
      list: async (store, query, context) => queryRows(await entryRows(store, context), query),
      count: async (store, query, context) => queryRows(await entryRows(store, context), query).length,
      find: async (store, key, context) => (await entryRows(store, context)).find(({ Id }) => Id === key.Id),
    },
  },
}

/** Messages in data stores, reached through `DataStores` or by their key. */
export const dataStoreEntries: EntitySetApi = {
  set: {
    name: 'DataStoreEntries',
    type: {
      name: 'DataStoreEntry',
      key: ['Id', 'DataStoreName', 'IntegrationFlow', 'Type'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        DataStoreName: { type: 'Edm.String', nullable: false },
        IntegrationFlow: { type: 'Edm.String', nullable: false },
        Type: { type: 'Edm.String', nullable: false },
        Status: { type: 'Edm.String' },
        MessageId: { type: 'Edm.String' },
        DueAt: { type: 'Edm.DateTime' },
        CreatedAt: { type: 'Edm.DateTime' },
        RetainUntil: { type: 'Edm.DateTime' },
      },
    },
  },
  roles: readStored,
  find: async (key, context) => (await entryRows(key, context)).find(({ Id }) => Id === key.Id),
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store }) {
      const [flowId, name] = [textOf(row, 'IntegrationFlow'), textOf(row, 'DataStoreName')]
      await store.dataStores.delete({ flowId, store: name, id: textOf(row, 'Id') })
    },
  },
}

async function storeRows({ store, now }: ODataContext): Promise<EntityRow[]> {
  return (await store.dataStores.stores(now)).map(storeRow)
}

function storeRow({ flowId, store, entries, overdue }: StoredDataStore): EntityRow {
  return {
    DataStoreName: store,
    IntegrationFlow: flowId,
    Type: '',
    Visibility: visibilityOf(flowId),
    NumberOfMessages: BigInt(entries),
    NumberOfOverdueMessages: BigInt(overdue),
  }
}

async function entryRows(of: Key | EntityRow, { store, now }: ODataContext): Promise<EntityRow[]> {
  const [flowId, name] = [textOf(of, 'IntegrationFlow'), textOf(of, 'DataStoreName')]
  const entries = await store.dataStores.list({ store: name, flowId, limit: entriesMax }, now)
  return entries.map(entry => entryRow(entry, now))
}

function entryRow({ id, store, flowId, messageGuid, ...times }: EntryDescription, now: number): EntityRow {
  return {
    Id: id,
    DataStoreName: store,
    IntegrationFlow: flowId,
    Type: '',
    Status: now < times.overdueAt ? 'Waiting' : 'Overdue',
    MessageId: messageGuid,
    DueAt: times.overdueAt,
    CreatedAt: times.createdAt,
    RetainUntil: times.expiresAt,
  }
}

function isOf(row: EntityRow, key: Key): boolean {
  return row.DataStoreName === key.DataStoreName && row.IntegrationFlow === key.IntegrationFlow
}

/** Who shares what a flow has left. */
export function visibilityOf(flowId: string): string {
  return flowId === '' ? 'Global' : 'Integration Flow'
}

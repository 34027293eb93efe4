import type { EntryKey } from '@sluice/iflow'
import type { EntityRow, Key } from '@sluice/odata'
import type { EntryDescription } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { messageArchive } from './message-archive.ts'
import { deleteStored, readStored, readStoredPayloads } from './permissions.ts'
import { dataStoreSubject } from './protected-subjects.ts'

/** Messages in data stores. `messageid=…` lists those of one message processing log, `overdueonly=true` what is overdue. */
export const dataStoreEntries: EntitySetApi = {
  clients: ['contiva', 'documentation', 'odata-mcp-proxy'],
  options: ['messageid', 'overdueonly'],
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
  guard: {
    reads: ['media'],
    subjects: async (row, context) => [
      await dataStoreSubject(textOf(row, 'IntegrationFlow'), textOf(row, 'DataStoreName'), context),
    ],
  },
  mediaRoles: readStoredPayloads,
  list: async (query, context) => rowsOf(await listed(context).list(query), context),
  count: (query, context) => listed(context).count(query),
  async find(key, context) {
    const found = await context.store.dataStores.describe(entryKey(key), context.now)
    return found && entryRow(found, context.now)
  },
  async media(row, { store, now }) {
    const found = await store.dataStores.find(entryKey(row), now)
    return found && messageArchive(found.id, { body: found.body, headers: Object.entries(found.headers) })
  },
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store }) {
      await store.dataStores.delete(entryKey(row))
    },
  },
}

/** Those of one data store. */
export const entriesOfDataStore: ToManyApi = {
  list: async (parent, query, context) => rowsOf(await listed(context, parent).list(query), context),
  count: (parent, query, context) => listed(context, parent).count(query),
  async find(parent, key, context) {
    if (key.DataStoreName !== parent.DataStoreName || key.IntegrationFlow !== parent.IntegrationFlow) return undefined
    const found = await context.store.dataStores.describe(entryKey(key), context.now)
    return found && entryRow(found, context.now)
  },
}

function listed({ store, now, options }: ODataContext, parent?: EntityRow) {
  const owner = parent && { store: textOf(parent, 'DataStoreName'), flowId: textOf(parent, 'IntegrationFlow') }
  const messageGuid = options.get('messageid') || undefined
  return store.dataStores.entries({ ...owner, messageGuid, overdueOnly: options.get('overdueonly') === 'true' }, now)
}

function rowsOf(entries: readonly EntryDescription[], { now }: ODataContext): EntityRow[] {
  return entries.map(entry => entryRow(entry, now))
}

function entryKey(of: Key | EntityRow): EntryKey {
  return { flowId: textOf(of, 'IntegrationFlow'), store: textOf(of, 'DataStoreName'), id: textOf(of, 'Id') }
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

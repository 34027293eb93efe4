import type { EntityRow } from '@sluice/odata'
import type { StoredDataStore } from '../../store/store.ts'
import { entriesOfDataStore } from './data-store-entries.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { deleteStored, readStored } from './permissions.ts'
import { dataStoreSubject } from './protected-subjects.ts'

/**
 * Data stores that have entries. `IntegrationFlow` is empty for those of the whole tenant, `Type` always. `overdueonly=true`
 * lists those with overdue entries.
 */
export const dataStores: EntitySetApi = {
  clients: ['contiva', 'documentation'],
  options: ['overdueonly'],
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
  guard: {
    subjects: async (row, context) => [
      await dataStoreSubject(textOf(row, 'IntegrationFlow'), textOf(row, 'DataStoreName'), context),
    ],
  },
  list: async (query, context) => (await listed(context).list(query)).map(storeRow),
  count: (query, context) => listed(context).count(query),
  async find(key, { store, now }) {
    const found = await store.dataStores.findStore(storeKey(key), now)
    return found && storeRow(found)
  },
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store }) {
      await store.dataStores.deleteStore(storeKey(row))
    },
  },
  navigations: { Entries: entriesOfDataStore },
}

function listed({ store, now, options }: ODataContext) {
  return store.dataStores.stores(now, { overdueOnly: options.get('overdueonly') === 'true' })
}

function storeKey(of: EntityRow): { flowId: string; store: string } {
  return { flowId: textOf(of, 'IntegrationFlow'), store: textOf(of, 'DataStoreName') }
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

/** Who shares what a flow has left. */
export function visibilityOf(flowId: string): string {
  return flowId === '' ? 'Global' : 'Integration Flow'
}

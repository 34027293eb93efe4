import { readStored } from '../odata/permissions.ts'
import type { Command } from './command.ts'
import { variablesStore, wantedStore } from './data-store-reference.ts'

const entriesMax = 10_000

/** Lists the entries of the data stores of one name, of all flows: `sap_global_store` has the variables. */
export const dataStoreEntryList: Command = {
  name: 'com.sap.esb.monitoring.datastore.access.command.ListDataStoreEntriesCommand',
  method: 'GET',
  doc: 'Lists the entries of the data stores of one name, of all flows: `storeName` (`sap_global_store`: variables), `maxNum`.',
  roles: readStored,
  async run(parameters, { store, now }) {
    const { store: storeName } = wantedStore(parameters)
    const limit = Math.min(Number(parameters.maxNum) || entriesMax, entriesMax)
    const found =
      storeName === variablesStore
        ? (await store.variables.all(now).list({ top: limit })).map(({ flowId, name }) => ({ flowId, id: name }))
        : await store.dataStores.entries({ store: storeName }, now).list({ top: limit })
    return { entries: found.map(({ flowId, id }) => ({ storeName, id, qualifier: flowId || undefined })) }
  },
}

import { Problem } from '../../http/problem.ts'
import { readStored } from '../odata/permissions.ts'
import type { Command, Parameters } from './command.ts'
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
    const limit = limitOf(parameters)
    const found =
      storeName === variablesStore
        ? (await store.variables.all(now).list({ top: limit })).map(({ flowId, name }) => ({ flowId, id: name }))
        : await store.dataStores.entries({ store: storeName }, now).list({ top: limit })
    return { entries: found.map(({ flowId, id }) => ({ storeName, id, qualifier: flowId || undefined })) }
  },
}

/** Throws `Problem` (400). Callers ask for more than there can be when they want all. */
function limitOf({ maxNum = entriesMax }: Parameters): number {
  const limit = Number(maxNum)
  if (Number.isInteger(limit) && limit > 0) return Math.min(limit, entriesMax)
  const found = String(maxNum).slice(0, 50)
  throw new Problem(400, 'malformed-parameter', `Expected "maxNum" to be a number from 1, found "${found}".`)
}

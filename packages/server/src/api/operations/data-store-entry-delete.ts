import { Problem } from '../../http/problem.ts'
import { deleteStored } from '../odata/permissions.ts'
import { type Command, textsIn } from './command.ts'
import { storedSubject, unknownEntry, variablesStore, wantedStore } from './data-store-reference.ts'

/** Deletes entries of a data store, or variables (`ids`). */
export const dataStoreEntryDelete: Command = {
  name: 'com.sap.esb.monitoring.datastore.access.command.DeleteDataStoreEntryCommand',
  method: 'POST',
  doc: 'Deletes entries of a data store, or variables: `storeName`, `ids`, `qualifier` (the flow; none: of the whole tenant).',
  roles: deleteStored,
  audit: { object: 'data-store-entry', action: 'delete', ids: parameters => textsIn(parameters, 'ids') },
  async subjects(parameters, context) {
    const reference = wantedStore(parameters)
    return Promise.all(textsIn(parameters, 'ids').map(id => storedSubject(reference, id, context)))
  },
  async run(parameters, { store }) {
    const reference = wantedStore(parameters)
    const ids = textsIn(parameters, 'ids')
    if (ids.length === 0) throw new Problem(400, 'missing-parameter', 'Expected IDs of entries in "ids", found none.')
    for (const id of ids) {
      const isGone =
        reference.store === variablesStore
          ? await store.variables.delete(reference.flowId, id)
          : await store.dataStores.delete({ ...reference, id })
      if (!isGone) throw unknownEntry({ ...reference, id })
    }
    return {}
  },
}

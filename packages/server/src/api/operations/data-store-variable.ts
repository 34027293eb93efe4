import { readStoredPayloads } from '../odata/permissions.ts'
import type { Command } from './command.ts'
import { storedSubject, unknownEntry, wantedEntry } from './data-store-reference.ts'

/** The value of a variable (`id`), in Base64. */
export const dataStoreVariable: Command = {
  name: 'com.sap.esb.monitoring.datastore.access.command.GetDataStoreVariableCommand',
  method: 'POST',
  doc: 'Gives the value of a variable in Base64: `storeName`, `id`, `qualifier`.',
  roles: readStoredPayloads,
  async subjects(parameters, context) {
    const entry = wantedEntry(parameters)
    return [await storedSubject(entry, entry.id, context)]
  },
  async run(parameters, { store, now }) {
    const entry = wantedEntry(parameters)
    const value = await store.variables.read(entry.flowId, entry.id, now)
    if (value === undefined) throw unknownEntry(entry)
    return { value: Buffer.from(value).toString('base64') }
  },
}

import { readStoredPayloads } from '../odata/permissions.ts'
import { variableSubject } from '../odata/protected-subjects.ts'
import type { Command } from './command.ts'
import { unknownEntry, wantedEntry } from './data-store-reference.ts'

/** The value of a variable (`id`), in Base64. Variables are in one store only: whatever `storeName` says, it is that. */
export const dataStoreVariable: Command = {
  name: 'com.sap.esb.monitoring.datastore.access.command.GetDataStoreVariableCommand',
  method: 'POST',
  doc: 'Gives the value of a variable in Base64: `storeName`, `id`, `qualifier`.',
  roles: readStoredPayloads,
  async subjects(parameters, context) {
    const { flowId, id } = wantedEntry(parameters)
    return [await variableSubject(flowId, id, context)]
  },
  async run(parameters, { store, now }) {
    const entry = wantedEntry(parameters)
    const value = await store.variables.read(entry.flowId, entry.id, now)
    if (value === undefined) throw unknownEntry(entry)
    return { value: Buffer.from(value).toString('base64') }
  },
}

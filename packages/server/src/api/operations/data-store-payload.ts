import { writeArchive } from '../../runtime/archive.ts'
import { messageFiles } from '../odata/message-archive.ts'
import { readStoredPayloads } from '../odata/permissions.ts'
import type { Command, CommandContext } from './command.ts'
import {
  type StoreReference,
  storedSubject,
  unknownEntry,
  variablesStore,
  wantedEntry,
} from './data-store-reference.ts'

/** An entry of a data store, or a variable, as a zip in Base64: the content is the first file. */
export const dataStorePayload: Command = {
  name: 'com.sap.esb.monitoring.datastore.access.command.GetDataStorePayloadCommand',
  method: 'POST',
  doc: 'Gives an entry of a data store, or a variable, as a zip in Base64: `storeName`, `id`, `qualifier`.',
  roles: readStoredPayloads,
  async subjects(parameters, context) {
    const entry = wantedEntry(parameters)
    return [await storedSubject(entry, entry.id, context)]
  },
  async run(parameters, context) {
    const entry = wantedEntry(parameters)
    const found = entry.store === variablesStore ? await variable(entry, context) : await storedEntry(entry, context)
    if (!found) throw unknownEntry(entry)
    return { payload: Buffer.from(await writeArchive(messageFiles(found))).toString('base64') }
  },
}

type Wanted = StoreReference & { readonly id: string }

async function variable({ flowId, id }: Wanted, { store, now }: CommandContext) {
  const value = await store.variables.read(flowId, id, now)
  return value === undefined ? undefined : { body: Buffer.from(value), headers: [] }
}

async function storedEntry(entry: Wanted, { store, now }: CommandContext) {
  const found = await store.dataStores.find(entry, now)
  return found && { body: found.body, headers: Object.entries(found.headers) }
}

import { writeArchive } from '../../runtime/archive.ts'
import { readStoredPayload } from '../odata/permissions.ts'
import type { Command, CommandContext } from './command.ts'
import { type StoreReference, unknownEntry, variablesStore, wantedEntry } from './data-store-reference.ts'

/** An entry of a data store, or a variable, as a zip in Base64: its content is the first file, its headers the second. */
export const dataStorePayload: Command = {
  name: 'com.sap.esb.monitoring.datastore.access.command.GetDataStorePayloadCommand',
  method: 'POST',
  roles: readStoredPayload,
  async run(parameters, context) {
    const entry = wantedEntry(parameters)
    const files =
      entry.store === variablesStore ? await variableFiles(entry, context) : await entryFiles(entry, context)
    if (!files) throw unknownEntry(entry)
    return { payload: Buffer.from(await writeArchive(files)).toString('base64') }
  },
}

type Wanted = StoreReference & { readonly id: string }

async function variableFiles({ flowId, id }: Wanted, { store, now }: CommandContext) {
  const value = await store.variables.read(flowId, id, now)
  return value === undefined ? undefined : new Map([['body', Buffer.from(value)]])
}

async function entryFiles(entry: Wanted, { store, now }: CommandContext) {
  const found = await store.dataStores.find(entry, now)
  if (!found) return undefined
  const headers = Object.entries(found.headers).map(([name, value]) => `${name}=${value}\n`)
  return new Map([
    ['body', found.body],
    ['headers.properties', Buffer.from(headers.join(''))],
  ])
}

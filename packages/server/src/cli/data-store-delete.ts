import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const dataStoreDelete = defineCommand({
  name: 'data-store delete',
  summary: 'Delete an entry of a data store.',
  description: 'Deletes one entry of a data store. A store without entries is gone.',
  arguments: { store: { doc: 'The name of the store.' }, id: { doc: 'The ID of the entry.' } },
  options: {
    ...serverOptions,
    flow: { value: 'id', default: '', doc: 'The flow whose store it is; none for a global one.' },
  },
  examples: [{ line: 'sluice data-store delete Orders 4711', doc: 'Delete entry 4711 of the global store Orders.' }],
  async run({ store, id }, options, terminal) {
    const owner = `DataStoreName=${odataKey(store)},IntegrationFlow=${odataKey(options.flow)},Type=''`
    const path = `/api/v1/DataStoreEntries(Id=${odataKey(id)},${owner})`
    const { status } = await new Server(options, terminal).request('DELETE', path, { accepted: [404] })
    if (status === 404) {
      throw new CommandError(
        `Expected an entry "${id}" of "${store}", found none; "sluice data-store list ${store}" shows what there is, and --flow names the flow of a store that is not global`,
      )
    }
    terminal.out(options.json ? `${JSON.stringify({ deleted: id, store })}\n` : `Deleted ${id} of ${store}.\n`)
    return 0
  },
})

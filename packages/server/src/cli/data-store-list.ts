import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { isoTime, odataKey, Server, serverOptions } from './remote/server.ts'

export const dataStoreList = defineCommand({
  name: 'data-store list',
  summary: 'List data stores, or what is in one.',
  description:
    'Lists the data stores that have entries, or the entries of one: when they were written, when somebody should have read them and when they are deleted. Contents are not shown.',
  arguments: { store: { doc: 'The name of one store.', optional: true } },
  options: {
    ...serverOptions,
    flow: { value: 'id', default: '', doc: 'The flow whose store it is; none for a global one.' },
  },
  examples: [
    { line: 'sluice data-store list', doc: 'All stores.' },
    { line: 'sluice data-store list Orders', doc: 'The entries of the global store Orders.' },
  ],
  async run({ store }, options, terminal) {
    const server = new Server(options, terminal)
    if (store === undefined) {
      const found = await server.entities<Store>('DataStores')
      const stores = found.map(({ DataStoreName, IntegrationFlow, NumberOfMessages, NumberOfOverdueMessages }) => ({
        store: DataStoreName,
        flow: IntegrationFlow,
        entries: Number(NumberOfMessages),
        overdue: Number(NumberOfOverdueMessages),
      }))
      if (options.json) terminal.out(`${JSON.stringify({ stores })}\n`)
      else if (stores.length === 0) terminal.err('No data store has entries.\n')
      else {
        const rows = stores.map(({ store, flow, entries, overdue }) => [store, flow, `${entries}`, `${overdue}`])
        terminal.out(table(['STORE', 'FLOW', 'ENTRIES', 'OVERDUE'], rows))
      }
      return 0
    }
    const key = `DataStores(DataStoreName=${odataKey(store)},IntegrationFlow=${odataKey(options.flow)},Type='')`
    const found = await server.entities<Entry>(`${key}/Entries`)
    const entries = found.map(({ Id, Status, MessageId, CreatedAt, DueAt, RetainUntil }) => ({
      id: Id,
      status: Status,
      message: MessageId,
      createdAt: isoTime(CreatedAt),
      dueAt: isoTime(DueAt),
      deletedAt: isoTime(RetainUntil),
    }))
    if (options.json) terminal.out(`${JSON.stringify({ entries })}\n`)
    else {
      const rows = entries.map(({ id, status, createdAt, dueAt, deletedAt }) => {
        return [id, status, ...[createdAt, dueAt, deletedAt].map(time => time.slice(0, 19))]
      })
      terminal.out(table(['ID', 'STATUS', 'WRITTEN', 'DUE', 'DELETED'], rows))
    }
    return 0
  },
})

interface Store {
  readonly DataStoreName: string
  readonly IntegrationFlow: string
  readonly NumberOfMessages: string
  readonly NumberOfOverdueMessages: string
}

interface Entry {
  readonly Id: string
  readonly Status: string
  readonly MessageId: string
  readonly CreatedAt: string
  readonly DueAt: string
  readonly RetainUntil: string
}

import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { Server, serverOptions } from './remote/server.ts'

interface ListedClient {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly subscription: string
  readonly grant: string
}

export const clientList = defineCommand({
  name: 'client list',
  summary: 'List the OAuth clients.',
  description: 'Lists the registered OAuth clients. Secrets are not shown: the server keeps only their hashes.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice client list', doc: 'All clients.' }],
  async run(_given, options, terminal) {
    const reply = await new Server(options, terminal).json<{ clients: ListedClient[] }>('GET', '/oauth2/api/v1/clients')
    if (options.json) terminal.out(`${JSON.stringify(reply)}\n`)
    else if (reply.clients.length === 0)
      terminal.err('There are no clients yet; "sluice client create" registers one.\n')
    else {
      const rows = reply.clients.map(({ id, name, kind, subscription, grant }) => [id, name, kind, subscription, grant])
      terminal.out(table(['ID', 'NAME', 'KIND', 'SUBSCRIPTION', 'GRANT'], rows))
    }
    return 0
  },
})

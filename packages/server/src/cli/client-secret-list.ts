import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { clientSecretsPath, type ListedSecret } from './remote/client-secrets.ts'
import { Server, serverOptions } from './remote/server.ts'

export const clientSecretList = defineCommand({
  name: 'client-secret list',
  summary: 'List the secrets of a client.',
  description:
    'Lists the secrets of a client with when each was last used, about five minutes exact, and when it expires. The secrets themselves are not shown: the server keeps only their hashes.',
  arguments: { client: { doc: 'The client ID.' } },
  options: serverOptions,
  examples: [{ line: 'sluice client-secret list orders', doc: 'Whether the old secret is still in use.' }],
  async run({ client }, options, terminal) {
    const server = new Server(options, terminal)
    const reply = await server.json<{ secrets: ListedSecret[] }>('GET', clientSecretsPath(client))
    const rows = reply.secrets.map(({ id, state, createdAt, lastUsedAt = 'never', expiresAt = 'never' }) => [
      ...[id, state, createdAt, lastUsedAt, expiresAt],
    ])
    if (options.json) terminal.out(`${JSON.stringify(reply)}\n`)
    else if (rows.length === 0) terminal.err('The client has no secret.\n')
    else terminal.out(table(['ID', 'STATE', 'CREATED', 'LAST USED', 'EXPIRES'], rows))
    return 0
  },
})

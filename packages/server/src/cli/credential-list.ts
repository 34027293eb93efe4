import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { Server, serverOptions } from './remote/server.ts'

export const credentialList = defineCommand({
  name: 'credential list',
  summary: 'List the security material that flows use.',
  description: 'Lists user credentials, OAuth2 client credentials and secure parameters. Secrets are never shown.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice credential list', doc: 'All of it.' }],
  async run(_given, options, terminal) {
    const server = new Server(options, terminal)
    const users = await server.entities<{ Name: string; User: string; Description: string }>('UserCredentials')
    const clients = await server.entities<{ Name: string; ClientId: string; Description: string }>(
      'OAuth2ClientCredentials',
    )
    const parameters = await server.entities<{ Name: string; Description: string }>('SecureParameters')
    const credentials = [
      ...users.map(({ Name, User, Description }) => ({
        name: Name,
        kind: 'user',
        identity: User,
        description: Description,
      })),
      ...clients.map(({ Name, ClientId, Description }) => {
        return { name: Name, kind: 'oauth2-client', identity: ClientId, description: Description }
      }),
      ...parameters.map(({ Name, Description }) => {
        return { name: Name, kind: 'secure-parameter', identity: '', description: Description }
      }),
    ].sort((left, right) => (left.name < right.name ? -1 : 1))
    if (options.json) terminal.out(`${JSON.stringify({ credentials })}\n`)
    else if (credentials.length === 0) {
      terminal.err('There is no security material yet; "sluice credential create" deploys some.\n')
    } else {
      const rows = credentials.map(({ name, kind, identity, description }) => [name, kind, identity, description])
      terminal.out(table(['NAME', 'KIND', 'USER OR CLIENT', 'DESCRIPTION'], rows))
    }
    return 0
  },
})

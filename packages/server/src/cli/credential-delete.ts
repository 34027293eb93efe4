import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

const sets = ['UserCredentials', 'OAuth2ClientCredentials', 'SecureParameters']

export const credentialDelete = defineCommand({
  name: 'credential delete',
  summary: 'Delete security material.',
  description:
    'Deletes user credentials, OAuth2 client credentials or a secure parameter. Flows that use it fail from then on.',
  arguments: { name: { doc: 'Its name.' } },
  options: serverOptions,
  examples: [{ line: 'sluice credential delete erp', doc: 'Delete what is deployed under the name erp.' }],
  async run({ name }, options, terminal) {
    const server = new Server(options, terminal)
    for (const set of sets) {
      const { status } = await server.request('DELETE', `/api/v1/${set}(${odataKey(name)})`, { accepted: [404] })
      if (status === 404) continue
      terminal.out(options.json ? `${JSON.stringify({ deleted: name })}\n` : `Deleted ${name}.\n`)
      return 0
    }
    throw new CommandError(
      `Expected security material "${name}", found none; "sluice credential list" shows what there is`,
    )
  },
})

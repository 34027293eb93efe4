import { defineCommand } from './line/command.ts'
import { identityProviderPath } from './remote/identity-providers.ts'
import { Server, serverOptions } from './remote/server.ts'

export const identityProviderDelete = defineCommand({
  name: 'identity-provider delete',
  summary: 'Trust an identity provider no more.',
  description:
    'Deletes an identity provider. Sessions, tokens and authorizations of its users end, and their names and groups are forgotten; roles that were assigned by name stay.',
  arguments: { name: { doc: 'The name of the provider.' } },
  options: serverOptions,
  examples: [{ line: 'sluice identity-provider delete erp', doc: 'Delete the provider erp.' }],
  async run({ name }, options, terminal) {
    await new Server(options, terminal).request('DELETE', identityProviderPath(name))
    terminal.out(options.json ? `${JSON.stringify({ deleted: name })}\n` : `Deleted identity provider ${name}.\n`)
    return 0
  },
})

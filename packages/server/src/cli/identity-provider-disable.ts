import { defineCommand } from './line/command.ts'
import { setEnabled } from './remote/identity-providers.ts'
import { Server, serverOptions } from './remote/server.ts'

export const identityProviderDisable = defineCommand({
  name: 'identity-provider disable',
  summary: 'Have an identity provider vouch for nobody.',
  description:
    'Disables an identity provider. Sessions, tokens and authorizations of its users end, and the groups that it gave do not count until it is enabled.',
  arguments: { name: { doc: 'The name of the provider.' } },
  options: serverOptions,
  examples: [{ line: 'sluice identity-provider disable erp', doc: 'The key of erp got into wrong hands.' }],
  async run({ name }, options, terminal) {
    await setEnabled(new Server(options, terminal), name, false)
    terminal.out(options.json ? `${JSON.stringify({ disabled: name })}\n` : `Disabled identity provider ${name}.\n`)
    return 0
  },
})

import { defineCommand } from './line/command.ts'
import { setEnabled } from './remote/identity-providers.ts'
import { Server, serverOptions } from './remote/server.ts'

export const identityProviderEnable = defineCommand({
  name: 'identity-provider enable',
  summary: 'Have an identity provider vouch for users again.',
  description: 'Enables an identity provider that was disabled. The groups that it gave count again.',
  arguments: { name: { doc: 'The name of the provider.' } },
  options: serverOptions,
  examples: [{ line: 'sluice identity-provider enable erp', doc: 'Believe what erp says again.' }],
  async run({ name }, options, terminal) {
    await setEnabled(new Server(options, terminal), name, true)
    terminal.out(options.json ? `${JSON.stringify({ enabled: name })}\n` : `Enabled identity provider ${name}.\n`)
    return 0
  },
})

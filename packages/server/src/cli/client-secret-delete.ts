import { defineCommand } from './line/command.ts'
import { clientSecretsPath } from './remote/client-secrets.ts'
import { Server, serverOptions } from './remote/server.ts'

export const clientSecretDelete = defineCommand({
  name: 'client-secret delete',
  summary: 'Remove a secret of a client.',
  description:
    'Removes a secret of a client, which is refused from that moment on. Tokens that it was used for stay. The last valid secret cannot be removed.',
  arguments: {
    client: { doc: 'The client ID.' },
    secret: { doc: 'The ID of the secret, as "sluice client-secret list" shows it.' },
  },
  options: serverOptions,
  examples: [{ line: 'sluice client-secret delete orders 17', doc: 'End the secret with ID 17 of client orders.' }],
  async run({ client, secret }, options, terminal) {
    await new Server(options, terminal).request('DELETE', clientSecretsPath(client, secret))
    const text = `Deleted secret ${secret} of client ${client}.\n`
    terminal.out(options.json ? `${JSON.stringify({ deleted: secret })}\n` : text)
    return 0
  },
})

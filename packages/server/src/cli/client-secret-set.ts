import { defineCommand } from './line/command.ts'
import { UsageError } from './line/errors.ts'
import { clientSecretsPath, type ListedSecret, readExpiry } from './remote/client-secrets.ts'
import { Server, serverOptions } from './remote/server.ts'

export const clientSecretSet = defineCommand({
  name: 'client-secret set',
  summary: 'Say when a secret of a client expires.',
  description: 'Says when a secret of a client expires: it is refused from then on.',
  arguments: {
    client: { doc: 'The client ID.' },
    secret: { doc: 'The ID of the secret, as "sluice client-secret list" shows it.' },
  },
  options: {
    ...serverOptions,
    expires: { value: 'time', doc: 'After what time it expires: 12h, 90d or never. Needed.' },
  },
  examples: [
    { line: 'sluice client-secret set orders 17 --expires 7d', doc: 'Give the client a week to change over.' },
  ],
  async run({ client, secret }, options, terminal) {
    if (options.expires === undefined) throw new UsageError('Expected --expires as 12h, 90d or never, found nothing')
    const set = await new Server(options, terminal).json<ListedSecret>('PUT', clientSecretsPath(client, secret), {
      json: readExpiry(options.expires, Date.now()),
    })
    const when = set.expiresAt === undefined ? 'never expires' : `expires at ${set.expiresAt}`
    terminal.out(options.json ? `${JSON.stringify(set)}\n` : `Secret ${secret} of client ${client} ${when}.\n`)
    return 0
  },
})

import { defineCommand } from './line/command.ts'
import { clientSecretsPath, type ListedSecret, readExpiry } from './remote/client-secrets.ts'
import { Server, serverOptions } from './remote/server.ts'

export const clientSecretCreate = defineCommand({
  name: 'client-secret create',
  summary: 'Add a second secret to a client.',
  description:
    'Adds a secret to a client that has one: both are accepted, so that the client can change over without a break. An expired secret makes room for it. Without --secret it is generated, shown here and never again.',
  arguments: { client: { doc: 'The client ID.' } },
  options: {
    ...serverOptions,
    secret: {
      value: 'text',
      doc: 'The secret. On a shared machine let the server generate one: others can read command lines.',
    },
    expires: { value: 'time', default: 'never', doc: 'After what time it expires: 12h, 90d or never.' },
  },
  examples: [
    { line: 'sluice client-secret create orders', doc: 'A second secret, to be given to whoever runs the client.' },
    { line: 'sluice client-secret create orders --expires 90d', doc: 'One that has to be exchanged in three months.' },
  ],
  async run({ client }, options, terminal) {
    const created = await new Server(options, terminal).json<ListedSecret>('POST', clientSecretsPath(client), {
      json: {
        ...readExpiry(options.expires, Date.now()),
        ...(options.secret === undefined ? {} : { secret: options.secret }),
      },
    })
    const { id, secret } = created
    const lines = [`ID      ${id}`, ...(secret === undefined ? [] : [`Secret  ${secret}   (shown only now)`])]
    terminal.out(options.json ? `${JSON.stringify(created)}\n` : `${lines.join('\n')}\n`)
    return 0
  },
})

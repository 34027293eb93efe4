import { defineCommand } from './line/command.ts'
import { UsageError } from './line/errors.ts'
import { proofOptions, readProofs } from './remote/client-proofs.ts'
import { Server, serverOptions } from './remote/server.ts'

interface CreatedClient {
  readonly id: string
  readonly name: string
  readonly subscription: string
  /** Present when the server generated it. */
  readonly secret?: string
}

const units = { m: 'minutes', h: 'hours', d: 'days' } as const

export const clientCreate = defineCommand({
  name: 'client create',
  summary: 'Register an OAuth client.',
  description:
    'Registers an OAuth client. Without --id and --secret both are generated; a generated secret is shown here and never again. A platform client (--platform) is for the administration APIs: its ID and secret are always generated.',
  arguments: { name: { doc: 'What people call the client.' } },
  options: {
    ...serverOptions,
    id: { value: 'id', doc: 'The client ID.' },
    secret: {
      value: 'text',
      doc: 'The secret. On a shared machine let the server generate one: others can read command lines.',
    },
    description: { value: 'text', default: '', doc: 'What the client is for.' },
    subscription: {
      value: 'application',
      default: 'iflmap',
      doc: 'What its tokens are for: iflmap (calling flows), tmn (the API), or the full name of an application.',
    },
    grant: {
      value: 'grant',
      choices: ['client_credentials', 'authorization_code'],
      default: 'client_credentials',
      doc: 'How it gets tokens.',
    },
    'redirect-uri': { value: 'uri', doc: 'Where authorization codes are sent (authorization code only).' },
    public: { doc: 'A client without a secret (authorization code only).' },
    ...proofOptions,
    'token-lifetime': {
      value: 'time',
      doc: 'How long its opaque tokens are valid: 90m, 12h or 180d; at most 180 days.',
    },
    platform: { doc: 'Register a platform client instead.' },
    scope: {
      value: 'scope',
      repeatable: true,
      doc: 'Scope of a platform client, such as readAuthorizationSettings.',
    },
  },
  examples: [
    { line: 'sluice client create hello --id hello', doc: 'A client that may call flows, once it has a role.' },
    { line: 'sluice client create pipeline --subscription tmn --token-lifetime 12h', doc: 'A client for the API.' },
    {
      line: 'sluice client create portal --grant authorization_code --redirect-uri https://portal.example/back',
      doc: 'A client that acts in the name of users.',
    },
    {
      line: 'sluice client create robot --public-key robot.pub.pem --dpop-bound',
      doc: 'A client that signs assertions instead of having a secret, and whose tokens only it can use.',
    },
    {
      line: 'sluice client create partner --certificate-name subject-dn=CN=partner,O=Example --certificate-bound',
      doc: 'A client with a TLS certificate of an authority.',
    },
    {
      line: 'sluice client create auditor --platform --scope readAuthorizationSettings',
      doc: 'A platform client that reads authorizations.',
    },
  ],
  async run({ name }, options, terminal) {
    refuseUnused(options)
    const lifetime = readLifetime(options['token-lifetime'])
    const proofs = await readProofs(options, terminal)
    const server = new Server(options, terminal)
    const client = await server.json<CreatedClient>('POST', '/oauth2/api/v1/clients', {
      json: options.platform
        ? { kind: 'platform', name, description: options.description, scopes: options.scope.map(withPrefix) }
        : {
            name,
            description: options.description,
            subscription: await server.application(options.subscription),
            grant: options.grant,
            confidential: !options.public,
            ...(options['redirect-uri'] === undefined ? {} : { redirectUri: options['redirect-uri'] }),
            ...(options.id === undefined ? {} : { id: options.id }),
            ...(options.secret === undefined ? {} : { secret: options.secret }),
            ...lifetime,
            ...proofs,
          },
    })
    terminal.out(options.json ? `${JSON.stringify(client)}\n` : describe(client))
    const hasRoles = options.grant === 'client_credentials' && !options.platform
    if (!options.json && hasRoles && options.subscription === 'iflmap') {
      terminal.err(`Next: sluice role assign oauth_client_${client.id} ESBMessaging.send\n`)
    }
    return 0
  },
})

/** Options of application clients beside `proofOptions`. Those with a default cannot be told from none. */
const ofApplications = ['id', 'secret', 'public', 'redirect-uri', 'token-lifetime']

/** What would be left out of the request in silence. */
function refuseUnused(options: Readonly<Record<string, unknown>>): void {
  const kind = options.platform ? 'only without --platform' : 'only with --platform'
  const unused = options.platform ? [...ofApplications, ...Object.keys(proofOptions)] : ['scope']
  // A switch that is off is false, nothing repeated is empty.
  const isGiven = (value: unknown) => value !== undefined && value !== false && String(value) !== ''
  const found = unused.find(name => isGiven(options[name]))
  if (found !== undefined) throw new UsageError(`Expected --${found} ${kind}`)
}

function withPrefix(scope: string): string {
  return scope.startsWith('hcp.') ? scope : `hcp.${scope}`
}

function readLifetime(text: string | undefined): { tokenLifetime?: { value: number; unit: string } } {
  if (text === undefined) return {}
  const match = /^(\d{1,6})([mhd])$/.exec(text)
  if (!match) throw new UsageError(`Expected --token-lifetime as a number and m, h or d, such as 12h, found "${text}"`)
  return { tokenLifetime: { value: Number(match[1]), unit: units[match[2] as keyof typeof units] } }
}

function describe(client: CreatedClient): string {
  const lines = [`ID      ${client.id}`, `User    oauth_client_${client.id}`]
  if (client.secret !== undefined) lines.push(`Secret  ${client.secret}   (shown only now)`)
  return `${lines.join('\n')}\n`
}

import { defineCommand } from './line/command.ts'
import { UsageError } from './line/errors.ts'
import { readInput } from './line/input.ts'
import type { Terminal } from './line/terminal.ts'
import { identityProvidersPath, type ShownProvider } from './remote/identity-providers.ts'
import { Server, serverOptions } from './remote/server.ts'

const openIdOptions = {
  issuer: { value: 'url', doc: 'OpenID Connect: the issuer, below which /.well-known/openid-configuration is found.' },
  client: { value: 'id', doc: 'OpenID Connect: what the provider knows this server as.' },
  secret: {
    value: 'text',
    doc: 'OpenID Connect: the secret of that client: @file, @- for standard input, or the text itself.',
  },
  'user-name-claim': {
    value: 'claim',
    doc: 'OpenID Connect: the claim that holds the user name, preferred_username by default.',
  },
} as const

export const identityProviderCreate = defineCommand({
  name: 'identity-provider create',
  summary: 'Trust an identity provider.',
  description:
    'Registers an identity provider, which vouches for users from then on: of SAML 2.0 by its metadata, of OpenID Connect by its issuer and what it knows this server as. Rules that put its users into groups by attributes are made in the console or by the API.',
  arguments: { name: { doc: 'What people, and clients that name a provider, call it.' } },
  options: {
    ...serverOptions,
    metadata: { value: 'file', doc: 'SAML: the metadata of the provider.' },
    'user-id-attribute': {
      value: 'attribute',
      doc: 'SAML: the attribute that holds the user name; the name identifier by default.',
    },
    ...openIdOptions,
    description: { value: 'text', default: '', doc: 'What it is for.' },
    prefix: {
      value: 'text',
      default: '',
      doc: 'Put before each user name, so that two providers cannot name the same user.',
    },
    suffix: { value: 'text', default: '', doc: 'Put behind each user name.' },
    'default-group': { value: 'group', repeatable: true, doc: 'A group of all its users; it must be there already.' },
  },
  examples: [
    {
      line: 'sluice identity-provider create erp --metadata erp-metadata.xml --prefix erp-',
      doc: 'Whose assertions clients exchange for tokens.',
    },
    {
      line: 'sluice identity-provider create corporate --issuer https://login.example.com --client sluice --secret @secret.txt',
      doc: 'Where people sign in.',
    },
  ],
  async run({ name }, options, terminal) {
    const { description, prefix, suffix, 'default-group': defaultGroups } = options
    if ((options.metadata === undefined) === (options.issuer === undefined)) {
      throw new UsageError('Expected either --metadata (SAML) or --issuer (OpenID Connect)')
    }
    refuseUnused(options)
    const server = new Server(options, terminal)
    const json = {
      ...{ name, description, userIdPrefix: prefix, userIdSuffix: suffix, defaultGroups },
      ...(options.metadata === undefined
        ? { oidc: await oidcOf(options, terminal) }
        : { saml: await samlOf(options.metadata, options['user-id-attribute'], server, terminal) }),
    }
    const created = await server.json<ShownProvider>('POST', identityProvidersPath, { json })
    terminal.out(options.json ? `${JSON.stringify(created)}\n` : `Trusting ${created.name}.\n`)
    if (!options.json && created.redirectUri !== undefined) {
      terminal.err(`Next: register the redirect URI ${created.redirectUri} at the provider\n`)
    }
    return 0
  },
})

/** What would be left out of the request in silence. */
function refuseUnused(options: Readonly<Record<string, unknown>>): void {
  const [unused, with_] =
    options.metadata === undefined ? [['user-id-attribute'], '--metadata'] : [Object.keys(openIdOptions), '--issuer']
  const found = unused.find(option => options[option] !== undefined)
  if (found !== undefined) throw new UsageError(`Expected --${found} only with ${with_}`)
}

async function textOf(source: string, terminal: Terminal): Promise<string> {
  return Buffer.from(await readInput(source, terminal)).toString('utf8')
}

async function samlOf(path: string, userIdAttribute = '', server: Server, terminal: Terminal) {
  const json = { metadata: await textOf(`@${path}`, terminal) }
  const read = await server.json<{ issuer: string; certificates: string[] }>('POST', '/api/identity/v1/saml-metadata', {
    json,
  })
  return { ...read, userIdAttribute }
}

async function oidcOf(options: Readonly<Record<keyof typeof openIdOptions, string | undefined>>, terminal: Terminal) {
  const { issuer, client: clientId, secret, 'user-name-claim': userNameClaim } = options
  if (clientId === undefined) throw new UsageError('Expected --client with --issuer, found nothing')
  return {
    ...{ issuer, clientId },
    ...(userNameClaim !== undefined && { userNameClaim }),
    ...(secret !== undefined && { clientSecret: (await textOf(secret, terminal)).replace(/\r?\n$/, '') }),
  }
}

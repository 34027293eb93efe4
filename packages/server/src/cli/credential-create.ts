import { defineCommand } from './line/command.ts'
import { UsageError } from './line/errors.ts'
import { readInput } from './line/input.ts'
import { Server, serverOptions } from './remote/server.ts'

const sets = {
  user: 'UserCredentials',
  'oauth2-client': 'OAuth2ClientCredentials',
  'secure-parameter': 'SecureParameters',
} as const

export const credentialCreate = defineCommand({
  name: 'credential create',
  summary: 'Deploy a credential or secret that flows use.',
  description:
    'Deploys security material under the name by which channels and scripts refer to it. The secret (password, client secret or secret text) is read from --secret: @file, or @- for standard input, keeps it out of the process list. It is encrypted at rest and no command or API gives it out again.',
  arguments: { name: { doc: 'The name that flows use.' } },
  options: {
    ...serverOptions,
    kind: {
      value: 'kind',
      choices: ['user', 'oauth2-client', 'secure-parameter'],
      default: 'user',
      doc: 'What it is.',
    },
    secret: { value: 'text', doc: 'The secret: @file, @- for standard input, or the text itself.' },
    'as-user': { value: 'user', doc: 'User: the user that flows are towards the other system.' },
    'token-url': { value: 'url', doc: 'OAuth2 client: the URL of the token service.' },
    client: { value: 'id', doc: 'OAuth2 client: the client ID.' },
    'client-authentication': {
      value: 'place',
      choices: ['body', 'header'],
      default: 'body',
      doc: 'OAuth2 client: whether ID and secret go into the body or a Basic authorization header.',
    },
    scope: { value: 'scope', doc: 'OAuth2 client: the scope to ask for.' },
    description: { value: 'text', default: '', doc: 'What it is for.' },
  },
  examples: [
    {
      line: 'sluice credential create erp --as-user flows --secret @-',
      doc: 'A user; the password is typed or piped.',
    },
    {
      line: 'sluice credential create crm --kind oauth2-client --token-url https://crm.example.com/token --client flows --secret @secret.txt',
      doc: 'OAuth2 client credentials.',
    },
    { line: 'sluice credential create ApiKey --kind secure-parameter --secret @key.txt', doc: 'A secret for scripts.' },
  ],
  async run({ name }, options, terminal) {
    const { kind, description } = options
    const required = (option: 'secret' | 'as-user' | 'token-url' | 'client'): string => {
      const value = options[option]
      if (value !== undefined) return value
      throw new UsageError(`Expected --${option} for security material of kind ${kind}, found nothing`)
    }
    const read = async () => {
      const bytes = await readInput(required('secret'), terminal)
      return Buffer.from(bytes)
        .toString('utf8')
        .replace(/\r?\n$/, '')
    }
    const bodies = {
      user: async () => ({ User: required('as-user'), Password: await read() }),
      'oauth2-client': async () => ({
        TokenServiceUrl: required('token-url'),
        ClientId: required('client'),
        ClientAuthentication: options['client-authentication'],
        ...(options.scope === undefined ? {} : { Scope: options.scope }),
        ClientSecret: await read(),
      }),
      'secure-parameter': async () => ({ SecureParam: await read() }),
    }
    const json = { Name: name, Description: description, ...(await bodies[kind]()) }
    await new Server(options, terminal).request('POST', `/api/v1/${sets[kind]}`, { json })
    terminal.out(options.json ? `${JSON.stringify({ deployed: name, kind })}\n` : `Deployed ${name}.\n`)
    return 0
  },
})

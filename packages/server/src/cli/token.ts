import { defineCommand } from './line/command.ts'
import { clientOptions, fetchToken } from './remote/client-token.ts'

export const token = defineCommand({
  name: 'token',
  summary: 'Fetch an access token.',
  description:
    'Fetches an access token by client credentials and prints it, for use as "Authorization: Bearer <token>". Treat it as a password.',
  arguments: {},
  options: {
    ...clientOptions,
    format: {
      value: 'format',
      choices: ['opaque', 'jwt', 'jwtrfc'],
      default: 'opaque',
      doc: 'Opaque tokens can be revoked; JWTs live for at most 12 hours.',
    },
  },
  examples: [
    { line: 'sluice token --client-id hello', doc: 'A token of client hello, its secret in SLUICE_CLIENT_SECRET.' },
    {
      line: 'curl -H "Authorization: Bearer $(sluice token)" http://localhost:8080/http/hello',
      doc: 'Call a flow by curl.',
    },
  ],
  async run(_given, options, terminal) {
    const reply = await fetchToken(options, options.format, terminal)
    terminal.out(options.json ? `${JSON.stringify(reply)}\n` : `${reply.access_token}\n`)
    return 0
  },
})

import { defineCommand } from './line/command.ts'
import { Server, serverOptions } from './remote/server.ts'
import { signingKeysPath } from './remote/signing-keys.ts'

export const keysRevoke = defineCommand({
  name: 'keys revoke',
  summary: 'Revoke a signing key and the JWTs it has signed.',
  description:
    'Deletes a signing key that got into wrong hands. JWTs that it has signed are refused from that moment on. Where it is the one that signs, the next key takes over at once.',
  arguments: { kid: { doc: 'The key ID, as "sluice keys list" shows it.' } },
  options: serverOptions,
  examples: [
    {
      line: 'sluice keys revoke TX-DnGUzOSLYpfL26oLtfhV5sy55LuGd_Q0hFSrPyIM',
      doc: 'End the key with this ID.',
    },
  ],
  async run({ kid }, options, terminal) {
    await new Server(options, terminal).request('DELETE', `${signingKeysPath}/${encodeURIComponent(kid)}`)
    terminal.out(options.json ? `${JSON.stringify({ revoked: kid })}\n` : `Revoked key ${kid}.\n`)
    return 0
  },
})

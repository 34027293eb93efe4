import { defineCommand } from './line/command.ts'
import { Server, serverOptions } from './remote/server.ts'
import { keyTable, type ListedKeys, signingKeysPath } from './remote/signing-keys.ts'

export const keysRotate = defineCommand({
  name: 'keys rotate',
  summary: 'Let the next signing key take over.',
  description:
    'Lets the next key take over the signing of JWTs: at once when it has been in the key set for ten minutes, else then. No JWT ends by it. A key that got into wrong hands has to be revoked instead.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice keys rotate', doc: 'Rotate now rather than after the days that are set.' }],
  async run(_given, options, terminal) {
    const reply = await new Server(options, terminal).json<ListedKeys>('POST', `${signingKeysPath}/rotate`)
    terminal.out(options.json ? `${JSON.stringify(reply)}\n` : keyTable(reply))
    return 0
  },
})

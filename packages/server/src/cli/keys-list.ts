import { defineCommand } from './line/command.ts'
import { Server, serverOptions } from './remote/server.ts'
import { keyTable, type ListedKeys, signingKeysPath } from './remote/signing-keys.ts'

export const keysList = defineCommand({
  name: 'keys list',
  summary: 'List the keys that sign and verify JWTs.',
  description:
    'Lists the signing keys: the one that signs, the next one, which is in the key set already, and previous ones, which verify until the last JWT that they signed is over.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice keys list', doc: 'All signing keys, and when the next one takes over.' }],
  async run(_given, options, terminal) {
    const reply = await new Server(options, terminal).json<ListedKeys>('GET', signingKeysPath)
    terminal.out(options.json ? `${JSON.stringify(reply)}\n` : keyTable(reply))
    return 0
  },
})

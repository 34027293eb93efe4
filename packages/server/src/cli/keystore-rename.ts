import { defineCommand } from './line/command.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

export const keystoreRename = defineCommand({
  name: 'keystore rename',
  summary: 'Give an entry of the keystore another alias.',
  description: 'Flows find the entry under its new alias from then on, and no longer under the old one.',
  arguments: { alias: { doc: 'Its alias.' }, to: { doc: 'The new one.' } },
  options: serverOptions,
  examples: [{ line: 'sluice keystore rename partner-2026 partner', doc: 'The name that flows use.' }],
  async run({ alias, to }, options, terminal) {
    const path = `/api/v1/KeystoreEntries(${hexalias(alias)})?renameAlias=${encodeURIComponent(to)}`
    await new Server(options, terminal).request('PUT', path, { json: { Status: null } })
    terminal.out(options.json ? `${JSON.stringify({ renamed: alias, to })}\n` : `Renamed ${alias} to ${to}.\n`)
    return 0
  },
})

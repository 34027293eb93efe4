import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

export const keystoreDelete = defineCommand({
  name: 'keystore delete',
  summary: 'Delete a key pair or a trusted certificate.',
  description:
    'Deletes an entry of the keystore. A private key is gone for good; flows that use the entry fail from then on.',
  arguments: { alias: { doc: 'Its alias.' } },
  options: serverOptions,
  examples: [{ line: 'sluice keystore delete partner', doc: 'Delete the entry partner.' }],
  async run({ alias }, options, terminal) {
    const path = `/api/v1/KeystoreEntries(${hexalias(alias)})`
    const { status } = await new Server(options, terminal).request('DELETE', path, { accepted: [404] })
    if (status === 404) {
      throw new CommandError(
        `Expected an entry "${alias}" in the keystore, found none; "sluice keystore list" shows what there is`,
      )
    }
    terminal.out(options.json ? `${JSON.stringify({ deleted: alias })}\n` : `Deleted ${alias}.\n`)
    return 0
  },
})

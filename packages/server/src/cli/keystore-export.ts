import { defineCommand } from './line/command.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

export const keystoreExport = defineCommand({
  name: 'keystore export',
  summary: 'Print a certificate of the keystore.',
  description:
    'Prints the certificate of an entry as PEM, for the other system to trust. Private keys cannot be exported.',
  arguments: { alias: { doc: 'The alias of a key pair or certificate.' } },
  options: serverOptions,
  examples: [{ line: 'sluice keystore export partner > partner.cer', doc: 'Into a file.' }],
  async run({ alias }, options, terminal) {
    const server = new Server(options, terminal)
    const { body } = await server.request('GET', `/api/v1/KeystoreEntries(${hexalias(alias)})/Certificate/$value`)
    terminal.out(options.json ? `${JSON.stringify({ alias, certificate: body })}\n` : body)
    return 0
  },
})

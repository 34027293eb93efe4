import { defineCommand } from './line/command.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

/** Below the entry. */
const forms = {
  certificate: 'Certificate/$value',
  root: 'Certificate/$value?rootCA=true',
  chain: 'ChainResource/$value',
  ssh: 'Sshkey/$value',
  request: 'SigningRequest/$value',
} as const

export const keystoreExport = defineCommand({
  name: 'keystore export',
  summary: 'Print what others may know of an entry of the keystore.',
  description:
    'Prints the certificate of an entry as PEM, for the other system to trust, the authority at the end of its chain, its whole chain (PKCS #7), its public key for SSH servers, or a request (PKCS #10) by which an authority certifies a key pair. Private keys cannot be exported.',
  arguments: { alias: { doc: 'The alias of a key pair or certificate.' } },
  options: {
    ...serverOptions,
    form: {
      value: 'form',
      choices: ['certificate', 'root', 'chain', 'ssh', 'request'],
      default: 'certificate',
      doc: 'What of it.',
    },
  },
  examples: [
    { line: 'sluice keystore export partner > partner.cer', doc: 'Its certificate, into a file.' },
    { line: 'sluice keystore export partner --form request > partner.csr', doc: 'What an authority is sent.' },
    { line: 'sluice keystore export id_rsa --form ssh >> authorized_keys', doc: 'For an SFTP server.' },
  ],
  async run({ alias }, options, terminal) {
    const path = `/api/v1/KeystoreEntries(${hexalias(alias)})/${forms[options.form]}`
    const { body } = await new Server(options, terminal).request('GET', path)
    terminal.out(options.json ? `${JSON.stringify({ alias, [options.form]: body })}\n` : body)
    return 0
  },
})

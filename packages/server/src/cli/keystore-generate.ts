import { readSubject } from '../keystore/read-subject.ts'
import type { SubjectAttribute } from '../keystore/self-signed.ts'
import { defineCommand } from './line/command.ts'
import { UsageError } from './line/errors.ts'
import { withProgress } from './line/progress.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

const keys = {
  'rsa-2048': { KeyType: 'RSA', KeySize: 2048, SignatureAlgorithm: 'SHA-256/RSA' },
  'rsa-3072': { KeyType: 'RSA', KeySize: 3072, SignatureAlgorithm: 'SHA-256/RSA' },
  'rsa-4096': { KeyType: 'RSA', KeySize: 4096, SignatureAlgorithm: 'SHA-512/RSA' },
  'ec-256': { KeyType: 'EC', KeySize: 256, SignatureAlgorithm: 'SHA-256/ECDSA' },
  'ec-384': { KeyType: 'EC', KeySize: 384, SignatureAlgorithm: 'SHA-384/ECDSA' },
  'ec-521': { KeyType: 'EC', KeySize: 521, SignatureAlgorithm: 'SHA-512/ECDSA' },
} as const

/** Properties of the request by the short names of RFC 4514. */
const attributes: Readonly<Record<SubjectAttribute, string>> = {
  CN: 'CommonName',
  OU: 'OrganizationUnit',
  O: 'Organization',
  L: 'Locality',
  ST: 'State',
  C: 'Country',
  E: 'Email',
}

export const keystoreGenerate = defineCommand({
  name: 'keystore generate',
  summary: 'Generate a key pair with a certificate of its own.',
  description:
    'Generates a key pair on the server, with a certificate that it signs itself. "sluice keystore export" prints the certificate, which the other system has to trust. The private key never leaves the server.',
  arguments: { alias: { doc: 'The name that flows use.' } },
  options: {
    ...serverOptions,
    subject: { value: 'name', doc: 'Whose it is: attributes CN, OU, O, L, ST, C and E, separated by commas.' },
    days: { value: 'number', default: '1095', doc: 'How long the certificate is valid.' },
    key: {
      value: 'kind',
      choices: ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-256', 'ec-384', 'ec-521'],
      default: 'rsa-4096',
      doc: 'Algorithm and bits.',
    },
  },
  examples: [
    {
      line: 'sluice keystore generate partner --subject CN=flows.example.com,O=Example,C=DE',
      doc: 'RSA with 4096 bits, for three years.',
    },
    {
      line: 'sluice keystore generate signing --subject CN=signing --key ec-256 --days 365',
      doc: 'An elliptic curve, for a year.',
    },
  ],
  async run({ alias }, options, terminal) {
    const days = Number(options.days)
    if (!Number.isInteger(days) || days < 1 || days > 36_500) {
      throw new UsageError(`Expected --days to be a whole number from 1 to 36500, found "${options.days}"`)
    }
    const subject = subjectOf(options.subject ?? `CN=${alias}`)
    const now = Date.now()
    const json = {
      Hexalias: Buffer.from(alias).toString('hex'),
      Alias: alias,
      ...keys[options.key],
      ...subject,
      ValidNotBefore: `/Date(${now})/`,
      ValidNotAfter: `/Date(${now + days * 86_400_000})/`,
    }
    const server = new Server(options, terminal)
    await withProgress(terminal, `Generating ${alias}`, () =>
      server.request('POST', '/api/v1/KeyPairGenerationRequests', { json }),
    )
    const { d } = await server.json<{ d: { SubjectDN: string; FingerprintSha256: string } }>(
      'GET',
      `/api/v1/KeystoreEntries(${hexalias(alias)})`,
    )
    if (options.json) {
      terminal.out(`${JSON.stringify({ generated: alias, subject: d.SubjectDN, fingerprint: d.FingerprintSha256 })}\n`)
    } else {
      terminal.out(`Generated ${alias}: key pair of ${d.SubjectDN}\nSHA-256 ${d.FingerprintSha256}\n`)
    }
    return 0
  },
})

/** The request's properties. */
function subjectOf(text: string): Record<string, string> {
  const read = readSubject(text)
  if ('subject' in read) return Object.fromEntries(read.subject.map(([name, value]) => [attributes[name], value]))
  const known = Object.keys(attributes).join(', ')
  throw new UsageError(`Expected --subject to be attributes ${known} such as CN=flows,O=Example, found "${read.wrong}"`)
}

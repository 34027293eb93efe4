import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { readInput } from './line/input.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

export const keystoreCertify = defineCommand({
  name: 'keystore certify',
  summary: 'Take what an authority has made for a key pair.',
  description:
    'Takes the reply of an authority to the request that "sluice keystore export --form request" prints: PEM, one certificate or PKCS #7 (.p7b). It replaces the certificates of the key pair; the private key stays. Compare the fingerprint that is printed with the one that the authority tells.',
  arguments: {
    alias: { doc: 'The alias of the key pair.' },
    file: { doc: 'The reply; several files where the certificates of the authorities are apart.', repeatable: true },
  },
  options: serverOptions,
  examples: [
    { line: 'sluice keystore certify partner partner.p7b', doc: 'The reply is one file.' },
    { line: 'sluice keystore certify partner partner.cer issuing.cer root.cer', doc: 'One file for each certificate.' },
  ],
  async run({ alias, file: paths }, options, terminal) {
    const files: Uint8Array[] = []
    for (const path of paths) files.push(await readInput(`@${path}`, terminal))
    const server = new Server(options, terminal)
    const path = `/api/v1/CertificateChainResources(${hexalias(alias)})/$value?fingerprintVerified=true`
    await server.request('PUT', path, { text: await textOf(files) })
    const entry = `/api/v1/KeystoreEntries(${hexalias(alias)})`
    const chain = await server.json<{ d: { results: readonly Certificate[] } }>('GET', `${entry}/ChainCertificates`)
    const certificates = chain.d.results.map(({ SubjectDN: subject, FingerprintSha256: fingerprint }) => {
      return { subject, fingerprint }
    })
    if (options.json) terminal.out(`${JSON.stringify({ certified: alias, certificates })}\n`)
    else {
      const lines = certificates.map(({ subject, fingerprint }) => `${subject}\nSHA-256 ${fingerprint}\n`)
      terminal.out(`Certified ${alias}:\n${lines.join('')}`)
    }
    return 0
  },
})

/** In base64: one file as it is, several put together as PEM. */
async function textOf(files: readonly Uint8Array[]): Promise<string> {
  const { X509Certificate } = await import('node:crypto')
  const parts = files.map(bytes => {
    if (files.length === 1 || bytes[0] !== 0x30) return bytes
    try {
      return Buffer.from(new X509Certificate(bytes).toString())
    } catch {
      throw new CommandError('Expected several files to be one certificate or PEM each, found another one among them')
    }
  })
  return Buffer.concat(parts).toString('base64')
}

interface Certificate {
  readonly SubjectDN: string
  readonly FingerprintSha256: string
}

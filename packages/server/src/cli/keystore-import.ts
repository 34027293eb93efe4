import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { readInput } from './line/input.ts'
import { passphraseOf } from './line/passphrase.ts'
import { hexalias, Server, serverOptions } from './remote/server.ts'

export const keystoreImport = defineCommand({
  name: 'keystore import',
  summary: 'Import a key pair or a trusted certificate.',
  description:
    'Puts a key pair into the keystore, with which flows show other systems who they are, or a certificate, which flows then trust. A key pair is a PKCS #12 file (.p12, .pfx), or PEM with the private key and its certificates, in one file or several; a certificate is a .cer, .crt or .pem file. The private key is encrypted at rest and no command or API gives it out again. Compare the fingerprint that is printed with the one that the owner of a certificate tells.',
  arguments: {
    alias: { doc: 'The name that flows use.' },
    file: { doc: 'PKCS #12, PEM or a certificate.', repeatable: true },
  },
  options: {
    ...serverOptions,
    passphrase: {
      value: 'source',
      doc: 'What opens the file: @file, or @- for standard input; asked for at a terminal when it is missing.',
    },
    replace: { doc: 'Replace the entry that is there.' },
  },
  examples: [
    { line: 'sluice keystore import partner partner.p12', doc: 'A key pair; its password is asked for.' },
    {
      line: 'sluice keystore import partner key.pem certificate.pem chain.pem --passphrase @passphrase.txt',
      doc: 'A key pair from PEM files.',
    },
    { line: 'sluice keystore import partner-root root.cer', doc: 'A certificate that flows trust.' },
  ],
  async run({ alias, file: paths }, options, terminal) {
    const files: Uint8Array[] = []
    for (const path of paths) files.push(await readInput(`@${path}`, terminal))
    const material = await materialOf(files)
    const server = new Server(options, terminal)
    const update = options.replace ? '&update=true' : ''
    if (material.kind === 'certificate') {
      const path = `/api/v1/CertificateResources(${hexalias(alias)})/$value?fingerprintVerified=true${update}`
      await server.request('PUT', path, { text: material.pem })
    } else {
      const Password = await passphraseOf(options.passphrase, material.isEncrypted, terminal)
      const Resource = Buffer.from(material.bytes).toString('base64')
      const json = { Hexalias: Buffer.from(alias).toString('hex'), Alias: alias, Resource, Password }
      await server.request('POST', `/api/v1/KeyPairResources?$format=json${update}`, { json })
    }
    const entry = await server.json<{ d: Imported }>('GET', `/api/v1/KeystoreEntries(${hexalias(alias)})`)
    const { SubjectDN: subject, FingerprintSha256: fingerprint } = entry.d
    if (options.json)
      terminal.out(`${JSON.stringify({ imported: alias, kind: material.kind, subject, fingerprint })}\n`)
    else terminal.out(`Imported ${alias}: ${material.kind} of ${subject}\nSHA-256 ${fingerprint}\n`)
    return 0
  },
})

interface Imported {
  readonly SubjectDN: string
  readonly FingerprintSha256: string
}

type Material =
  | { readonly kind: 'certificate'; readonly pem: string }
  | { readonly kind: 'key pair'; readonly bytes: Uint8Array; readonly isEncrypted: boolean }

/** What the files are together. Certificates in DER become PEM, so that they can stand beside a key. */
async function materialOf(files: readonly Uint8Array[]): Promise<Material> {
  const { X509Certificate } = await import('node:crypto')
  const texts: string[] = []
  for (const bytes of files) {
    if (bytes[0] !== 0x30) {
      texts.push(Buffer.from(bytes).toString('latin1'))
      continue
    }
    try {
      texts.push(new X509Certificate(bytes).toString())
    } catch {
      if (files.length === 1) return { kind: 'key pair', bytes, isEncrypted: true }
      throw new CommandError('Expected one PKCS #12 file, or PEM and certificates, found both; import them one by one')
    }
  }
  const pem = texts.map(text => `${text.trim()}\n`).join('')
  if (!/PRIVATE KEY-----/.test(pem)) return { kind: 'certificate', pem }
  return { kind: 'key pair', bytes: Buffer.from(pem, 'latin1'), isEncrypted: /ENCRYPTED/.test(pem) }
}

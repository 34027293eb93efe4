import { defineCommand } from './line/command.ts'
import { readInput } from './line/input.ts'
import { passphraseOf } from './line/passphrase.ts'
import { table } from './line/table.ts'
import { Server, serverOptions } from './remote/server.ts'

export const keystoreImportAll = defineCommand({
  name: 'keystore import-all',
  summary: 'Import all entries of a keystore file.',
  description:
    'Imports the key pairs and certificates of a Java keystore (.jks, .jceks) or a PKCS #12 file (.p12, .pfx) under the aliases that they have there, all or none. One passphrase opens the file and all of its private keys. Flows then trust the certificates.',
  arguments: { file: { doc: 'The keystore.' } },
  options: {
    ...serverOptions,
    passphrase: {
      value: 'source',
      doc: 'What opens the file: @file, or @- for standard input; asked for at a terminal when it is missing.',
    },
    option: {
      value: 'option',
      choices: ['merge', 'overwrite', 'replace'],
      default: 'merge',
      doc: 'What becomes of the entries that are there: merge keeps those whose alias is taken, overwrite replaces these, replace deletes all others, too.',
    },
  },
  examples: [
    {
      line: 'sluice keystore import-all old-tenant.jks',
      doc: 'What is there already stays; the passphrase is asked for.',
    },
    {
      line: 'sluice keystore import-all all.p12 --option replace --passphrase @passphrase.txt',
      doc: 'The file is what the keystore has afterwards.',
    },
  ],
  async run({ file }, options, terminal) {
    const bytes = await readInput(`@${file}`, terminal)
    const Password = await passphraseOf(options.passphrase, true, terminal)
    const query = `?importOption=${options.option}&returnKeystoreEntries=true`
    const json = { Name: 'system', Resource: Buffer.from(bytes).toString('base64'), Password }
    const server = new Server(options, terminal)
    const { d } = await server.json<{ d: { results: readonly Entry[] } }>('POST', `/api/v1/KeystoreResources${query}`, {
      json,
    })
    const entries = d.results.map(entry => ({ alias: entry.Alias, kind: entry.Type, status: entry.Status }))
    if (options.json) terminal.out(`${JSON.stringify({ entries })}\n`)
    else {
      const rows = entries.map(({ alias, kind, status }) => [alias, kind?.toLowerCase() ?? '', status])
      terminal.out(table(['ALIAS', 'KIND', 'STATUS'], rows))
    }
    return 0
  },
})

interface Entry {
  readonly Alias: string
  readonly Type: string | null
  readonly Status: string
}

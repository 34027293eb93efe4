import { writeFile } from 'node:fs/promises'
import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const packageExport = defineCommand({
  name: 'package export',
  summary: 'Save a package with all its artifacts in a zip.',
  description:
    'Saves a package as the original exports packages: its artifacts with their configured values, and the documents that were imported with it. "sluice package import" takes it, and so do "sluice deploy", "sluice run" and "sluice check". A package with a draft inside is not exported.',
  arguments: { id: { doc: "The package's ID." } },
  options: {
    ...serverOptions,
    output: { value: 'file', doc: 'Where to save it; <id>.zip when it is missing.' },
    replace: { doc: 'Replace the file that is there.' },
  },
  examples: [
    { line: 'sluice package export sales', doc: 'Into sales.zip.' },
    { line: 'sluice package export sales --output backup/sales.zip --replace', doc: 'Over an older one.' },
  ],
  async run({ id }, options, terminal) {
    const server = new Server(options, terminal)
    const zip = await server.download(`/api/v1/IntegrationPackages(${odataKey(id)})/$value`)
    const file = options.output ?? `${id}.zip`
    await writeFile(file, zip, { flag: options.replace ? 'w' : 'wx' }).catch((cause: Error & { code?: string }) => {
      const advice = cause.code === 'EEXIST' ? `one there already; --replace replaces it` : cause.message
      throw new CommandError(`Expected to write a new file ${file}, found ${advice}`, { cause })
    })
    const saved = { exported: id, file, bytes: zip.length }
    terminal.out(options.json ? `${JSON.stringify(saved)}\n` : `Exported ${id} to ${file}\n`)
    return 0
  },
})

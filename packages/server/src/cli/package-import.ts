import { defineCommand } from './line/command.ts'
import { readInput } from './line/input.ts'
import { importPackage } from './remote/import-package.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

const kinds = ['Integration', 'MessageMapping', 'ScriptCollection', 'ValueMapping']

export const packageImport = defineCommand({
  name: 'package import',
  summary: 'Import an exported package, all of it or nothing.',
  description:
    'Creates a package, with its artifacts and documents, of a zip that the original or "sluice package export" has exported. Nothing is deployed. A package of the same ID is left alone unless it is to be overwritten; then what is configured in it, and artifacts that only it has, stay. An artifact that is in another package refuses the import.',
  arguments: { file: { doc: 'The exported package.' } },
  options: { ...serverOptions, overwrite: { doc: 'Import into the package that is there.' } },
  examples: [
    { line: 'sluice package import Sales.zip', doc: 'A new package.' },
    { line: 'sluice package import Sales.zip --overwrite', doc: 'A newer state of a package.' },
  ],
  async run({ file }, options, terminal) {
    const content = await readInput(`@${file}`, terminal)
    const server = new Server(options, terminal)
    const { id, name } = await importPackage(server, content, options.overwrite)
    let artifacts = 0
    for (const kind of kinds) {
      const count = `/api/v1/IntegrationPackages(${odataKey(id)})/${kind}DesigntimeArtifacts/$count`
      artifacts += Number((await server.request('GET', count)).body)
    }
    if (options.json) terminal.out(`${JSON.stringify({ imported: id, name, artifacts })}\n`)
    else terminal.out(`Imported ${id}: ${name}, ${artifacts} ${artifacts === 1 ? 'artifact' : 'artifacts'}\n`)
    return 0
  },
})

import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { Server, serverOptions } from './remote/server.ts'

export const packageList = defineCommand({
  name: 'package list',
  summary: 'List the packages of artifacts.',
  description: 'Lists the packages with their names and versions, and when they were changed.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice package list', doc: 'All packages.' }],
  async run(_given, options, terminal) {
    const found = await new Server(options, terminal).entities<Package>('IntegrationPackages')
    const packages = found.map(({ Id, Name, Version, ModifiedBy, ModifiedDate }) => {
      const modifiedAt = new Date(Number(ModifiedDate)).toISOString()
      return { id: Id, name: Name, version: Version, modifiedBy: ModifiedBy, modifiedAt }
    })
    if (options.json) terminal.out(`${JSON.stringify({ packages })}\n`)
    else if (packages.length === 0) {
      terminal.err('There are no packages; "sluice deploy" and "sluice package import" create them.\n')
    } else {
      const rows = packages.map(({ id, name, version, modifiedBy, modifiedAt }) => [
        id,
        name,
        version,
        modifiedAt,
        modifiedBy,
      ])
      terminal.out(table(['ID', 'NAME', 'VERSION', 'MODIFIED', 'BY'], rows))
    }
    return 0
  },
})

interface Package {
  readonly Id: string
  readonly Name: string
  readonly Version: string
  readonly ModifiedBy: string
  /** Milliseconds. */
  readonly ModifiedDate: string
}

import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { isoTime, Server, serverOptions } from './remote/server.ts'

export const variableList = defineCommand({
  name: 'variable list',
  summary: 'List variables that flows have written.',
  description: 'Lists global variables and those of single flows, without their values.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice variable list', doc: 'All of them.' }],
  async run(_given, options, terminal) {
    const found = await new Server(options, terminal).entities<Entry>('Variables')
    const variables = found.map(({ VariableName, IntegrationFlow, UpdatedAt, RetainUntil }) => ({
      name: VariableName,
      flow: IntegrationFlow,
      writtenAt: isoTime(UpdatedAt),
      deletedAt: isoTime(RetainUntil),
    }))
    if (options.json) terminal.out(`${JSON.stringify({ variables })}\n`)
    else if (variables.length === 0) terminal.err('No flow has written a variable.\n')
    else {
      const rows = variables.map(({ name, flow, writtenAt, deletedAt }) => {
        return [name, flow, writtenAt.slice(0, 19), deletedAt.slice(0, 19)]
      })
      terminal.out(table(['VARIABLE', 'FLOW', 'WRITTEN', 'DELETED'], rows))
    }
    return 0
  },
})

interface Entry {
  readonly VariableName: string
  readonly IntegrationFlow: string
  readonly UpdatedAt: string
  readonly RetainUntil: string
}

import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const variableDelete = defineCommand({
  name: 'variable delete',
  summary: 'Delete a variable that a flow has written.',
  description: 'Deletes a global variable, or one of a flow. Flows that read it find none.',
  arguments: { name: { doc: 'Its name.' } },
  options: {
    ...serverOptions,
    flow: { value: 'id', default: '', doc: 'The flow whose variable it is; none for a global one.' },
  },
  examples: [{ line: 'sluice variable delete LastRun --flow orders', doc: 'Delete LastRun of the flow orders.' }],
  async run({ name }, options, terminal) {
    const path = `/api/v1/Variables(VariableName=${odataKey(name)},IntegrationFlow=${odataKey(options.flow)})`
    const { status } = await new Server(options, terminal).request('DELETE', path, { accepted: [404] })
    if (status === 404) {
      throw new CommandError(
        `Expected a variable "${name}", found none; "sluice variable list" shows what there is, and --flow names the flow of one that is not global`,
      )
    }
    terminal.out(options.json ? `${JSON.stringify({ deleted: name })}\n` : `Deleted ${name}.\n`)
    return 0
  },
})

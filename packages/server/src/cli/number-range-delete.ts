import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const numberRangeDelete = defineCommand({
  name: 'number-range delete',
  summary: 'Delete a number range.',
  description: 'Deletes a number range. Flows that take numbers from it fail from then on.',
  arguments: { name: { doc: 'Its name.' } },
  options: serverOptions,
  examples: [{ line: 'sluice number-range delete Invoices', doc: 'Delete the range Invoices.' }],
  async run({ name }, options, terminal) {
    const path = `/api/v1/NumberRanges(${odataKey(name)})`
    const { status } = await new Server(options, terminal).request('DELETE', path, { accepted: [404] })
    if (status === 404) {
      throw new CommandError(
        `Expected a number range "${name}", found none; "sluice number-range list" shows what there is`,
      )
    }
    terminal.out(options.json ? `${JSON.stringify({ deleted: name })}\n` : `Deleted ${name}.\n`)
    return 0
  },
})

import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const partnerParameterDelete = defineCommand({
  name: 'partner-parameter delete',
  summary: 'Delete a parameter of a partner.',
  description: 'Deletes the text, and the binary parameter, that a partner has under an ID.',
  arguments: { partner: { doc: 'The ID of the partner.' }, id: { doc: 'The ID of the parameter.' } },
  options: serverOptions,
  examples: [{ line: 'sluice partner-parameter delete ACME Standard', doc: 'Delete Standard of ACME.' }],
  async run({ partner, id }, options, terminal) {
    const server = new Server(options, terminal)
    let deleted = 0
    for (const set of ['StringParameters', 'BinaryParameters']) {
      const key = `/api/v1/${set}(Pid=${odataKey(partner)},Id=${odataKey(id)})`
      const { status } = await server.request('DELETE', key, { accepted: [404] })
      if (status !== 404) deleted += 1
    }
    if (deleted === 0) {
      throw new CommandError(
        `Expected a parameter "${id}" of "${partner}", found none; "sluice partner-parameter list" shows what there is`,
      )
    }
    terminal.out(options.json ? `${JSON.stringify({ deleted: id, partner })}\n` : `Deleted ${id} of ${partner}.\n`)
    return 0
  },
})

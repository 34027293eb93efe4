import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { odataText, Server, serverOptions } from './remote/server.ts'

export const partnerParameterList = defineCommand({
  name: 'partner-parameter list',
  summary: 'List the parameters of partners.',
  description:
    'Lists the parameters of the partner directory, those of one partner or of all: texts with their values, binary ones with their content types. At most 1,000 of each kind.',
  arguments: { partner: { doc: 'The ID of one partner.', optional: true } },
  options: serverOptions,
  examples: [
    { line: 'sluice partner-parameter list', doc: 'All of them.' },
    { line: 'sluice partner-parameter list ACME', doc: 'Those of ACME.' },
  ],
  async run({ partner }, options, terminal) {
    const server = new Server(options, terminal)
    const filter: Record<string, string> = partner === undefined ? {} : { $filter: `Pid eq ${odataText(partner)}` }
    const texts = await server.entities<Parameter & { Value: string }>('StringParameters', filter)
    const contents: (Parameter & { ContentType: string })[] = []
    // Pages of 30: contents come along.
    for (let skip = 0; skip < 1_000; skip += 30) {
      const page = await server.entities<Parameter & { ContentType: string }>('BinaryParameters', {
        ...filter,
        $select: 'Pid,Id,ContentType',
        $skip: String(skip),
        $top: '30',
      })
      contents.push(...page)
      if (page.length < 30) break
    }
    const parameters = [
      ...texts.map(({ Pid, Id, Value }) => ({ partner: Pid, id: Id, type: 'text', value: Value })),
      ...contents.map(({ Pid, Id, ContentType }) => ({ partner: Pid, id: Id, type: ContentType, value: '' })),
    ].sort((left, right) => (`${left.partner}\n${left.id}` < `${right.partner}\n${right.id}` ? -1 : 1))
    if (options.json) terminal.out(`${JSON.stringify({ parameters })}\n`)
    else if (parameters.length === 0) terminal.err('There are none yet; "sluice partner-parameter set" sets one.\n')
    else {
      const rows = parameters.map(({ partner, id, type, value }) => [partner, id, type, value])
      terminal.out(table(['PARTNER', 'ID', 'TYPE', 'VALUE'], rows))
    }
    return 0
  },
})

interface Parameter {
  readonly Pid: string
  readonly Id: string
}

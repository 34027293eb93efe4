import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { Server, serverOptions } from './remote/server.ts'

export const numberRangeList = defineCommand({
  name: 'number-range list',
  summary: 'List number ranges and where they stand.',
  description: 'Lists the number ranges with the number that each gives out next.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice number-range list', doc: 'All of them.' }],
  async run(_given, options, terminal) {
    const found = await new Server(options, terminal).entities<Entry>('NumberRanges')
    const ranges = found.map(range => ({
      name: range.Name,
      next: Number(range.CurrentValue),
      min: Number(range.MinValue),
      max: Number(range.MaxValue),
      length: Number(range.FieldLength),
      rotate: range.Rotate === 'true',
      description: range.Description,
    }))
    if (options.json) terminal.out(`${JSON.stringify({ ranges })}\n`)
    else if (ranges.length === 0) terminal.err('There are none yet; "sluice number-range set" creates one.\n')
    else {
      const rows = ranges.map(({ name, next, min, max, length, rotate, description }) => {
        const state = next > max ? 'USED UP' : String(next).padStart(length, '0')
        return [name, state, `${min}–${max}${rotate ? ', again and again' : ''}`, description]
      })
      terminal.out(table(['NAME', 'NEXT', 'NUMBERS', 'DESCRIPTION'], rows))
    }
    return 0
  },
})

interface Entry {
  readonly Name: string
  readonly Description: string
  readonly MinValue: string
  readonly MaxValue: string
  readonly CurrentValue: string
  readonly FieldLength: string
  readonly Rotate: string
}

import { defineCommand } from './line/command.ts'
import { CommandError, UsageError } from './line/errors.ts'
import { Server, serverOptions } from './remote/server.ts'

const levels = ['NONE', 'ERROR', 'INFO', 'DEBUG', 'TRACE']

export const logLevel = defineCommand({
  name: 'log-level',
  summary: 'Show or set the log level of a flow.',
  description:
    'Shows the log level of a deployed flow, or sets it. With TRACE, messages are kept before and after each step; after 10 minutes the level is INFO again. "sluice logs <message> --trace" shows what was kept.',
  arguments: {
    id: { doc: "The flow's ID (Bundle-SymbolicName)." },
    level: { doc: 'NONE, ERROR, INFO, DEBUG or TRACE.', optional: true },
  },
  options: serverOptions,
  examples: [{ line: 'sluice log-level hello TRACE', doc: 'Trace the messages of the next 10 minutes.' }],
  async run({ id, level }, options, terminal) {
    const wanted = level?.toUpperCase()
    if (wanted !== undefined && !levels.includes(wanted)) {
      throw new UsageError(`Expected one of the levels ${levels.join(', ')}, found "${level}"`)
    }
    const server = new Server(options, terminal)
    const path = `/api/trace/v1/flows/${encodeURIComponent(id)}/log-level`
    const answer =
      wanted === undefined
        ? await server.request('GET', path, { accepted: [404] })
        : await server.request('PUT', path, { json: { level: wanted }, accepted: [404] })
    if (answer.status === 404) {
      throw new CommandError(
        `Expected a deployed flow, found none with ID "${id}"; "sluice status" lists those there are`,
      )
    }
    const current = wanted ?? (JSON.parse(answer.body) as { level: string }).level
    terminal.out(options.json ? `${JSON.stringify({ flow: id, level: current })}\n` : `${id}: ${current}\n`)
    return 0
  },
})

import { defineCommand } from './line/command.ts'
import { CommandError, UsageError } from './line/errors.ts'
import { Server, serverOptions } from './remote/server.ts'

const commands = '/Operations/com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponent'

interface Detail {
  readonly logConfiguration: { readonly logLevel: string }
}

const levels = ['NONE', 'ERROR', 'INFO', 'DEBUG', 'TRACE']

export const logLevel = defineCommand({
  name: 'log-level',
  summary: 'Show or set the log level of a flow.',
  description:
    'Shows the log level of a deployed flow, or sets it: with NONE its messages leave no log, with ERROR only those that fail. With DEBUG the steps of each message are kept, for a day; with TRACE also the message before and after each step, for 10 minutes. Then the level from before holds again. "sluice logs <message> --trace" shows what was kept.',
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
    const answer =
      wanted === undefined
        ? await server.request('GET', `${commands}DetailCommand?artifactId=${encodeURIComponent(id)}`, {
            accepted: [404],
          })
        : await server.request('POST', `${commands}SetMplLogLevelCommand`, {
            json: { artifactSymbolicName: id, mplLogLevel: wanted, nodeType: 'IFLMAP' },
            accepted: [404],
          })
    if (answer.status === 404) {
      throw new CommandError(
        `Expected a deployed flow, found none with ID "${id}"; "sluice status" lists those there are`,
      )
    }
    const current = wanted ?? (JSON.parse(answer.body) as Detail).logConfiguration.logLevel
    terminal.out(options.json ? `${JSON.stringify({ flow: id, level: current })}\n` : `${id}: ${current}\n`)
    return 0
  },
})

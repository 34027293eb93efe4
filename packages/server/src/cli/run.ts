import type { Plan, RunResult } from '@sluice/iflow'
import type { LocalDeployment } from '../local/deployment.ts'
import type { LocalTraceEvent } from '../local/local-tenant.ts'
import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { readInput, readPairs } from './line/input.ts'
import { withProgress } from './line/progress.ts'
import { printable } from './line/table.ts'

export const run = defineCommand({
  name: 'run',
  summary: 'Run one message through a flow, without a server.',
  description:
    "Runs one message through the first artifact. The message that the flow leaves goes to standard output, its status and headers to standard error. ProcessDirect calls reach the other artifacts on the command line, which may be script collections, message mappings and value mappings, too, and whole packages. Without --process the message enters where the flow's first sender would put it, with the given headers and properties and nothing else. Exit code 1 when the message fails.",
  arguments: {
    path: {
      doc: 'Zip or folder, or "package.zip#name" for one artifact of a package; the first flow runs.',
      repeatable: true,
    },
  },
  options: {
    body: { value: 'text', short: 'd', doc: 'The body: the text, @file, or @- for standard input.' },
    header: { value: 'name=value', short: 'H', repeatable: true, doc: 'A header.' },
    property: { value: 'name=value', repeatable: true, doc: 'An exchange property.' },
    parameter: { value: 'name=value', repeatable: true, doc: 'Value of an externalised parameter, for all artifacts.' },
    process: { value: 'id', doc: 'BPMN ID of the process to run.' },
    trace: { doc: 'Show each step and what it changed: headers, properties, attachments and body.' },
    json: { doc: 'Print JSON.' },
  },
  examples: [
    { line: 'sluice run examples/hello', doc: 'One empty message.' },
    { line: 'sluice run orders.zip --body @order.xml --header SAP_Sender=shop --trace', doc: 'A file, step by step.' },
    { line: 'sluice run main.zip audit.zip', doc: 'With the flow that main.zip calls by ProcessDirect.' },
  ],
  async run({ path: paths }, options, terminal) {
    const parameters = new Map(readPairs('parameter', options.parameter))
    const deployment = await deploy(paths, parameters)
    const [first] = deployment.flows
    if (!first) throw new CommandError(`Expected an integration flow, found none in ${paths.join(', ')}`)
    const { plan } = first
    const processId = options.process ?? firstProcess(plan)
    if (!plan.processes.has(processId)) {
      const known = [...plan.processes.values()].map(({ id, name }) => `${id} ("${name}")`)
      throw new CommandError(`Expected one of the processes ${known.join(', ')}, found "${processId}"`)
    }
    const { Exchange } = await import('@sluice/iflow')
    const { runMessage } = await import('./local/run-message.ts')
    const exchange = new Exchange({
      body: options.body === undefined ? null : await readInput(options.body, terminal),
      headers: readPairs('header', options.header),
      properties: readPairs('property', options.property),
    })
    const events: LocalTraceEvent[] = []
    const observe = (event: LocalTraceEvent) => void events.push(event)
    const result = await withProgress(terminal, `Running ${plan.flowName}`, () =>
      runMessage(deployment, plan, processId, exchange, options.trace ? observe : undefined),
    )
    if (options.json) {
      const trace = options.trace ? { trace: events.map(eventAsJson) } : {}
      terminal.out(`${JSON.stringify({ ...asJson(result), ...trace })}\n`)
    } else {
      const { describeTrace } = await import('./local/describe-trace.ts')
      terminal.err(describeTrace(events))
      terminal.out(result.exchange.body.raw ?? '')
      terminal.err(describe(result))
    }
    return result.status === 'FAILED' ? 1 : 0
  },
})

async function deploy(paths: readonly string[], parameters: ReadonlyMap<string, string>): Promise<LocalDeployment> {
  const { selectArtifacts } = await import('./local/artifact-source.ts')
  const { deployLocally } = await import('../local/deployment.ts')
  const { compileArtifact } = await import('../local/compile-artifact.ts')
  const { describeDiagnostic } = await import('../runtime/build-flow.ts')
  const artifacts = (await Promise.all(paths.map(path => selectArtifacts(path)))).flat()
  const deployed = await deployLocally(artifacts, (opened, others) => compileArtifact(opened, parameters, others))
  if (!('problems' in deployed)) return deployed
  const reasons = deployed.problems.map(({ source, diagnostic }) => `${source}: ${describeDiagnostic(diagnostic)}`)
  throw new CommandError(['Expected artifacts that can run, found problems:', ...reasons].join('\n  '))
}

function firstProcess(plan: Plan): string {
  const [entry] = plan.entryPoints
  if (entry) return entry.processId
  const integration = [...plan.processes.values()].find(({ kind }) => kind === 'integration')
  return integration?.id ?? ''
}

type Message = RunResult['exchange']

function asJson({ status, exchange, failure, log }: RunResult) {
  return {
    status,
    ...messageAsJson(exchange),
    customStatus: log.customStatus ?? null,
    failure: failure ? { code: failure.code, message: failure.message, stepId: failure.stepId ?? null } : null,
  }
}

function messageAsJson(exchange: Message) {
  return {
    body: textOf(exchange),
    headers: Object.fromEntries([...exchange.headers].map(([name, value]) => [name, String(value)])),
    properties: Object.fromEntries([...exchange.properties].map(([name, value]) => [name, String(value)])),
  }
}

function eventAsJson({ exchange, failure, ...event }: LocalTraceEvent) {
  return {
    ...event,
    ...(exchange ? messageAsJson(exchange) : {}),
    ...(failure ? { failure: { code: failure.code, message: failure.message } } : {}),
  }
}

function textOf(exchange: Message): string {
  const { raw } = exchange.body
  return typeof raw === 'string' ? raw : Buffer.from(raw ?? []).toString('utf8')
}

function describe({ status, exchange, failure }: RunResult): string {
  const { raw } = exchange.body
  const isOpenLine = raw !== null && raw.length > 0 && raw.at(-1) !== '\n' && raw.at(-1) !== 0x0a
  const headers = [...exchange.headers].map(([name, value]) => `${name}: ${String(value)}`)
  const problem = failure
    ? [`${failure.message}${failure.stepId ? ` (step ${failure.stepId})` : ''} [${failure.code}]`]
    : []
  return `${isOpenLine ? '\n' : ''}${[status, ...problem, ...headers].map(line => `${printable(line)}\n`).join('')}`
}

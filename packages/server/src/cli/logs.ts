import { setTimeout as sleep } from 'node:timers/promises'
import { defineCommand } from './line/command.ts'
import { CommandError, UsageError } from './line/errors.ts'
import { printable, printableLines } from './line/table.ts'
import type { Terminal } from './line/terminal.ts'
import { messageTrace, type TracedMessage } from './remote/message-trace.ts'
import { isoTime } from './remote/runtime-artifacts.ts'
import { odataKey, odataText, Server, serverOptions } from './remote/server.ts'

interface MessageLog {
  readonly MessageGuid: string
  readonly CorrelationId: string
  readonly IntegrationFlowName: string
  readonly Status: string
  readonly CustomStatus: string | null
  readonly LogStart: string
  readonly LogEnd: string
}

export const logs = defineCommand({
  name: 'logs',
  summary: 'Show what happened to messages.',
  description:
    'Lists message processing logs, the latest last. With a message ID: that message, and for a failed one why it failed.',
  arguments: { message: { doc: 'Message ID, as "sluice call" prints it.', optional: true } },
  options: {
    ...serverOptions,
    flow: { value: 'id', doc: 'Only messages of this flow.' },
    status: {
      value: 'status',
      choices: ['COMPLETED', 'PROCESSING', 'RETRY', 'ESCALATED', 'FAILED', 'CANCELLED', 'ABANDONED'],
      doc: 'Only messages of this status.',
    },
    since: {
      value: 'time',
      doc: 'Only messages that ended after this: 10m, 2h, 7d ago, or a time such as 2026-01-31T09:00:00Z.',
    },
    limit: { value: 'number', default: '20', doc: 'At most so many, the latest.' },
    trace: {
      doc: 'With a message ID: its steps, where the level of the flow was DEBUG, and what each changed, where it was TRACE.',
    },
    follow: { short: 'f', doc: 'Go on, showing messages as they end, until Ctrl+C.' },
  },
  examples: [
    { line: 'sluice logs --flow hello --status FAILED --since 1h', doc: 'What failed in the last hour.' },
    { line: 'sluice logs --follow', doc: 'Watch messages.' },
    { line: 'sluice logs AGkTb2Z3Xo0gkGbBqVd2p5o4uYjL', doc: 'One message, with its error.' },
  ],
  async run({ message }, options, terminal) {
    const server = new Server(options, terminal)
    if (message !== undefined && options.trace) return showTrace(server, message, options.json, terminal)
    if (message !== undefined) return showOne(server, message, options.json, terminal)
    const limit = Number(options.limit)
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
      throw new UsageError(`Expected --limit from 1 to 1000, found "${options.limit}"`)
    }
    const since = options.since === undefined ? undefined : readTime(options.since, Date.now())
    const conditions = [
      ...(options.flow === undefined ? [] : [`IntegrationFlowName eq ${odataText(options.flow)}`]),
      ...(options.status === undefined ? [] : [`Status eq ${odataText(options.status)}`]),
    ]
    const shown = await show(server, conditions, { since, limit }, new Set(), options.json, terminal)
    if (!options.follow) {
      if (shown.size === 0 && !options.json) terminal.err('No messages found.\n')
      return 0
    }
    await follow(server, conditions, shown, options.json, terminal)
    return 0
  },
})

interface Page {
  /** Milliseconds since 1970. */
  readonly since: number | undefined
  readonly limit: number
}

/** Prints the logs that are not in `seen`, and returns what was read with its end in milliseconds. */
async function show(
  server: Server,
  conditions: readonly string[],
  { since, limit }: Page,
  seen: ReadonlySet<string>,
  isJson: boolean,
  terminal: Terminal,
): Promise<Map<string, number>> {
  const time = since === undefined ? [] : [`LogEnd ge datetime'${new Date(since).toISOString().slice(0, -1)}'`]
  const filter = [...conditions, ...time].join(' and ')
  const rows = await server.entities<MessageLog>('MessageProcessingLogs', {
    ...(filter === '' ? {} : { $filter: filter }),
    $orderby: 'LogEnd desc',
    $top: String(limit),
  })
  for (const row of rows.reverse()) {
    if (!seen.has(keyOf(row))) terminal.out(isJson ? `${JSON.stringify(describe(row))}\n` : `${lineOf(row)}\n`)
  }
  return new Map(rows.map(row => [keyOf(row), Date.parse(isoTime(row.LogEnd))]))
}

/** Logs are committed in groups: one that ended earlier can appear later. */
const lookBackMs = 5000

/** Prints logs that end from now on; starts with those of the same time as the last one shown. */
async function follow(
  server: Server,
  conditions: readonly string[],
  first: Map<string, number>,
  isJson: boolean,
  terminal: Terminal,
): Promise<void> {
  const seen = new Map(first)
  const begin = Math.max(...first.values())
  while (!terminal.interrupted.aborted) {
    await sleep(1000, undefined, { signal: terminal.interrupted }).catch(() => {})
    if (terminal.interrupted.aborted) return
    // By the server's clock, and far enough back to meet a log whose commit came late.
    const since = seen.size === 0 ? undefined : Math.max(begin, Math.max(...seen.values()) - lookBackMs)
    const rows = await show(server, conditions, { since, limit: 1000 }, new Set(seen.keys()), isJson, terminal)
    if (rows.size > 0) seen.clear()
    for (const [key, end] of rows) seen.set(key, end)
  }
}

function keyOf(row: MessageLog): string {
  return `${row.MessageGuid} ${row.Status}`
}

function describe(row: MessageLog) {
  return {
    message: row.MessageGuid,
    correlation: row.CorrelationId,
    flow: row.IntegrationFlowName,
    status: row.Status,
    customStatus: row.CustomStatus,
    start: isoTime(row.LogStart),
    end: isoTime(row.LogEnd),
  }
}

function lineOf(row: MessageLog): string {
  const { message, flow, status, customStatus, start, end } = describe(row)
  const durationMs = Date.parse(end) - Date.parse(start)
  const custom = customStatus && customStatus !== status ? ` (${customStatus})` : ''
  return printable(`${end}  ${status.padEnd(10)}${custom}  ${message}  ${flow}  ${durationMs} ms`)
}

interface Related<Entity> {
  readonly results: readonly Entity[]
}

interface DetailedLog extends MessageLog {
  readonly CustomHeaderProperties: Related<{ Name: string; Value: string }>
  readonly AdapterAttributes: Related<{ AdapterId: string; AdapterMessageId: string; Name: string; Value: string }>
  readonly Attachments: Related<{ Id: string; Name: string; ContentType: string; PayloadSize: string }>
}

function describeDetails({ CustomHeaderProperties, AdapterAttributes, Attachments }: DetailedLog) {
  return {
    customHeaders: CustomHeaderProperties.results.map(({ Name, Value }) => ({ name: Name, value: Value })),
    adapterAttributes: AdapterAttributes.results.map(({ AdapterId, AdapterMessageId, Name, Value }) => {
      return { adapter: AdapterId, message: AdapterMessageId, name: Name, value: Value }
    }),
    attachments: Attachments.results.map(({ Id, Name, ContentType, PayloadSize }) => {
      return { id: Id, name: Name, type: ContentType, size: Number(PayloadSize) }
    }),
  }
}

async function showOne(server: Server, message: string, isJson: boolean, terminal: Terminal): Promise<number> {
  const path = `/api/v1/MessageProcessingLogs(${odataKey(message)})`
  const query = '$expand=CustomHeaderProperties,AdapterAttributes,Attachments&$format=json'
  const answer = await server.request('GET', `${path}?${query}`, { accepted: [404] })
  if (answer.status === 404) throw new CommandError(`Expected a known message, found none with ID "${message}"`)
  const { d } = JSON.parse(answer.body) as { d: DetailedLog }
  const error = await server.request('GET', `${path}/ErrorInformation/$value`, { accepted: [404] })
  const text = error.status === 200 ? error.body : undefined
  if (isJson) {
    terminal.out(`${JSON.stringify({ ...describe(d), error: text ?? null, ...describeDetails(d) })}\n`)
    return 0
  }
  const { customHeaders, adapterAttributes, attachments } = describeDetails(d)
  const lines = [
    ...customHeaders.map(({ name, value }) => `${name} = ${value}`),
    ...adapterAttributes.map(({ adapter, message: id, name, value }) => `${adapter} ${id}: ${name} = ${value}`),
    ...attachments.map(({ id, name, type, size }) => `attachment ${id}: ${name} (${type}, ${size} bytes)`),
  ]
  terminal.out(`${lineOf(d)}\n${text === undefined ? '' : `${printableLines(text.trimEnd())}\n`}`)
  for (const line of lines) terminal.out(`  ${printable(line)}\n`)
  return 0
}

async function showTrace(server: Server, message: string, isJson: boolean, terminal: Terminal): Promise<number> {
  const steps = await messageTrace(server, message)
  if (steps.length === 0) {
    throw new CommandError(
      'Expected a trace of the message, found none; "sluice log-level <flow> TRACE" starts tracing',
    )
  }
  if (isJson) {
    terminal.out(`${JSON.stringify({ message, steps })}\n`)
    return 0
  }
  const { describeTrace } = await import('./local/describe-trace.ts')
  const { Exchange, Failure } = await import('@sluice/iflow')
  const exchangeOf = (traced: TracedMessage | undefined) =>
    traced &&
    new Exchange({
      body: Buffer.from(traced.body, 'base64'),
      headers: Object.entries(traced.headers),
      properties: Object.entries(traced.properties),
    })
  const events = steps.flatMap(({ startedAt, endedAt, error, before, after, ...step }) => {
    const failure = error === undefined ? undefined : new Failure(error, { code: 'step' })
    const common = { ...step, run: 1, flowId: '' }
    return [
      { ...common, phase: 'start' as const, at: startedAt, exchange: exchangeOf(before), failure: undefined },
      { ...common, phase: 'end' as const, at: endedAt, exchange: exchangeOf(after), failure },
    ]
  })
  terminal.out(describeTrace(events))
  return 0
}

/** Milliseconds since 1970 of `10m` (minutes before `now`), `2h`, `7d`, or an ISO time. Throws `UsageError`. */
export function readTime(text: string, now: number): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text)
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
  if (match) return now - Number(match[1]) * unitMs[match[2] as keyof typeof unitMs]
  const time = Date.parse(text)
  if (!Number.isNaN(time)) return time
  throw new UsageError(`Expected --since as 10m, 2h, 7d or a time such as 2026-01-31T09:00:00Z, found "${text}"`)
}

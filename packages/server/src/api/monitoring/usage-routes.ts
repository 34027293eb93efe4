import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { PlatformScope } from '../../http/access.ts'
import { turns } from '../../http/give-way.ts'
import { Problem } from '../../http/problem.ts'
import { roleGuard } from '../../http/role-guard.ts'
import { platformGuard } from '../../http/route-description.ts'
import type { MessageFigures, StoredKind } from '../../store/store.ts'
import { readMonitoring } from '../odata/permissions.ts'
import { allTogether, type MessageUsage, type Span, usageByFlow } from './message-usage.ts'
import type { MonitoringApiOptions } from './options.ts'
import * as schemas from './usage-schemas.ts'

const tags = ['Monitoring']

const hourMs = 3_600_000
const intervalsMs = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const

/** More than a chart shows. */
const intervalsMax = 200

/** `/usage`: figures of messages over time, of what is stored, and of tokens. */
export function registerUsageRoutes(api: FastifyInstance, options: MonitoringApiOptions): void {
  const guard = roleGuard(options, readMonitoring)
  const { usage, messageLogs } = options.store
  type Query = FromSchema<typeof schemas.messagesQuery>
  const messages = {
    tags,
    summary: 'Tell how many messages flows had over time, how many failed, and how long they took',
  }
  api.get<{ Querystring: Query }>(
    '/usage/messages',
    { ...guard, schema: { ...messages, querystring: schemas.messagesQuery, response: { 200: schemas.messagesReply } } },
    async ({ query }) => {
      const span = spanOf(query, options.clock.now())
      await messageLogs.flush()
      const flows = await usageByFlow(usage, span, query.flow)
      const [shown, others] = [flows.slice(0, query.top), flows.slice(query.top)]
      return {
        intervals: startsOf(span),
        end: new Date(span.to).toISOString(),
        all: describe(allTogether(flows)),
        flows: shown.map(flow => ({ id: flow.id, name: flow.name, ...describe(flow) })),
        ...(others.length > 0 && { others: { flows: others.length, ...describe(allTogether(others)) } }),
      }
    },
  )

  const storage = { tags, summary: 'Tell how large the database is, and how many rows it has of each kind' }
  api.get('/usage/storage', { ...guard, schema: { ...storage, response: { 200: schemas.storageReply } } }, async () => {
    const giveWay = turns()
    const rows: { kind: StoredKind; rows: number }[] = []
    await messageLogs.flush()
    for (const kind of schemas.storedKinds) {
      rows.push({ kind, rows: await usage.count(kind) })
      await giveWay()
    }
    const { used, available } = await usage.bytes()
    return { databaseBytes: used, availableBytes: available, rows }
  })
  registerTokenUsage(api, options)
}

/** Clients are for those to see who look after them. */
function registerTokenUsage(api: FastifyInstance, { access, clock, metrics, store }: MonitoringApiOptions): void {
  const admit = async ({ raw }: FastifyRequest, scopes: readonly PlatformScope[]) => {
    await access.requirePlatformScope(raw, ...scopes)
  }
  const schema = { tags, summary: 'Tell how many opaque tokens are valid, and what the token endpoint answered' }
  api.get(
    '/usage/tokens',
    {
      ...platformGuard(admit, 'readOAuthSettings', 'manageOAuthSettings'),
      schema: { ...schema, response: { 200: schemas.tokensReply } },
    },
    async () => ({
      clients: (await store.clients.list()).length,
      valid: await store.usage.tokens(clock.now()),
      answers: metrics.tokenAnswers(),
    }),
  )
}

/** Until now, this millisecond included, unless said otherwise. Throws `Problem` (400). */
function spanOf({ from, to, interval }: FromSchema<typeof schemas.messagesQuery>, now: number): Span {
  const span = {
    from: timeIn('from', from),
    to: to === undefined ? now + 1 : timeIn('to', to),
    intervalMs: intervalsMs[interval],
  }
  const count = (span.to - span.from) / span.intervalMs
  if (count <= 0) throw invalid('Expected "from" to be before "to", found that it is not.')
  if (count <= intervalsMax) return span
  throw invalid(`Expected at most ${intervalsMax} intervals from "from" to "to", found ${Math.ceil(count)}.`)
}

function timeIn(name: string, text: string): number {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw invalid(`Expected "${name}" to be a time such as 2026-01-31T00:00:00Z, found "${text}".`)
}

function invalid(detail: string): Problem {
  return new Problem(400, 'invalid-request', detail)
}

function startsOf({ from, to, intervalMs }: Span): string[] {
  const count = Math.ceil((to - from) / intervalMs)
  return Array.from({ length: count }, (_, index) => new Date(from + index * intervalMs).toISOString())
}

function describe({ total, points }: MessageUsage) {
  const byInterval = [...points].sort(([a], [b]) => a - b)
  return { ...figuresOf(total), points: byInterval.map(([interval, figures]) => ({ interval, ...figuresOf(figures) })) }
}

function figuresOf({ messages, failed, totalMs, maxMs }: MessageFigures) {
  return { messages, failed, averageMs: messages === 0 ? 0 : Math.round((totalMs / messages) * 10) / 10, maxMs }
}

import { turns } from '../../http/give-way.ts'
import type { MessageFigures, Usage } from '../../store/store.ts'

/** Intervals of the same length, the first one from `from` on; the last one may be cut off by `to`. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly intervalMs: number
}

/** Messages of one flow, or of all: together, and by interval from 0 where there are any. */
export interface MessageUsage {
  readonly total: MessageFigures
  readonly points: ReadonlyMap<number, MessageFigures>
}

export interface FlowUsage extends MessageUsage {
  readonly id: string
  readonly name: string
}

/** Messages up to which a flow is asked about in one query. */
const fewMessages = 2_000

/** Messages that one query goes through at most, about: 2 ms. */
const sliceMessages = 10_000

const nothing: MessageFigures = { messages: 0, failed: 0, totalMs: 0, maxMs: 0 }

/** Flows that had messages in a span, the most first. Others have their turn every 10 ms. */
export async function usageByFlow(usage: Usage, span: Span, flowId?: string): Promise<FlowUsage[]> {
  const giveWay = turns()
  const found: FlowUsage[] = []
  for (const { id, name } of await usage.flows()) {
    if (flowId !== undefined && id !== flowId) continue
    const count = await usage.countMessages(id, span.from, span.to, fewMessages)
    await giveWay()
    if (count === 0) continue
    const points = count < fewMessages ? await ofFew(usage, id, span) : await ofMany(usage, id, span, giveWay)
    found.push({ id, name, points, total: together(points.values()) })
  }
  return found.sort((a, b) => b.total.messages - a.total.messages)
}

/** Several flows as one. */
export function together(all: Iterable<MessageFigures>): MessageFigures {
  let sum = nothing
  for (const figures of all) sum = added(sum, figures)
  return sum
}

/** Several flows as one, by interval. */
export function allTogether(flows: readonly MessageUsage[]): MessageUsage {
  const points = new Map<number, MessageFigures>()
  for (const flow of flows) {
    for (const [interval, figures] of flow.points) {
      points.set(interval, added(points.get(interval) ?? nothing, figures))
    }
  }
  return { points, total: together(points.values()) }
}

async function ofFew(usage: Usage, id: string, { from, to, intervalMs }: Span): Promise<Map<number, MessageFigures>> {
  const rows = await usage.messagesByInterval(id, from, to, intervalMs)
  return new Map(rows.map(({ interval, ...figures }) => [interval, figures]))
}

/** Slices grow and shrink with how many messages there are, so that no query takes long. */
async function ofMany(
  usage: Usage,
  id: string,
  { from, to, intervalMs }: Span,
  giveWay: () => Promise<void>,
): Promise<Map<number, MessageFigures>> {
  const points = new Map<number, MessageFigures>()
  let sliceMs = Math.ceil(intervalMs / 64)
  for (let at = from; at < to; ) {
    const interval = Math.floor((at - from) / intervalMs)
    const end = Math.min(at + sliceMs, from + (interval + 1) * intervalMs, to)
    const figures = await usage.messages(id, at, end)
    await giveWay()
    if (figures.messages > 0) points.set(interval, added(points.get(interval) ?? nothing, figures))
    if (figures.messages > sliceMessages) sliceMs = Math.ceil(sliceMs / 4)
    else if (figures.messages < sliceMessages / 4) sliceMs = Math.min(intervalMs, sliceMs * 4)
    at = end
  }
  return points
}

function added(a: MessageFigures, b: MessageFigures): MessageFigures {
  return {
    messages: a.messages + b.messages,
    failed: a.failed + b.failed,
    totalMs: a.totalMs + b.totalMs,
    maxMs: Math.max(a.maxMs, b.maxMs),
  }
}

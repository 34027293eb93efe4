import type { MessageFigures, MessageSeries, MessageUsage } from '../api/monitoring.ts'

/** The times that a person can look at, and how they are divided. */
export const spans = {
  day: { intervals: 24, interval: 'hour' },
  week: { intervals: 7, interval: 'day' },
  month: { intervals: 30, interval: 'day' },
  quarter: { intervals: 13, interval: 'week' },
} as const
export type SpanName = keyof typeof spans

/** When a span that ends with the hour, day or week of `now` begins, in the person's zone. */
export function spanStart(span: SpanName, now: Date): Date {
  const { intervals, interval } = spans[span]
  const start = new Date(now)
  start.setMinutes(0, 0, 0)
  if (interval === 'hour') {
    start.setTime(start.getTime() - (intervals - 1) * 3_600_000)
    return start
  }
  start.setHours(0)
  // Weeks begin on Monday.
  if (interval === 'week') start.setDate(start.getDate() - ((start.getDay() + 6) % 7))
  start.setDate(start.getDate() - (intervals - 1) * (interval === 'week' ? 7 : 1))
  return start
}

/** What charts show of messages. */
export const measures = ['messages', 'failed', 'averageMs', 'maxMs'] as const
export type Measure = (typeof measures)[number]

/** One line or colour of a chart. `key` is its name in the rows. */
export interface Series {
  readonly key: string
  readonly label: string
}

/** One interval of a chart: a value for each series, 0 where there was no message. */
export interface ChartRow {
  /** When it begins. */
  readonly start: Date
  readonly values: Readonly<Record<string, number>>
}

/** The flows of a chart over time, those that are not told apart last. `others` names them. */
export function chartOf(
  { intervals, flows, others }: MessageUsage,
  measure: Measure,
  othersLabel: string,
): { readonly series: readonly Series[]; readonly rows: readonly ChartRow[] } {
  const all: readonly (Series & { readonly points: MessageSeries['points'] })[] = [
    ...flows.map(({ name, points }, index) => ({ key: `flow${index}`, label: name, points })),
    ...(others ? [{ key: 'others', label: othersLabel, points: others.points }] : []),
  ]
  const byInterval = all.map(({ points }) => new Map(points.map(point => [point.interval, point])))
  const rows = intervals.map((start, interval) => ({
    start: new Date(start),
    values: Object.fromEntries(all.map(({ key }, index) => [key, byInterval[index]?.get(interval)?.[measure] ?? 0])),
  }))
  return { series: all.map(({ key, label }) => ({ key, label })), rows }
}

/** The share of messages that failed, from 0 to 1. */
export function failureRate({ messages, failed }: MessageFigures): number {
  return messages === 0 ? 0 : failed / messages
}

import { literal, moment } from '../api/odata.ts'

/** Statuses of message processing logs. */
export const statuses = [
  'COMPLETED',
  'PROCESSING',
  'RETRY',
  'FAILED',
  'ESCALATED',
  'CANCELLED',
  'DISCARDED',
  'ABANDONED',
] as const

/** The periods of time that a person can choose, in minutes. */
export const periods = { hour: 60, day: 1_440, week: 10_080, month: 43_200, all: undefined } as const
export type Period = keyof typeof periods

/** What a person looks for. Empty texts look for nothing. */
export interface MessageSearch {
  readonly period: Period
  readonly status: string
  readonly flow: string
  readonly id: string
}

/** The `$filter` of a search; `now` is what the period ends with. */
export function messageFilter({ period, status, flow, id }: MessageSearch, now: Date): string {
  const minutes = periods[period]
  const conditions = [
    minutes !== undefined && `LogEnd ge ${moment(new Date(now.getTime() - minutes * 60_000))}`,
    status !== '' && `Status eq ${literal(status)}`,
    flow.trim() !== '' && `IntegrationFlowName eq ${literal(flow.trim())}`,
    id.trim() !== '' &&
      `(MessageGuid eq ${literal(id.trim())} or CorrelationId eq ${literal(id.trim())} or ApplicationMessageId eq ${literal(id.trim())})`,
  ]
  return conditions.filter(condition => condition !== false).join(' and ')
}

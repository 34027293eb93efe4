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

/** The periods of time that a person can choose, in minutes; `custom` has a beginning and an end of its own. */
export const periods = {
  hour: 60,
  day: 1_440,
  week: 10_080,
  month: 43_200,
  all: undefined,
  custom: undefined,
} as const
export type Period = keyof typeof periods

/** What a person looks for. Empty texts look for nothing. */
export interface MessageSearch {
  readonly period: Period
  readonly status: string
  readonly flow: string
  readonly id: string
  /** Name and value of a custom header. */
  readonly header: string
  readonly value: string
  /** Beginning and end of period `custom`, in the person's zone: `2025-01-31T13:45`. */
  readonly from: string
  readonly to: string
}

/** A search for everything. */
export const noSearch: MessageSearch = {
  period: 'all',
  status: '',
  flow: '',
  id: '',
  header: '',
  value: '',
  from: '',
  to: '',
}

/** The `$filter` of a search; `now` is what the period ends with. */
export function messageFilter({ period, status, flow, id, from, to }: MessageSearch, now: Date): string {
  const minutes = periods[period]
  const isCustom = period === 'custom'
  const conditions = [
    minutes !== undefined && `LogEnd ge ${moment(new Date(now.getTime() - minutes * 60_000))}`,
    isCustom && isTime(from) && `LogEnd ge ${moment(new Date(from))}`,
    isCustom && isTime(to) && `LogEnd le ${moment(new Date(to))}`,
    status !== '' && `Status eq ${literal(status)}`,
    flow.trim() !== '' && `IntegrationFlowName eq ${literal(flow.trim())}`,
    id.trim() !== '' &&
      `(MessageGuid eq ${literal(id.trim())} or CorrelationId eq ${literal(id.trim())} or ApplicationMessageId eq ${literal(id.trim())})`,
  ]
  return conditions.filter(condition => condition !== false).join(' and ')
}

/** The option of the API that a search for a custom header is; undefined where none is looked for. */
export function customHeaderOption({ header, value }: MessageSearch): string | undefined {
  if (header.trim() === '' || value.trim() === '') return undefined
  return `${literal(header.trim())} eq ${literal(value.trim())}`
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text))
}

import { useTranslation } from 'react-i18next'
import { durationText } from '../components/moment.tsx'
import type { Measure } from './usage-figures.ts'

/** Names an interval by when it begins, in the person's zone. */
export function useIntervalText(interval: 'hour' | 'day' | 'week'): (start: Date) => string {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(i18n.language, {
    month: 'short',
    day: 'numeric',
    ...(interval === 'hour' && { hour: 'numeric', minute: '2-digit' }),
  })
  // Days of the API have 24 hours: where clocks change, they begin an hour off.
  return start => format.format(interval === 'hour' ? start : new Date(start.getTime() + 3_600_000))
}

/** A value of a measure as people read it. */
export function useMeasureText(measure: Measure): (value: number) => string {
  const { i18n } = useTranslation()
  const count = new Intl.NumberFormat(i18n.language)
  const isCount = measure === 'messages' || measure === 'failed'
  return value => (isCount ? count.format(value) : durationText(value, i18n.language))
}

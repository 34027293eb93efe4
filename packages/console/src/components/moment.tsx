import { useTranslation } from 'react-i18next'

/** A moment in the person's own zone and language; the exact one, with its zone, when pointed at. */
export function Moment({ date }: { readonly date: Date | undefined }) {
  const { t, i18n } = useTranslation()
  if (!date) return <span>{t('common.none')}</span>
  const short = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {short.format(date)}
    </time>
  )
}

/** How long something took, in the unit that fits. */
export function durationText(ms: number, language: string): string {
  const [value, unit] =
    ms < 1_000 ? [ms, 'millisecond'] : ms < 60_000 ? [ms / 1_000, 'second'] : [ms / 60_000, 'minute']
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  })
  return format.format(value)
}

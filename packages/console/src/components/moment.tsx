import { useTranslation } from 'react-i18next'

/** A moment in the person's own zone and language; the exact one, with its zone, when pointed at. */
export function Moment({ date }: { readonly date: Date | undefined }) {
  const momentText = useMomentText()
  if (!date) return <span>{momentText(date)}</span>
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {momentText(date)}
    </time>
  )
}

/** As `Moment`, where only text can be. */
export function useMomentText(): (date: Date | undefined) => string {
  const { t, i18n } = useTranslation()
  const short = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' })
  return date => (date ? short.format(date) : t('common.none'))
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

const byteUnits = [
  { name: 'byte', size: 1 },
  { name: 'kilobyte', size: 1e3 },
  { name: 'megabyte', size: 1e6 },
  { name: 'gigabyte', size: 1e9 },
] as const

/** A size in bytes, in the unit that fits. */
export function bytesText(bytes: number, language: string): string {
  const unit = byteUnits.findLast(({ size }) => bytes >= size) ?? byteUnits[0]
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: unit.name,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  })
  return format.format(bytes / unit.size)
}

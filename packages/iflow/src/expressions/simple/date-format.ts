/** Formats an instant, in milliseconds since 1970. */
export type FormatDate = (instant: number) => string

interface Moment {
  /** The wall clock of the zone, held in the UTC fields of a Date. */
  readonly local: Date
  readonly offsetMinutes: number
  readonly zoneName: string
}

type Part = (moment: Moment) => string

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const dayMs = 86_400_000

/** Three-letter zone ids of Java that the tz database lacks or means otherwise (`java.time.ZoneId.SHORT_IDS`). */
const javaZoneIds: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  BST: 'Asia/Dhaka',
  CST: 'America/Chicago',
  ECT: 'Europe/Paris',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  PST: 'America/Los_Angeles',
}

/**
 * Compiles a pattern in the letters of `java.text.SimpleDateFormat`, English names, for a time zone such as `UTC`,
 * `Europe/Berlin` or `GMT+2`. Week numbers and eras are not supported.
 */
export function compileDateFormat(pattern: string, zone: string): { format: FormatDate } | { problem: string } {
  const momentOf = compileZone(zone)
  if (momentOf === undefined) return { problem: `Expected a time zone such as UTC or Europe/Berlin, found "${zone}".` }
  const parts: Part[] = []
  for (const token of pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? []) {
    const part = compileToken(token)
    if (part === undefined) return { problem: `Expected letters of a date pattern, found "${token}" in "${pattern}".` }
    parts.push(part)
  }
  return {
    format: instant => {
      const moment = momentOf(instant)
      return parts.map(part => part(moment)).join('')
    },
  }
}

function compileToken(token: string): Part | undefined {
  if (token === "''") return () => "'"
  if (token.startsWith("'")) return token.length === 1 ? undefined : literal(token.slice(1, -1).replaceAll("''", "'"))
  if (!/^[A-Za-z]/.test(token)) return literal(token)
  const letter = token.charAt(0)
  const numeric = numericFields[letter]
  if (numeric !== undefined) return moment => String(numeric(moment.local)).padStart(token.length, '0')
  return otherFields[letter]?.(token.length)
}

function literal(text: string): Part {
  return () => text
}

const numericFields: Readonly<Record<string, (date: Date) => number>> = {
  d: date => date.getUTCDate(),
  D: date => 1 + Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs),
  H: date => date.getUTCHours(),
  k: date => date.getUTCHours() || 24,
  K: date => date.getUTCHours() % 12,
  h: date => date.getUTCHours() % 12 || 12,
  m: date => date.getUTCMinutes(),
  s: date => date.getUTCSeconds(),
  S: date => date.getUTCMilliseconds(),
  u: date => date.getUTCDay() || 7,
}

const otherFields: Readonly<Record<string, (length: number) => Part | undefined>> = {
  y: length => moment => year(moment.local.getUTCFullYear(), length),
  M: length => moment => month(moment.local.getUTCMonth(), length),
  L: length => moment => month(moment.local.getUTCMonth(), length),
  E: length => moment => named(dayNames, moment.local.getUTCDay(), length > 3),
  a: () => moment => (moment.local.getUTCHours() < 12 ? 'AM' : 'PM'),
  z: () => moment => moment.zoneName,
  Z: () => moment => offset(moment.offsetMinutes, ''),
  X: length => (length > 3 ? undefined : moment => isoOffset(moment.offsetMinutes, length)),
}

function year(value: number, length: number): string {
  return length === 2 ? String(value % 100).padStart(2, '0') : String(value).padStart(length, '0')
}

function month(index: number, length: number): string {
  return length > 2 ? named(monthNames, index, length > 3) : String(index + 1).padStart(length, '0')
}

function named(names: readonly string[], index: number, whole: boolean): string {
  const name = names[index] ?? ''
  return whole ? name : name.slice(0, 3)
}

function isoOffset(minutes: number, length: number): string {
  if (minutes === 0) return 'Z'
  return length === 1 ? offset(minutes, '').slice(0, 3) : offset(minutes, length === 3 ? ':' : '')
}

function offset(minutes: number, separator: string): string {
  const size = Math.abs(minutes)
  const hours = String(Math.trunc(size / 60)).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${hours}${separator}${String(size % 60).padStart(2, '0')}`
}

function compileZone(zone: string): ((instant: number) => Moment) | undefined {
  const fixed = /^(?:GMT|UTC)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(zone)
  if (fixed !== null && zone !== '') {
    const size = Number(fixed[2] ?? 0) * 60 + Number(fixed[3] ?? 0)
    const offsetMinutes = fixed[1] === '-' ? -size : size
    const zoneName = size === 0 ? zone.slice(0, 3) : `GMT${offset(offsetMinutes, ':')}`
    return instant => ({ local: new Date(instant + offsetMinutes * 60_000), offsetMinutes, zoneName })
  }
  const formatter = formatterFor(javaZoneIds[zone] ?? zone)
  return formatter && (instant => momentIn(formatter, instant))
}

function formatterFor(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const
    const rest = { minute: 'numeric', second: 'numeric', hourCycle: 'h23', timeZoneName: 'short' } as const
    return new Intl.DateTimeFormat('en-US', { timeZone, ...fields, ...rest })
  } catch {
    return undefined
  }
}

function momentIn(formatter: Intl.DateTimeFormat, instant: number): Moment {
  const parts = new Map(formatter.formatToParts(instant).map(part => [part.type, part.value]))
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const wall = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  )
  const milliseconds = ((instant % 1000) + 1000) % 1000
  return {
    local: new Date(wall + milliseconds),
    offsetMinutes: Math.round((wall + milliseconds - instant) / 60_000),
    zoneName: parts.get('timeZoneName') ?? '',
  }
}

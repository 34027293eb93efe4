/** An instant as a clock on the wall of a time zone shows it. */
export interface Moment {
  /** The wall clock of the zone, held in the UTC fields of a Date. */
  readonly local: Date
  readonly offsetMinutes: number
  readonly zoneName: string
}

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
 * Reads wall clocks of a time zone: `UTC`, `Europe/Berlin`, `GMT+2`, and Java's three-letter ids. Undefined when there is
 * no such zone. Instants are milliseconds since 1970.
 */
export function compileZone(zone: string): ((instant: number) => Moment) | undefined {
  const fixed = /^(?:GMT|UTC)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(zone)
  if (fixed !== null && zone !== '') {
    const size = Number(fixed[2] ?? 0) * 60 + Number(fixed[3] ?? 0)
    const offsetMinutes = fixed[1] === '-' ? -size : size
    const zoneName = size === 0 ? zone.slice(0, 3) : `GMT${offsetText(offsetMinutes, ':')}`
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

/** `+02:00`, with what is to stand between hours and minutes. */
export function offsetText(minutes: number, separator: string): string {
  const size = Math.abs(minutes)
  const hours = String(Math.trunc(size / 60)).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${hours}${separator}${String(size % 60).padStart(2, '0')}`
}

import { compileZone, type Moment, offsetText } from '../../time/zone.ts'

/** Formats an instant, in milliseconds since 1970. */
export type FormatDate = (instant: number) => string

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
  Z: () => moment => offsetText(moment.offsetMinutes, ''),
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
  return length === 1 ? offsetText(minutes, '').slice(0, 3) : offsetText(minutes, length === 3 ? ':' : '')
}

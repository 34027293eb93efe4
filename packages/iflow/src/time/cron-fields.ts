/** What a cron expression asks for. Lists are sorted. */
export interface Fields {
  readonly seconds: readonly number[]
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: readonly number[]
  readonly years: readonly number[]
  /** `date` is the midnight of a day, held in UTC. */
  matchesDay(date: Date): boolean
}

interface Range {
  readonly name: string
  readonly min: number
  readonly max: number
  /** Names of values, the first one being that of `min`. */
  readonly names?: readonly string[]
}

const ranges = {
  seconds: { name: 'seconds', min: 0, max: 59 },
  minutes: { name: 'minutes', min: 0, max: 59 },
  hours: { name: 'hours', min: 0, max: 23 },
  days: { name: 'day of month', min: 1, max: 31 },
  months: {
    name: 'month',
    min: 1,
    max: 12,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  weekdays: { name: 'day of week', min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  years: { name: 'year', min: 1970, max: 2099 },
} as const satisfies Record<string, Range>

/** Thrown and caught in this file: what a part of the expression had to be. */
class Misfit extends Error {}

/** Fields of a Quartz cron expression, or what it had to be, in the pattern "…, found …". */
export function parseFields(expression: string): Fields | { readonly problem: string } {
  const parts = expression.trim().toUpperCase().split(/\s+/)
  if (parts.length < 6 || parts.length > 7) {
    return { problem: `6 or 7 fields of a cron expression, found ${parts.length} in "${expression}"` }
  }
  const [seconds = '', minutes = '', hours = '', days = '', months = '', weekdays = '', years = '*'] = parts
  try {
    return {
      seconds: listOf(seconds, ranges.seconds),
      minutes: listOf(minutes, ranges.minutes),
      hours: listOf(hours, ranges.hours),
      months: listOf(months, ranges.months),
      years: listOf(years, ranges.years),
      matchesDay: dayMatcher(days, weekdays),
    }
  } catch (error) {
    if (error instanceof Misfit) return { problem: `${error.message} of "${expression}"` }
    throw error
  }
}

function listOf(text: string, range: Range): number[] {
  const values = new Set<number>()
  for (const item of text.split(',')) {
    const match = /^([^/]*)(?:\/(\d{1,4}))?$/.exec(item)
    if (match === null) throw misfit(range, item)
    const [, base = '', step] = match
    const increment = step === undefined ? 1 : Number(step)
    const [first, last] = boundsOf(base, step !== undefined, range, item)
    if (increment < 1) throw misfit(range, item)
    const length = range.max - range.min + 1
    // Quartz lets a range run over the end: 22-2, FRI-MON.
    const end = last < first ? last + length : last
    for (let value = first; value <= end; value += increment) values.add(((value - range.min) % length) + range.min)
  }
  return [...values].sort((left, right) => left - right)
}

function boundsOf(base: string, hasStep: boolean, range: Range, item: string): [first: number, last: number] {
  if (base === '*' || (base === '' && hasStep)) return [range.min, range.max]
  const [from = '', to, more] = base.split('-')
  if (more !== undefined) throw misfit(range, item)
  const first = numberOf(from, range, item)
  return [first, to === undefined ? (hasStep ? range.max : first) : numberOf(to, range, item)]
}

function numberOf(text: string, range: Range, item: string): number {
  const index = range.names?.indexOf(text) ?? -1
  const value = index >= 0 ? index + range.min : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (value >= range.min && value <= range.max) return value
  throw misfit(range, item)
}

function misfit({ name, min, max }: Range, found: string): Misfit {
  return new Misfit(`${name} from ${min} to ${max}, found "${found}" in the cron expression`)
}

/** "Support for specifying both a day-of-week and a day-of-month value is not complete": one of them is `?` or `*`. */
function dayMatcher(days: string, weekdays: string): Fields['matchesDay'] {
  const isAny = (text: string) => text === '?' || text === '*'
  if (isAny(days) && isAny(weekdays)) return () => true
  if (isAny(weekdays)) return dayOfMonth(days)
  if (isAny(days)) return dayOfWeek(weekdays)
  throw new Misfit(`"?" as day of month or as day of week, found "${days}" and "${weekdays}" in the cron expression`)
}

function dayOfMonth(text: string): Fields['matchesDay'] {
  const last = /^L(?:-(\d{1,2}))?(W)?$/.exec(text)
  const near = /^(\d{1,2})W$/.exec(text)
  if (last !== null) {
    const back = Number(last[1] ?? 0)
    if (back > 30) throw misfit(ranges.days, text)
    return date => date.getUTCDate() === target(date, lengthOfMonth(date) - back, last[2] !== undefined)
  }
  if (near !== null) {
    const day = numberOf(near[1] ?? '', ranges.days, text)
    return date => day <= lengthOfMonth(date) && date.getUTCDate() === target(date, day, true)
  }
  const days = new Set(listOf(text, ranges.days))
  return date => days.has(date.getUTCDate())
}

/** The day itself, or the working day of the same month that is nearest to it. */
function target(date: Date, day: number, isWorkingDay: boolean): number {
  if (!isWorkingDay) return day
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay()
  if (weekday === 6) return day === 1 ? 3 : day - 1
  if (weekday === 0) return day === lengthOfMonth(date) ? day - 2 : day + 1
  return day
}

function dayOfWeek(text: string): Fields['matchesDay'] {
  if (text === 'L') return date => date.getUTCDay() === 6
  const last = /^(\w{1,3})L$/.exec(text)
  const nth = /^(\w{1,3})#([1-5])$/.exec(text)
  if (last !== null) {
    const weekday = numberOf(last[1] ?? '', ranges.weekdays, text) - 1
    return date => date.getUTCDay() === weekday && date.getUTCDate() + 7 > lengthOfMonth(date)
  }
  if (nth !== null) {
    const weekday = numberOf(nth[1] ?? '', ranges.weekdays, text) - 1
    return date => date.getUTCDay() === weekday && Math.ceil(date.getUTCDate() / 7) === Number(nth[2])
  }
  const weekdays = new Set(listOf(text, ranges.weekdays))
  return date => weekdays.has(date.getUTCDay() + 1)
}

function lengthOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}

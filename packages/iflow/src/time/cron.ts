import { type Fields, parseFields } from './cron-fields.ts'
import { compileZone } from './zone.ts'

/** The first instant of a schedule that is later than `after`, in milliseconds since 1970; undefined when it is over. */
export type NextInstant = (after: number) => number | undefined

const dayMs = 86_400_000

/**
 * Compiles a cron expression of Quartz (CronTrigger): seconds, minutes, hours, day of month, month, day of week and,
 * optionally, the year, with `*`, `?`, lists, ranges (also those that wrap, as `22-2`), steps, names, `L`, `L-3`, `LW`,
 * `15W`, `6L`, `6#3`; Sunday is 1. It is due at every instant at which the wall clock of the zone shows what is asked for:
 * an hour that a change of the clocks skips has none, one that is repeated has them twice.
 */
export function compileCron(expression: string, zone: string): { readonly next: NextInstant } | { problem: string } {
  const fields = parseFields(expression)
  if ('problem' in fields) return fields
  const momentOf = compileZone(zone)
  if (momentOf === undefined) return { problem: `a time zone such as Europe/Berlin, found "${zone}"` }
  const offsetAt = (instant: number) => momentOf(instant).offsetMinutes * 60_000
  return {
    next: after => {
      let from = Math.floor(after / 1000) * 1000 + 1000
      for (;;) {
        const offset = offsetAt(from)
        const wall = firstMatch(fields, from + offset)
        if (wall === undefined) return undefined
        const found = wall - offset
        if (offsetAt(found) === offset) return found
        from = changeBetween(from, found, offsetAt)
      }
    },
  }
}

/** The first second with another offset than `from`; `to` has another one. */
function changeBetween(from: number, to: number, offsetAt: (instant: number) => number): number {
  const before = offsetAt(from)
  let [low, high] = [from / 1000, to / 1000]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * 1000) === before) low = middle
    else high = middle
  }
  return high * 1000
}

/** The first time on the wall that is not before `from`; both are held like instants in UTC. */
function firstMatch({ years, months, matchesDay, ...times }: Fields, from: number): number | undefined {
  const start = new Date(from)
  for (const year of years) {
    if (year < start.getUTCFullYear()) continue
    for (const month of months) {
      const last = Date.UTC(year, month, 0)
      if (last + dayMs <= from) continue
      const first = Date.UTC(year, month - 1, 1)
      for (let day = Math.max(first, Math.floor(from / dayMs) * dayMs); day <= last; day += dayMs) {
        if (!matchesDay(new Date(day))) continue
        const time = firstTime(times, Math.max(0, (from - day) / 1000))
        if (time !== undefined) return day + time * 1000
      }
    }
  }
  return undefined
}

/** Seconds since midnight, not before `from`. */
function firstTime(
  { hours, minutes, seconds }: Pick<Fields, 'hours' | 'minutes' | 'seconds'>,
  from: number,
): number | undefined {
  for (const hour of hours) {
    if (hour * 3600 + 3599 < from) continue
    for (const minute of minutes) {
      const start = hour * 3600 + minute * 60
      if (start + 59 < from) continue
      const second = seconds.find(candidate => start + candidate >= from)
      if (second !== undefined) return start + second
    }
  }
  return undefined
}

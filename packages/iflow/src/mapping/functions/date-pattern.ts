import { compileZone } from '../../time/zone.ts'

/** Reads a date; undefined when the text is not in the form. Milliseconds since 1970, for dates without a zone in UTC. */
export type ParseDate = (text: string) => number | undefined

/** What has been read of a date. */
interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  dayOfYear: number | undefined
  isAfternoon: boolean | undefined
  offsetMinutes: number
}

/** Reads one part at a position and returns where it ends; undefined when it is not there. */
type ReadPart = (text: string, at: number, parts: Parts) => number | undefined

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthPattern =
  /(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)/iy
const dayPattern = /(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*/iy

/**
 * Compiles a pattern of `java.text.SimpleDateFormat` for reading. As there, text behind the date is ignored, and `lenient`
 * takes a 32nd of a month for a day of the next. Two-digit years lie from 80 years before `now` to 20 years after. Undefined
 * for letters that are not supported: eras and weeks.
 */
export function compileDateParser(pattern: string, lenient: boolean, now: () => number): ParseDate | undefined {
  const tokens = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? []
  const reads: ReadPart[] = []
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1] ?? ''
    const read = compilePart(token, /^[A-Za-z]/.test(next) && isNumeric(next), now)
    if (read === undefined) return undefined
    reads.push(read)
  }
  return text => {
    const parts = noParts()
    let at = 0
    for (const read of reads) {
      const end = read(text, at, parts)
      if (end === undefined) return undefined
      at = end
    }
    return instantOf(parts, lenient)
  }
}

function noParts(): Parts {
  const time = { hour: 0, minute: 0, second: 0, millisecond: 0, isAfternoon: undefined, offsetMinutes: 0 }
  return { year: 1970, month: 0, day: 1, dayOfYear: undefined, ...time }
}

function compilePart(token: string, isFixed: boolean, now: () => number): ReadPart | undefined {
  if (token.startsWith("'")) return literal(token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'"))
  if (!/^[A-Za-z]/.test(token)) return literal(token)
  const letter = token.charAt(0)
  if (letter === 'M' || letter === 'L') return token.length > 2 ? readMonth : number(token, isFixed, setMonth)
  if (letter === 'y') return year(token, isFixed, now)
  if (letter === 'E') return (text, at) => matchAt(dayPattern, text, at)
  if (letter === 'a') return readHalf
  if (letter === 'z' || letter === 'Z' || letter === 'X') return readZone
  const set = setters[letter]
  return set && number(token, isFixed, set)
}

function isNumeric(token: string): boolean {
  return /^[yYdDHkKhmsSuM]/.test(token) && !/^M{3}/.test(token)
}

function literal(wanted: string): ReadPart {
  return (text, at) => (text.startsWith(wanted, at) ? at + wanted.length : undefined)
}

function number(token: string, isFixed: boolean, set: (parts: Parts, value: number) => void): ReadPart {
  return (text, at, parts) => {
    let end = at
    const limit = isFixed ? at + token.length : text.length
    while (end < limit && isDigit(text, end)) end += 1
    if (end === at) return undefined
    set(parts, Number(text.slice(at, end)))
    return end
  }
}

function year(token: string, isFixed: boolean, now: () => number): ReadPart {
  const read = number(token, isFixed, (parts, value) => {
    parts.year = value
  })
  return (text, at, parts) => {
    const end = read(text, at, parts)
    if (token.length > 2 || end === undefined || end - at !== 2) return end
    const first = new Date(now()).getUTCFullYear() - 80
    const century = first - (first % 100)
    parts.year = century + parts.year < first ? century + 100 + parts.year : century + parts.year
    return end
  }
}

function setMonth(parts: Parts, value: number): void {
  parts.month = value - 1
}

const setters: Readonly<Record<string, (parts: Parts, value: number) => void>> = {
  d: (parts, value) => {
    parts.day = value
  },
  D: (parts, value) => {
    parts.dayOfYear = value
  },
  H: (parts, value) => {
    parts.hour = value
  },
  k: (parts, value) => {
    parts.hour = value === 24 ? 0 : value
  },
  K: (parts, value) => {
    parts.hour = value
  },
  h: (parts, value) => {
    parts.hour = value === 12 ? 0 : value
  },
  m: (parts, value) => {
    parts.minute = value
  },
  s: (parts, value) => {
    parts.second = value
  },
  S: (parts, value) => {
    parts.millisecond = value
  },
  u: () => {},
}

function readMonth(text: string, at: number, parts: Parts): number | undefined {
  const end = matchAt(monthPattern, text, at)
  if (end !== undefined) parts.month = months.indexOf(text.slice(at, at + 3).toLowerCase())
  return end
}

function readHalf(text: string, at: number, parts: Parts): number | undefined {
  const word = text.slice(at, at + 2).toUpperCase()
  if (word !== 'AM' && word !== 'PM') return undefined
  parts.isAfternoon = word === 'PM'
  return at + 2
}

function readZone(text: string, at: number, parts: Parts): number | undefined {
  const offset = /^(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})?/.exec(text.slice(at))
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    parts.offsetMinutes = offset[1] === '-' ? -minutes : minutes
    return at + offset[0].length
  }
  if (text[at] === 'Z') return at + 1
  const name = /^[A-Za-z]+(?:\/[A-Za-z_]+)*/.exec(text.slice(at))?.[0]
  const zone = name === undefined ? undefined : compileZone(name)
  if (name === undefined || zone === undefined) return undefined
  const { year: y, month, day } = parts
  parts.offsetMinutes = zone(Date.UTC(y, month, day)).offsetMinutes
  return at + name.length
}

function matchAt(regex: RegExp, text: string, at: number): number | undefined {
  regex.lastIndex = at
  return regex.test(text) ? regex.lastIndex : undefined
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x30 && code <= 0x39
}

function instantOf(parts: Parts, lenient: boolean): number | undefined {
  const { year: y, month, day, minute, second, millisecond, dayOfYear, isAfternoon, offsetMinutes } = parts
  const hour = isAfternoon === true && parts.hour < 12 ? parts.hour + 12 : parts.hour
  const date = new Date(0)
  if (dayOfYear === undefined) date.setUTCFullYear(y, month, day)
  else date.setUTCFullYear(y, 0, dayOfYear)
  if (!lenient && dayOfYear === undefined && (date.getUTCMonth() !== month || date.getUTCDate() !== day))
    return undefined
  if (!lenient && (hour > 23 || minute > 59 || second > 59)) return undefined
  date.setUTCHours(hour, minute, second, millisecond)
  const instant = date.getTime() - offsetMinutes * 60_000
  return Number.isNaN(instant) ? undefined : instant
}

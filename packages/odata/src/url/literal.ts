import { isInt64, type PrimitiveType, type PrimitiveValue } from '../edm/model.ts'
import { ODataError, type ODataErrorCode } from '../error.ts'
import type { LiteralValue, TimeOfDay } from '../filter.ts'

/** A literal and how many characters it took. */
export interface ScannedLiteral {
  readonly value: LiteralValue
  readonly length: number
}

const quoted = /'((?:[^']|'')*)'/y
const prefixed = /(datetimeoffset|datetime|time|guid|binary|X)'([^']*)'/y
const numeric = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?([LlMmDdFf](?![A-Za-z0-9_]))?/y
const keyword = /(?:true|false|null)(?![A-Za-z0-9_/])/y

/**
 * Reads the literal at `at`, in the forms of the OData V2 URI conventions (section 6, "Primitive Data Type Literals"):
 * `'it''s'`, `5`, `-1.5`, `7875L`, `true`, `null`, `datetime'2025-01-02T03:04:05'`, `datetimeoffset'…Z'`, `time'PT13H'`,
 * `guid'…'`, `X'0AFF'`.
 * A datetime without a zone is UTC; one with a zone is accepted and honoured. Undefined when no literal starts there.
 * Throws `ODataError` for one that starts well and is wrong inside.
 */
export function scanLiteral(text: string, at: number, code: ODataErrorCode): ScannedLiteral | undefined {
  const string = matchAt(quoted, text, at)
  if (string) return { value: (string[1] ?? '').replaceAll("''", "'"), length: string[0].length }
  const typed = matchAt(prefixed, text, at)
  if (typed) return { value: typedValue(typed[1] ?? '', typed[2] ?? '', code), length: typed[0].length }
  const word = matchAt(keyword, text, at)
  if (word) return { value: word[0] === 'null' ? null : word[0] === 'true', length: word[0].length }
  const number = matchAt(numeric, text, at)
  if (number) return { value: numericValue(number[0], number[1], code), length: number[0].length }
  return undefined
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function typedValue(prefix: string, text: string, code: ODataErrorCode): LiteralValue {
  const value = parseTyped(prefix, text)
  if (value !== undefined) return value
  throw new ODataError(code, `Expected ${examples[prefix]}, found ${prefix}'${text}'`)
}

const examples: Readonly<Record<string, string>> = {
  guid: "a GUID such as guid'00000000-0000-0000-0000-000000000000'",
  binary: "bytes such as binary'0AFF'",
  X: "bytes such as X'0AFF'",
  time: "a part of a day such as time'PT13H20M'",
  datetime: "a time such as datetime'2025-01-02T03:04:05'",
  datetimeoffset: "a time such as datetimeoffset'2025-01-02T03:04:05'",
}

function parseTyped(prefix: string, text: string): LiteralValue | undefined {
  if (prefix === 'guid') return guid.test(text) ? text : undefined
  if (prefix === 'binary' || prefix === 'X') return parseHex(text)
  if (prefix === 'time') return parseTimeOfDay(text)
  const time = parseDateTime(text)
  return time === undefined ? undefined : new Date(time)
}

function parseHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  )
}

function parseTimeOfDay(text: string): TimeOfDay | undefined {
  const match = /^PT(?=\d)(?:(\d{1,2})H)?(?:(\d{1,2})M)?(?:(\d{1,2}(?:\.\d{1,7})?)S)?$/.exec(text)
  if (!match) return undefined
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(part => Number(part ?? 0))
  const ofDayMs = hours * 3_600_000 + minutes * 60_000 + Math.floor(seconds * 1_000)
  return ofDayMs < 86_400_000 ? { ofDayMs } : undefined
}

// A blank before the offset is a `+` that was not percent-encoded in the query.
const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+\- ])(\d\d):(\d\d))?$/

/** Milliseconds since 1970-01-01T00:00:00Z; undefined for anything that is not an existing moment. */
function parseDateTime(text: string): number | undefined {
  const match = dateTime.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0))
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60_000 * (match[8] === '-' ? -1 : 1)
  const date = new Date(0)
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day)
  date.setUTCHours(hour ?? 0, minute, second, ms)
  const exists =
    date.getUTCDate() === day && date.getUTCMonth() + 1 === month && date.getUTCHours() === hour && (second ?? 0) < 60
  return exists && (minute ?? 0) < 60 ? date.getTime() - offset : undefined
}

function numericValue(text: string, suffix: string | undefined, code: ODataErrorCode): number | bigint {
  const digits = suffix === undefined ? text : text.slice(0, -1)
  const isInteger = /^-?\d{1,19}$/.test(digits) && isInt64(BigInt(digits))
  if (suffix === 'L' || suffix === 'l') {
    if (!isInteger) throw new ODataError(code, `Expected an Int64 such as 7875L, found ${text}`)
    return BigInt(digits)
  }
  if (isInteger && suffix === undefined) return BigInt(digits)
  const value = Number(digits)
  if (!Number.isFinite(value))
    throw new ODataError(code, `Expected a number within the range of a double, found ${text}`)
  return value
}

/** The literal as a value of `type`, or undefined when it is not one. Null is a value of no type. */
export function literalAs(type: PrimitiveType, value: LiteralValue): PrimitiveValue | undefined {
  switch (type) {
    case 'Edm.String':
      return typeof value === 'string' ? value : undefined
    case 'Edm.Boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'Edm.Int32': {
      const number = typeof value === 'bigint' ? Number(value) : value
      return typeof number === 'number' && (number | 0) === number ? number : undefined
    }
    case 'Edm.Int64':
      if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
      return typeof value === 'bigint' ? value : undefined
    case 'Edm.Double':
      return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
    case 'Edm.DateTime':
    case 'Edm.DateTimeOffset':
      return value instanceof Date ? value.getTime() : undefined
    case 'Edm.Binary':
      return value instanceof Uint8Array ? value : undefined
  }
}

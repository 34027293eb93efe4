import { ODataError } from '../error.ts'
import type { Arithmetic, MatchFunction, ScalarFunction } from '../filter.ts'

/*
 * Functions and operators of filters on values, as the store has them in SQL. Texts are sequences of code points; positions
 * and lengths below zero count as zero; times are in UTC. What has no result (division by zero) is null.
 */

/** What PostgreSQL's and SQLite's `trim` are told to take away. */
const blanks = ' \t\n\r'

const textFunctions: Partial<
  Record<ScalarFunction, (text: string, ...more: (string | number | bigint)[]) => string | number>
> = {
  tolower: text => text.toLowerCase(),
  toupper: text => text.toUpperCase(),
  trim: text => trimBlanks(text),
  concat: (text, other) => text + other,
  substring: (text, start = 0, length) =>
    substring(text, Number(start), length === undefined ? undefined : Number(length)),
  replace: (text, part, other) => replaceText(text, String(part), String(other)),
  length: text => codePoints(text),
  indexof: (text, part) => {
    const found = text.indexOf(String(part))
    return found < 0 ? -1 : codePoints(text.slice(0, found))
  },
}

/** Characters of what `replace` makes of a shorter text: a few nested ones would fill the memory otherwise. */
const replacedLengthMax = 100_000

/** `replace` of filters. Throws `ODataError` (`malformed-filter`) for a result that is longer than 100,000 and the text. */
export function replaceText(text: string, part: string, other: string): string {
  if (part === '') return text
  let length = text.length
  if (other.length > part.length) {
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
      length += other.length - part.length
      if (length <= replacedLengthMax) continue
      const expected = `Expected at most ${replacedLengthMax} characters from replace in $filter`
      throw new ODataError('malformed-filter', `${expected}, found more`)
    }
  }
  return text.replaceAll(part, () => other)
}

function trimBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && blanks.includes(text.charAt(start))) start++
  while (end > start && blanks.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function substring(text: string, start: number, length: number | undefined): string {
  const from = Math.max(0, start)
  return Array.from(text)
    .slice(from, length === undefined ? undefined : from + Math.max(0, length))
    .join('')
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

const timeFunctions: Partial<Record<ScalarFunction, (time: Date) => number>> = {
  year: time => time.getUTCFullYear(),
  month: time => time.getUTCMonth() + 1,
  day: time => time.getUTCDate(),
  hour: time => time.getUTCHours(),
  minute: time => time.getUTCMinutes(),
  second: time => time.getUTCSeconds(),
}

const numberFunctions: Partial<Record<ScalarFunction, (value: number) => number>> = {
  round: value => Math.sign(value) * Math.floor(Math.abs(value) + 0.5),
  floor: Math.floor,
  ceiling: Math.ceil,
}

/** The result of a function; its arguments fit it, times are milliseconds. */
export function callFunction(name: ScalarFunction, values: readonly (string | number | bigint)[]): string | number {
  const [first = '', ...more] = values
  const ofText = textFunctions[name]
  if (ofText) return ofText(String(first), ...more)
  const ofTime = timeFunctions[name]
  if (ofTime) return ofTime(new Date(Number(first)))
  const ofNumber = numberFunctions[name]
  if (ofNumber) return ofNumber(Number(first))
  throw new Error(`Expected a function of filters, found "${name}"`)
}

/** Calculations are done in doubles. */
export function calculate(operator: Arithmetic['operator'], left: number, right: number): number | null {
  switch (operator) {
    case 'add':
      return left + right
    case 'sub':
      return left - right
    case 'mul':
      return left * right
    case 'div':
      return right === 0 ? null : left / right
    case 'idiv':
      return right === 0 ? null : Math.trunc(left / right)
    case 'mod':
      return right === 0 ? null : left % right
  }
}

export function matchesText(name: MatchFunction, text: string, part: string): boolean {
  if (name === 'startswith') return text.startsWith(part)
  return name === 'endswith' ? text.endsWith(part) : text.includes(part)
}

/** Negative, zero or positive; in the order of code points, which is that of UTF-8. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (a !== b) return codePointRank(a) - codePointRank(b)
  }
  return left.length - right.length
}

/** Surrogates stand for code points above all others of one unit. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

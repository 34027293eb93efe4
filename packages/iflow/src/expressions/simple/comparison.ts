import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'
import type { Compiled, Evaluate } from '../language.ts'

/** Patterns of the operators, longer ones before those that they begin with. */
export const operators: readonly string[] = [
  '==',
  '!=',
  '>=',
  '<=',
  '=',
  '>',
  '<',
  'not\\s+contains\\b',
  'not\\s+regex\\b',
  'not\\s+in\\b',
  'contains\\b',
  'regex\\b',
  'in\\b',
]

type Compare = (left: unknown, right: unknown) => boolean

const comparisons: Readonly<Record<string, Compare>> = {
  '=': areEqual,
  '==': areEqual,
  '!=': (left, right) => !areEqual(left, right),
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  contains,
  'not contains': (left, right) => !contains(left, right),
  in: isAmong,
  'not in': (left, right) => !isAmong(left, right),
}

/** Compiles one comparison. `literal` is the right side when it is a constant text: a regex is then compiled once. */
export function compileComparison(
  left: Evaluate<unknown>,
  operator: string,
  right: Evaluate<unknown>,
  literal: string | undefined,
): Compiled<boolean> {
  if (operator.endsWith('regex')) return compileRegex(left, operator === 'regex', right, literal)
  const compare = comparisons[operator]
  if (compare === undefined) return { problem: `Expected an operator, found "${operator}".` }
  return { evaluate: (exchange, scope) => compare(left(exchange, scope), right(exchange, scope)) }
}

/** The whole of the left side has to match, as in `java.lang.String.matches`. */
function compileRegex(
  left: Evaluate<unknown>,
  wanted: boolean,
  right: Evaluate<unknown>,
  literal: string | undefined,
): Compiled<boolean> {
  if (literal === undefined) {
    return {
      evaluate: (exchange, scope) => matches(left(exchange, scope), regexAtRunTime(right(exchange, scope))) === wanted,
    }
  }
  const pattern = wholePattern(literal)
  if (pattern === undefined) return { problem: `Expected a regular expression, found "${literal}".` }
  return { evaluate: (exchange, scope) => matches(left(exchange, scope), pattern) === wanted }
}

function matches(value: unknown, pattern: RegExp): boolean {
  return value !== null && value !== undefined && pattern.test(asText(value))
}

function regexAtRunTime(value: unknown): RegExp {
  const pattern = wholePattern(asText(value))
  if (pattern === undefined) {
    throw new Failure(`Expected a regular expression, found "${asText(value)}".`, { code: 'expression' })
  }
  return pattern
}

/** Java's inline flag `(?i)` at the start becomes the flag that JavaScript knows. */
function wholePattern(source: string): RegExp | undefined {
  const flags = source.startsWith('(?i)') ? 'i' : ''
  try {
    return new RegExp(`^(?:${source.slice(flags === 'i' ? 4 : 0)})$`, `${flags}s`)
  } catch {
    return undefined
  }
}

/** Nothing equals only nothing. Texts are compared as texts; a number or boolean on one side converts the other. */
function areEqual(left: unknown, right: unknown): boolean {
  if (isNothing(left) || isNothing(right)) return isNothing(left) && isNothing(right)
  if (typeof left === 'number' || typeof right === 'number') {
    const [a, b] = [numeric(left), numeric(right)]
    if (a !== undefined && b !== undefined) return a === b
  }
  return asText(left) === asText(right)
}

/** Negative, zero or positive; not a number when a side is nothing, so that no order holds. */
function order(left: unknown, right: unknown): number {
  if (isNothing(left) || isNothing(right)) return Number.NaN
  const [a, b] = [numeric(left), numeric(right)]
  if (a !== undefined && b !== undefined) return a - b
  const [x, y] = [asText(left), asText(right)]
  return x < y ? -1 : x > y ? 1 : 0
}

function contains(left: unknown, right: unknown): boolean {
  if (isNothing(left)) return false
  if (Array.isArray(left)) return left.some(item => areEqual(item, right))
  return asText(left).includes(asText(right))
}

/** The right side is a list, or a text with commas. */
function isAmong(left: unknown, right: unknown): boolean {
  if (isNothing(right)) return false
  const list = Array.isArray(right)
    ? right
    : asText(right)
        .split(',')
        .map(item => item.trim())
  return list.some(item => areEqual(left, item))
}

function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const text = asText(value).trim()
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

import { ODataError } from '../error.ts'
import type {
  Arithmetic,
  Comparison,
  FilterExpression,
  FilterOperand,
  MatchFunction,
  ScalarFunction,
} from '../filter.ts'
import { scanLiteral } from './literal.ts'

/*
 * A recursive descent parser for `$filter` (OData V2 URI conventions, section 4.5). Precedence from weak to strong: or, and,
 * not, eq and ne, the other comparisons, add and sub, mul, div and mod, minus. Blanks around operators are optional where
 * the words stay apart, because clients send `Id eq 'x'and Status eq 'y'`. Types are not looked at.
 */

const lengthMax = 8_000
const depthMax = 50
const nodesMax = 2_000

type CompareOperator = Comparison['operator']

/** A parsed part: a condition, or a value that a comparison will make a condition of. */
type Part = { readonly condition: FilterExpression } | { readonly operand: FilterOperand }

interface Cursor {
  readonly text: string
  at: number
  depth: number
  nodes: number
}

/** Parses a decoded `$filter`. Throws `ODataError` that names the 1-based position and what was expected there. */
export function parseFilter(text: string): FilterExpression {
  if (text.length > lengthMax) {
    throw new ODataError(
      'malformed-filter',
      `Expected at most ${lengthMax} characters in $filter, found ${text.length}`,
    )
  }
  const cursor: Cursor = { text, at: 0, depth: 0, nodes: 0 }
  const expression = asCondition(cursor, parseOr(cursor))
  skipBlanks(cursor)
  if (cursor.at < text.length) fail(cursor, '"and", "or" or the end')
  return expression
}

function fail(cursor: Cursor, expected: string): never {
  const rest = cursor.text.slice(cursor.at, cursor.at + 20)
  const found = rest === '' ? 'the end' : `"${rest}"`
  throw new ODataError(
    'malformed-filter',
    `Expected ${expected} at position ${cursor.at + 1} of $filter, found ${found}`,
  )
}

function skipBlanks(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at++
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  skipBlanks(cursor)
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (found !== undefined) cursor.at += found.length
  return found
}

function count<Value>(cursor: Cursor, value: Value): Value {
  if (++cursor.nodes > nodesMax) fail(cursor, `at most ${nodesMax} conditions and values`)
  return value
}

function parseOr(cursor: Cursor): Part {
  let left = parseAnd(cursor)
  while (take(cursor, /or(?!\w)/y)) left = join(cursor, 'or', left, parseAnd(cursor))
  return left
}

function parseAnd(cursor: Cursor): Part {
  let left = parseUnary(cursor)
  while (take(cursor, /and(?!\w)/y)) left = join(cursor, 'and', left, parseUnary(cursor))
  return left
}

function join(cursor: Cursor, kind: 'and' | 'or', left: Part, right: Part): Part {
  return count(cursor, {
    condition: { kind, left: asCondition(cursor, left), right: asCondition(cursor, right) },
  })
}

function parseUnary(cursor: Cursor): Part {
  if (!take(cursor, /not(?![\w/])/y)) return parseEquality(cursor)
  return nested(cursor, () => negate(cursor, parseUnary(cursor)))
}

function negate(cursor: Cursor, part: Part): Part {
  return count(cursor, { condition: { kind: 'not', operand: asCondition(cursor, part) } })
}

function nested<Value>(cursor: Cursor, parse: () => Value): Value {
  if (++cursor.depth > depthMax) fail(cursor, `at most ${depthMax} levels`)
  const value = parse()
  cursor.depth--
  return value
}

function parseEquality(cursor: Cursor): Part {
  return comparisons(cursor, parseRelation, /(?:eq|ne)(?!\w)/y)
}

function parseRelation(cursor: Cursor): Part {
  return comparisons(cursor, parseSum, /(?:gt|ge|lt|le)(?!\w)/y)
}

function comparisons(cursor: Cursor, parseSide: (cursor: Cursor) => Part, pattern: RegExp): Part {
  let left = parseSide(cursor)
  for (let operator = take(cursor, pattern); operator; operator = take(cursor, pattern)) {
    left = compare(cursor, left, operator as CompareOperator, parseSide(cursor))
  }
  return left
}

function compare(cursor: Cursor, left: Part, operator: CompareOperator, right: Part): Part {
  if ('operand' in left && 'operand' in right) {
    return count(cursor, { condition: { kind: 'compare', operator, left: left.operand, right: right.operand } })
  }
  const folded = foldTruth(cursor, left, operator, right) ?? foldTruth(cursor, right, operator, left)
  if (folded) return folded
  return count(cursor, { condition: { kind: 'compare', operator, left: asOperand(left), right: asOperand(right) } })
}

/** `condition eq true` is the condition, `condition eq false` its opposite. */
function foldTruth(cursor: Cursor, part: Part, operator: CompareOperator, other: Part): Part | undefined {
  const value = 'operand' in other && other.operand.kind === 'literal' ? other.operand.value : undefined
  if ('operand' in part || typeof value !== 'boolean' || (operator !== 'eq' && operator !== 'ne')) return undefined
  return value === (operator === 'eq') ? part : negate(cursor, part)
}

function asOperand(part: Part): FilterOperand {
  return 'operand' in part ? part.operand : { kind: 'condition', condition: part.condition }
}

function parseSum(cursor: Cursor): Part {
  return calculations(cursor, parseProduct, /(?:add|sub)(?!\w)/y)
}

function parseProduct(cursor: Cursor): Part {
  return calculations(cursor, parseNegation, /(?:mul|div|mod)(?!\w)/y)
}

function calculations(cursor: Cursor, parseSide: (cursor: Cursor) => Part, pattern: RegExp): Part {
  let left = parseSide(cursor)
  for (let operator = take(cursor, pattern); operator; operator = take(cursor, pattern)) {
    const right = parseSide(cursor)
    left = calculate(cursor, left, operator as Arithmetic['operator'], right)
  }
  return left
}

function calculate(cursor: Cursor, left: Part, operator: Arithmetic['operator'], right: Part): Part {
  return count(cursor, { operand: { kind: 'arithmetic', operator, left: asOperand(left), right: asOperand(right) } })
}

/** `-Size`; the minus of a number belongs to the literal. */
function parseNegation(cursor: Cursor): Part {
  if (!take(cursor, /-(?!\d)/y)) return parsePrimary(cursor)
  const zero: Part = { operand: { kind: 'literal', value: 0n } }
  return nested(cursor, () => calculate(cursor, zero, 'sub', parseNegation(cursor)))
}

function parsePrimary(cursor: Cursor): Part {
  skipBlanks(cursor)
  if (take(cursor, /\(/y)) {
    return nested(cursor, () => {
      const inner = parseOr(cursor)
      if (!take(cursor, /\)/y)) fail(cursor, '")"')
      return inner
    })
  }
  const literal = scanLiteral(cursor.text, cursor.at, 'malformed-filter')
  if (literal) {
    cursor.at += literal.length
    return count(cursor, { operand: { kind: 'literal', value: literal.value } })
  }
  const start = cursor.at
  const name = take(cursor, /[A-Za-z_]\w*(?:\/[A-Za-z_]\w*)*/y)
  if (name === undefined) return fail(cursor, 'a property, a value, a function or "("')
  if (take(cursor, /\(/y)) return nested(cursor, () => parseCall(cursor, name, start))
  return count(cursor, { operand: { kind: 'property', path: name } })
}

const matchFunctions: readonly MatchFunction[] = ['substringof', 'startswith', 'endswith']

/** How many arguments each function has, at least and at most. */
const argumentCounts: Readonly<Record<ScalarFunction, readonly [min: number, max: number]>> = {
  tolower: [1, 1],
  toupper: [1, 1],
  trim: [1, 1],
  concat: [2, 2],
  substring: [2, 3],
  replace: [3, 3],
  length: [1, 1],
  indexof: [2, 2],
  year: [1, 1],
  month: [1, 1],
  day: [1, 1],
  hour: [1, 1],
  minute: [1, 1],
  second: [1, 1],
  round: [1, 1],
  floor: [1, 1],
  ceiling: [1, 1],
}

function parseCall(cursor: Cursor, name: string, start: number): Part {
  const matching = matchFunctions.find(known => known === name)
  const [min, max] = matching
    ? [2, 2]
    : Object.hasOwn(argumentCounts, name)
      ? argumentCounts[name as ScalarFunction]
      : []
  if (min === undefined || max === undefined) {
    cursor.at = start
    return fail(cursor, `one of the functions ${[...matchFunctions, ...Object.keys(argumentCounts)].join(', ')}`)
  }
  const values: FilterOperand[] = []
  do values.push(asOperand(parseSum(cursor)))
  while (values.length < max && take(cursor, /,/y))
  if (values.length < min) fail(cursor, '","')
  close(cursor)
  const [first, second] = values
  if (!matching || !first || !second) {
    return count(cursor, { operand: { kind: 'call', function: name as ScalarFunction, arguments: values } })
  }
  const [text, part] = matching === 'substringof' ? [second, first] : [first, second]
  return count(cursor, { condition: { kind: 'match', function: matching, text, part } })
}

function close(cursor: Cursor): void {
  if (!take(cursor, /\)/y)) fail(cursor, '")"')
}

/** A property alone is a condition when it is Boolean, as is the literal `true` or `false`. */
function asCondition(cursor: Cursor, part: Part): FilterExpression {
  if ('condition' in part) return part.condition
  const { operand } = part
  const isTruth = operand.kind === 'property' || (operand.kind === 'literal' && typeof operand.value === 'boolean')
  if (!isTruth) return fail(cursor, 'a comparison such as "eq"')
  cursor.nodes++
  return count(cursor, { kind: 'compare', operator: 'eq', left: operand, right: { kind: 'literal', value: true } })
}

import { ODataError } from '../error.ts'
import type { FilterExpression, FilterOperand } from '../filter.ts'
import { scanLiteral } from './literal.ts'

/*
 * A recursive descent parser for `$filter` (OData V2 URI conventions, section 4.5) without arithmetic. Precedence from
 * weak to strong: or, and, not, comparison. Blanks around operators are optional where the words stay apart, because
 * clients send `Id eq 'x'and Status eq 'y'`.
 */

const lengthMax = 8_000
const depthMax = 50
const nodesMax = 2_000

type CompareOperator = Extract<FilterExpression, { kind: 'compare' }>['operator']
type MatchFunction = Extract<FilterExpression, { kind: 'match' }>['function']

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
  if (!take(cursor, /not(?![\w/])/y)) return parseComparison(cursor)
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

function parseComparison(cursor: Cursor): Part {
  const left = parsePrimary(cursor)
  const operator = take(cursor, /(?:eq|ne|gt|ge|lt|le)(?!\w)/y) as CompareOperator | undefined
  if (!operator) return left
  const right = parsePrimary(cursor)
  if ('condition' in left) return compareCondition(cursor, left, operator, right)
  if ('condition' in right) return compareCondition(cursor, right, operator, left)
  return count(cursor, { condition: { kind: 'compare', operator, left: left.operand, right: right.operand } })
}

/** `condition eq true` is the condition, `condition eq false` its opposite. */
function compareCondition(cursor: Cursor, part: Part, operator: CompareOperator, other: Part): Part {
  const value = 'operand' in other && other.operand.kind === 'literal' ? other.operand.value : undefined
  if (typeof value !== 'boolean' || (operator !== 'eq' && operator !== 'ne')) {
    return fail(cursor, 'a condition to be compared with true or false by "eq" or "ne" before this,')
  }
  return value === (operator === 'eq') ? part : negate(cursor, part)
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

const matchFunctions: ReadonlySet<string> = new Set<MatchFunction>(['substringof', 'startswith', 'endswith'])

function parseCall(cursor: Cursor, name: string, start: number): Part {
  if (name === 'tolower' || name === 'toupper') {
    const argument = parseOperand(cursor)
    close(cursor)
    return count(cursor, { operand: foldCase(name, argument) })
  }
  if (!matchFunctions.has(name)) {
    cursor.at = start
    return fail(cursor, 'one of the functions substringof, startswith, endswith, tolower, toupper')
  }
  const first = parseOperand(cursor)
  if (!take(cursor, /,/y)) fail(cursor, '","')
  const second = parseOperand(cursor)
  close(cursor)
  const [property, text] = name === 'substringof' ? [second, first] : [first, second]
  return count(cursor, { condition: matchCondition(cursor, name as MatchFunction, property, text) })
}

function close(cursor: Cursor): void {
  if (!take(cursor, /\)/y)) fail(cursor, '")"')
}

function parseOperand(cursor: Cursor): FilterOperand {
  const part = parsePrimary(cursor)
  return 'operand' in part ? part.operand : fail(cursor, 'a property or a value before this,')
}

function foldCase(name: 'tolower' | 'toupper', argument: FilterOperand): FilterOperand {
  if (argument.kind !== 'literal' || typeof argument.value !== 'string')
    return { kind: 'call', function: name, argument }
  return { kind: 'literal', value: name === 'tolower' ? argument.value.toLowerCase() : argument.value.toUpperCase() }
}

function matchCondition(
  cursor: Cursor,
  name: MatchFunction,
  subject: FilterOperand,
  text: FilterOperand,
): FilterExpression {
  const fold = subject.kind === 'call' ? subject.function : undefined
  const property = subject.kind === 'call' ? subject.argument : subject
  if (property.kind !== 'property' || text.kind !== 'literal' || typeof text.value !== 'string') {
    return fail(cursor, `a property and a text in ${name} before this,`)
  }
  return { kind: 'match', function: name, property: property.path, ...(fold && { fold }), text: text.value }
}

/** A property alone is a condition when it is Boolean, as is the literal `true` or `false`. */
function asCondition(cursor: Cursor, part: Part): FilterExpression {
  if ('condition' in part) return part.condition
  const { operand } = part
  const isTruth = operand.kind === 'property' || (operand.kind === 'literal' && typeof operand.value === 'boolean')
  if (!isTruth) return fail(cursor, 'a comparison such as "eq"')
  return { kind: 'compare', operator: 'eq', left: operand, right: { kind: 'literal', value: true } }
}

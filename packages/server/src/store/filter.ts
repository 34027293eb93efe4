import {
  type Comparison,
  type FilterExpression,
  type FilterOperand,
  type LiteralValue,
  matches,
  ODataError,
  type OrderBy,
  typedFilter,
  type ValueType,
} from '@sluice/odata'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { operandSql, type Rendering } from './filter-operands.ts'

/**
 * What an OData property is in SQL. `text`: a string. `time`: milliseconds, compared with `datetime'…'`. `timeText`: milliseconds
 * that the entity shows as a string of digits. `integer`: Int32 or Int64. `double`: any number. `boolean`: 0 or 1.
 */
export type PropertyType = 'text' | 'time' | 'timeText' | 'integer' | 'double' | 'boolean'

export interface Property {
  readonly type: PropertyType
  readonly sql: RawBuilder<unknown>
  readonly nullable: boolean
  /** A condition that follows from the comparison with `value` and lets the database use an index. */
  readonly implied?: (operator: ComparisonOperator, value: LiteralValue) => RawBuilder<SqlBool> | undefined
}

export type ComparisonOperator = Comparison['operator']

/** The properties of an entity that can be filtered and sorted by, under their OData paths. */
export type Properties = Readonly<Record<string, Property>>

/** `column`: `table.column`. */
export function column(column: string, type: PropertyType = 'text', more: Partial<Property> = {}): Property {
  return { type, sql: sql.ref(column), nullable: false, ...more }
}

/** A property with the same value in every row. No bare literal: one cannot be sorted by. */
export function constant(value: string | number | boolean): Property {
  if (typeof value === 'string') return { type: 'text', sql: sql`cast(${sql.lit(value)} as text)`, nullable: false }
  const type = typeof value === 'boolean' ? 'boolean' : 'integer'
  return { type, sql: sql`cast(${sql.lit(Number(value))} as bigint)`, nullable: false }
}

/** Pieces of SQL that one filter may become; some functions need an argument twice. */
const piecesMax = 5_000

/**
 * A `$filter` as a condition; every literal becomes a bound parameter. It means what `matches` of the OData package means:
 * comparison with `null` is a test for null, a null property is unequal to every value, and what is not true is false. Case
 * counts, unless the filter says `tolower` or `toupper`. Throws `ODataError` (`unknown-property`, `malformed-filter`).
 */
export function filterCondition(filter: FilterExpression, properties: Properties): RawBuilder<SqlBool> {
  let pieces = 0
  const rendering: Rendering = {
    property: path => find(path, properties),
    condition: inner => condition(inner, rendering),
    typeOf: path => valueTypes[find(path, properties).type],
    count: () => {
      pieces++
      if (pieces > piecesMax) throw new ODataError('malformed-filter', 'Expected a simpler $filter: it is too long')
    },
  }
  return condition(typedFilter(filter, rendering.typeOf), rendering)
}

const valueTypes: Readonly<Record<PropertyType, ValueType>> = {
  text: 'text',
  time: 'time',
  timeText: 'text',
  integer: 'integer',
  double: 'double',
  boolean: 'boolean',
}

function condition(filter: FilterExpression, rendering: Rendering): RawBuilder<SqlBool> {
  rendering.count()
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(terms(filter, filter.kind), filter.kind, rendering)
    case 'not':
      return sql`(${condition(filter.operand, rendering)}) is not true`
    case 'match':
      return match(filter, rendering)
    case 'compare':
      return compare(filter, rendering)
  }
}

/** The terms of `a and b and c`, which is parsed from the left. */
function terms(filter: FilterExpression, kind: 'and' | 'or'): FilterExpression[] {
  const found: FilterExpression[] = []
  let rest = filter
  for (; rest.kind === kind; rest = rest.left) found.unshift(rest.right)
  return [rest, ...found]
}

/** Halves, because SQLite bounds how deep an expression is. */
function joined(filters: readonly FilterExpression[], kind: 'and' | 'or', rendering: Rendering): RawBuilder<SqlBool> {
  const [only] = filters
  if (filters.length === 1 && only) return condition(only, rendering)
  const half = filters.length >> 1
  const left = joined(filters.slice(0, half), kind, rendering)
  const right = joined(filters.slice(half), kind, rendering)
  if (kind === 'and' && (left === everything || right === everything)) return left === everything ? right : left
  return kind === 'and' ? sql`(${left} and ${right})` : sql`(${left} or ${right})`
}

/** Sort keys, then `key` so that pages neither repeat nor skip rows. Nulls sort before all values. */
export function orderTerms(
  orderBy: readonly OrderBy[],
  key: RawBuilder<unknown>,
  properties: Properties,
): RawBuilder<unknown> {
  const terms = orderBy.map(({ property, descending }) => {
    const { sql: value, nullable } = find(property, properties)
    if (!nullable) return descending ? sql`${value} desc` : sql`${value}`
    return descending ? sql`${value} desc nulls last` : sql`${value} nulls first`
  })
  return sql.join([...terms, key])
}

function find(path: string, properties: Properties): Property {
  if (Object.hasOwn(properties, path)) return properties[path] as Property
  throw new ODataError('unknown-property', `Expected a property that can be filtered and sorted by, found "${path}"`)
}

/** The condition of a filter that all rows pass: without it, they can be counted unread. */
export const everything = sql<SqlBool>`1 = 1`

/** A condition that is the same for all rows. */
function always(holds: boolean): RawBuilder<SqlBool> {
  return holds ? everything : sql`1 = 0`
}

function isLiteral(operand: FilterOperand): operand is FilterOperand & { kind: 'literal' } {
  return operand.kind === 'literal'
}

function isNull(operand: FilterOperand): boolean {
  return isLiteral(operand) && operand.value === null
}

function match(filter: FilterExpression & { kind: 'match' }, rendering: Rendering): RawBuilder<SqlBool> {
  const { function: name, text, part } = filter
  if (isLiteral(text) && isLiteral(part)) return always(matches({}, filter))
  if (isNull(text) || isNull(part)) return always(false)
  const subject = operandSql(text, rendering)
  if (isLiteral(part)) {
    const literal = String(part.value).replace(/[\\%_]/g, '\\$&')
    const pattern = { substringof: `%${literal}%`, startswith: `${literal}%`, endswith: `%${literal}` }[name]
    return sql`${subject} like ${pattern} escape '\\'`
  }
  const sought = operandSql(part, rendering)
  if (name === 'substringof') return sql`strpos(${subject}, ${sought}) > 0`
  const length = sql`char_length(${operandSql(part, rendering)})`
  if (name === 'startswith') return sql`substr(${subject}, 1, ${length}) = ${sought}`
  const whole = sql`char_length(${operandSql(text, rendering)})`
  const fits = sql`${length} <= ${whole}`
  return sql`(${fits} and substr(${subject}, ${whole} - ${length} + 1) = ${sought})`
}

const OPERATORS = { lt: sql`<`, le: sql`<=`, gt: sql`>`, ge: sql`>=` }

/** With its sides exchanged. */
const REVERSED = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' } as const

function compare(filter: Comparison, rendering: Rendering): RawBuilder<SqlBool> {
  const { operator, left, right } = filter
  if (isLiteral(left) && isLiteral(right)) return always(matches({}, filter))
  if (isNull(left) || isNull(right)) return compareWithNull(operator, isNull(left) ? right : left, rendering)
  const [leftSql, rightSql] = [sideSql(left, right, rendering), sideSql(right, left, rendering)]
  const holds = comparison(operator, leftSql, rightSql, isLiteral(left) || isLiteral(right))
  const implied =
    impliedCondition(operator, left, right, rendering) ?? impliedCondition(REVERSED[operator], right, left, rendering)
  return implied ? sql`(${holds} and ${implied})` : holds
}

function comparison(
  operator: ComparisonOperator,
  left: RawBuilder<unknown>,
  right: RawBuilder<unknown>,
  isPlain: boolean,
): RawBuilder<SqlBool> {
  if (operator === 'ne') return sql`${left} is distinct from ${right}`
  if (operator !== 'eq') return sql`${left} ${OPERATORS[operator]} ${right}`
  // `=` is what indexes serve; the other forms treat null as a value.
  return isPlain ? sql`${left} = ${right}` : sql`${left} is not distinct from ${right}`
}

function compareWithNull(
  operator: ComparisonOperator,
  operand: FilterOperand,
  rendering: Rendering,
): RawBuilder<SqlBool> {
  // Decided here, or the database would compare every row.
  if (isNeverNull(operand, rendering)) return always(operator === 'ne')
  const value = operandSql(operand, rendering)
  if (operator === 'eq') return sql`${value} is null`
  return operator === 'ne' ? sql`${value} is not null` : always(false)
}

/** One side of a comparison with `other`: a column or parameter as it is where that will do, so that indexes can serve. */
function sideSql(operand: FilterOperand, other: FilterOperand, rendering: Rendering): RawBuilder<unknown> {
  const digits = digitsBeside(operand, rendering) ?? digitsBeside(other, rendering)
  if (digits && isDigits(other)) return digits.sql
  if (digits && isDigits(operand)) return sql.val(Number(operand.value))
  if (isLiteral(operand) && (typeof operand.value === 'string' || operand.value instanceof Date)) {
    return sql.val(operand.value instanceof Date ? operand.value.getTime() : operand.value)
  }
  return operandSql(operand, rendering)
}

/** Milliseconds that the entity shows as digits are compared as the number they are. */
function digitsBeside(operand: FilterOperand, rendering: Rendering): Property | undefined {
  const property = operand.kind === 'property' ? rendering.property(operand.path) : undefined
  return property?.type === 'timeText' ? property : undefined
}

function isDigits(operand: FilterOperand): operand is FilterOperand & { kind: 'literal'; value: string } {
  return isLiteral(operand) && typeof operand.value === 'string' && /^\d{1,15}$/.test(operand.value)
}

function isNeverNull(operand: FilterOperand, rendering: Rendering): boolean {
  return operand.kind === 'property' && !rendering.property(operand.path).nullable
}

function impliedCondition(
  operator: ComparisonOperator,
  property: FilterOperand,
  literal: FilterOperand,
  rendering: Rendering,
): RawBuilder<SqlBool> | undefined {
  if (property.kind !== 'property' || !isLiteral(literal)) return undefined
  return rendering.property(property.path).implied?.(operator, literal.value)
}

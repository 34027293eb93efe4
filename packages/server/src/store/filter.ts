import {
  type FilterExpression,
  type FilterOperand,
  isInt64,
  type LiteralValue,
  ODataError,
  type OrderBy,
} from '@sluice/odata'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * What an OData property is in SQL. `text`: a string. `time`: milliseconds, compared with `datetime'…'`. `timeText`: milliseconds
 * that the entity shows as a string of digits. `integer`: Int32 or Int64. `double`: any number. `boolean`: 0 or 1.
 */
export type PropertyType = 'text' | 'time' | 'timeText' | 'integer' | 'double' | 'boolean'

export interface Property {
  readonly type: PropertyType
  readonly sql: RawBuilder<unknown>
  readonly nullable: boolean
  /** A condition that follows from the comparison with `value` and lets the database use a partial index. */
  readonly implied?: (operator: 'eq' | 'ne', value: LiteralValue) => RawBuilder<SqlBool> | undefined
}

/** The properties of an entity that can be filtered and sorted by, under their OData paths. */
export type Properties = Readonly<Record<string, Property>>

/** `column`: `table.column`. */
export function column(column: string, type: PropertyType = 'text', more: Partial<Property> = {}): Property {
  return { type, sql: sql.ref(column), nullable: false, ...more }
}

/** A property with the same value in every row. */
export function constant(value: string): Property {
  return { type: 'text', sql: sql.lit(value), nullable: false }
}

/**
 * A `$filter` as a condition; every literal becomes a bound parameter. Comparison with `null` is a test for null, and a
 * null property is unequal to every value. Case counts, unless the filter says `tolower` or `toupper`. Throws `ODataError`
 * (`unknown-property`, `malformed-filter`).
 */
export function filterCondition(filter: FilterExpression, properties: Properties): RawBuilder<SqlBool> {
  switch (filter.kind) {
    case 'and':
      return sql`(${filterCondition(filter.left, properties)} and ${filterCondition(filter.right, properties)})`
    case 'or':
      return sql`(${filterCondition(filter.left, properties)} or ${filterCondition(filter.right, properties)})`
    case 'not':
      return sql`not (${filterCondition(filter.operand, properties)})`
    case 'match':
      return match(filter, properties)
    case 'compare':
      return compare(filter, properties)
  }
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

function match(
  { function: name, property, fold, text }: FilterExpression & { kind: 'match' },
  properties: Properties,
): RawBuilder<SqlBool> {
  const { type, sql: value } = find(property, properties)
  if (type !== 'text')
    throw new ODataError('malformed-filter', `Expected a text property in ${name}, found "${property}"`)
  const literal = text.replace(/[\\%_]/g, '\\$&')
  const pattern = { substringof: `%${literal}%`, startswith: `${literal}%`, endswith: `%${literal}` }[name]
  const subject = fold ? sql`${CASE_FUNCTIONS[fold]}(${value})` : value
  return sql`${subject} like ${pattern} escape '\\'`
}

const CASE_FUNCTIONS = { tolower: sql`lower`, toupper: sql`upper` }

const OPERATORS = { lt: sql`<`, le: sql`<=`, gt: sql`>`, ge: sql`>=` }

function compare(
  { operator, left, right }: FilterExpression & { kind: 'compare' },
  properties: Properties,
): RawBuilder<SqlBool> {
  const type = commonType(left, right, properties)
  const leftSql = operandSql(left, type, properties)
  const rightSql = operandSql(right, type, properties)
  if (operator !== 'eq' && operator !== 'ne') return sql`${leftSql} ${OPERATORS[operator]} ${rightSql}`
  const implied =
    impliedCondition(operator, left, right, properties) ?? impliedCondition(operator, right, left, properties)
  const condition = equality(operator, leftSql, rightSql, isNull(left) || isNull(right))
  return implied ? sql`(${condition} and ${implied})` : condition
}

/** `=` is what indexes serve; the other forms treat null as a value. */
function equality(
  operator: 'eq' | 'ne',
  left: RawBuilder<unknown>,
  right: RawBuilder<unknown>,
  withNull: boolean,
): RawBuilder<SqlBool> {
  if (operator === 'ne') return sql`${left} is distinct from ${right}`
  return withNull ? sql`${left} is not distinct from ${right}` : sql`${left} = ${right}`
}

function isNull(operand: FilterOperand): boolean {
  return operand.kind === 'literal' && operand.value === null
}

function impliedCondition(
  operator: 'eq' | 'ne',
  property: FilterOperand,
  literal: FilterOperand,
  properties: Properties,
): RawBuilder<SqlBool> | undefined {
  if (property.kind !== 'property' || literal.kind !== 'literal') return undefined
  return find(property.path, properties).implied?.(operator, literal.value)
}

/** Undefined when both sides are literals. */
function commonType(left: FilterOperand, right: FilterOperand, properties: Properties): PropertyType | undefined {
  const leftType = operandType(left, properties)
  const rightType = operandType(right, properties)
  if (leftType && rightType && comparable[leftType] !== comparable[rightType]) {
    throw new ODataError('malformed-filter', `Expected operands of one type, found ${leftType} and ${rightType}`)
  }
  return leftType ?? rightType
}

/** Types with the same word can be compared with each other. */
const comparable: Readonly<Record<PropertyType, string>> = {
  text: 'text',
  time: 'time',
  timeText: 'time',
  integer: 'number',
  double: 'number',
  boolean: 'boolean',
}

function operandType(operand: FilterOperand, properties: Properties): PropertyType | undefined {
  if (operand.kind === 'property') return find(operand.path, properties).type
  return operand.kind === 'call' ? 'text' : undefined
}

function operandSql(
  operand: FilterOperand,
  type: PropertyType | undefined,
  properties: Properties,
): RawBuilder<unknown> {
  if (operand.kind === 'property') return find(operand.path, properties).sql
  if (operand.kind === 'literal') return sql.val(parameter(operand.value, type))
  const argument = operandSql(operand.argument, 'text', properties)
  const argumentType = operandType(operand.argument, properties)
  if (argumentType !== undefined && argumentType !== 'text') {
    throw new ODataError('malformed-filter', `Expected a text in ${operand.function}, found ${argumentType}`)
  }
  return sql`${CASE_FUNCTIONS[operand.function]}(${argument})`
}

function parameter(value: LiteralValue, type: PropertyType | undefined): string | number | bigint | null {
  if (value === null) return null
  if (type === undefined) {
    if (value instanceof Date) return value.getTime()
    // Databases bind no larger ones.
    if (typeof value === 'bigint') return isInt64(value) ? value : Number(value)
    return typeof value === 'boolean' ? Number(value) : value
  }
  if (type === 'text' && typeof value === 'string') return value
  if (type === 'time' && value instanceof Date) return value.getTime()
  if (type === 'timeText' && typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value)
  if (type === 'integer' && (typeof value === 'bigint' || Number.isInteger(value))) return value as number | bigint
  if (type === 'double' && (typeof value === 'number' || typeof value === 'bigint')) return value
  if (type === 'boolean' && typeof value === 'boolean') return Number(value)
  const expected = {
    text: "a text such as 'x'",
    time: "a date such as datetime'2025-01-31T00:00:00'",
    timeText: "digits such as '1700000000000'",
    integer: 'an integer such as 5 or 5L',
    double: 'a number such as 1.5',
    boolean: 'true or false',
  }
  throw new ODataError(
    'malformed-filter',
    `Expected ${expected[type]}, found ${value instanceof Date ? 'a date' : typeof value}`,
  )
}

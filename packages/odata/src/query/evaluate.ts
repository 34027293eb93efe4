import type { EntityRow, PropertyValue } from '../edm/model.ts'
import type { Comparison, FilterExpression, FilterOperand, LiteralValue, OrderBy } from '../filter.ts'
import { calculate, callFunction, compareTexts, matchesText } from './functions.ts'

/** What a list in memory understands of a query; the same shape that repositories take. */
export interface RowQuery {
  readonly filter?: FilterExpression | undefined
  readonly orderBy?: readonly OrderBy[] | undefined
  readonly top?: number | undefined
  readonly skip?: number | undefined
}

/**
 * Filters, sorts and pages rows that are not in a database. The filter must have passed `checkQuery`. Null equals null
 * and nothing else; other comparisons with null are false. Sorting is stable, null first.
 */
export function queryRows<Row extends EntityRow>(rows: readonly Row[], query: RowQuery): Row[] {
  const { filter, orderBy = [], skip = 0, top } = query
  const found = filter ? rows.filter(row => matches(row, filter)) : [...rows]
  if (orderBy.length > 0) found.sort((a, b) => compareRows(a, b, orderBy))
  return found.slice(skip, top === undefined ? undefined : skip + top)
}

/** Whether a row passes a filter. */
export function matches(row: EntityRow, filter: FilterExpression): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(row, filter.left) && matches(row, filter.right)
    case 'or':
      return matches(row, filter.left) || matches(row, filter.right)
    case 'not':
      return !matches(row, filter.operand)
    case 'compare':
      return holds(filter.operator, evaluate(filter.left, row) ?? null, evaluate(filter.right, row) ?? null)
    case 'match': {
      const [text, part] = [evaluate(filter.text, row), evaluate(filter.part, row)]
      return typeof text === 'string' && typeof part === 'string' && matchesText(filter.function, text, part)
    }
  }
}

function holds(operator: Comparison['operator'], left: PropertyValue, right: PropertyValue): boolean {
  const order = compareValues(left, right)
  if (operator === 'eq') return order === 0
  if (operator === 'ne') return order !== 0
  if (order === undefined || left === null) return false
  if (operator === 'gt') return order > 0
  if (operator === 'ge') return order >= 0
  return operator === 'lt' ? order < 0 : order <= 0
}

/** The value of an operand for a row; times are milliseconds. The operand must have passed `typedFilter`. */
export function evaluate(operand: FilterOperand, row: EntityRow): PropertyValue {
  switch (operand.kind) {
    case 'property':
      return valueAt(row, operand.path)
    case 'literal':
      return plainValue(operand.value)
    case 'condition':
      return matches(row, operand.condition)
    case 'call': {
      const values = operand.arguments.map(value => evaluate(value, row))
      return values.some(isNull) ? null : callFunction(operand.function, values as (string | number | bigint)[])
    }
    case 'arithmetic': {
      const [left, right] = [evaluate(operand.left, row), evaluate(operand.right, row)]
      return isNull(left) || isNull(right) ? null : calculate(operand.operator, Number(left), Number(right))
    }
  }
}

function isNull(value: PropertyValue): value is null | undefined {
  return value === null || value === undefined
}

function plainValue(value: LiteralValue): PropertyValue {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'object' && value !== null && 'ofDayMs' in value ? value.ofDayMs : value
}

/** The value of `Name` or `Complex/Name` in a row. */
export function valueAt(row: EntityRow, path: string): PropertyValue {
  const [first = '', second] = path.split('/')
  const value = row[first]
  if (second === undefined) return value
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array) ? value[second] : null
}

/** Negative, zero or positive; undefined when the values have no order. */
function compareValues(a: PropertyValue, b: PropertyValue): number | undefined {
  const [left, right] = [a ?? null, b ?? null]
  if (left === null || right === null) return left === right ? 0 : undefined
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right)
  if (left instanceof Uint8Array && right instanceof Uint8Array) return haveSameBytes(left, right) ? 0 : undefined
  if (typeof left === 'object' || typeof right === 'object') return undefined
  // biome-ignore lint/suspicious/noDoubleEquals: an Int64 is a bigint and may be compared with a number
  if (left == right) return 0
  return left < right ? -1 : 1
}

function haveSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

function compareRows(a: EntityRow, b: EntityRow, orderBy: readonly OrderBy[]): number {
  for (const { property, descending } of orderBy) {
    const [left, right] = [valueAt(a, property), valueAt(b, property)]
    const order = compareValues(left, right) ?? Number(left != null) - Number(right != null)
    if (order !== 0) return descending ? -order : order
  }
  return 0
}

import type { EntityRow, PropertyValue } from '../edm/model.ts'
import type { FilterExpression, FilterOperand, OrderBy } from '../filter.ts'

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

function matches(row: EntityRow, filter: FilterExpression): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(row, filter.left) && matches(row, filter.right)
    case 'or':
      return matches(row, filter.left) || matches(row, filter.right)
    case 'not':
      return !matches(row, filter.operand)
    case 'compare':
      return isTrue(filter.operator, compareValues(operandValue(row, filter.left), operandValue(row, filter.right)))
    case 'match':
      return matchesText(valueAt(row, filter.property), filter)
  }
}

function isTrue(operator: Extract<FilterExpression, { kind: 'compare' }>['operator'], order: number | undefined) {
  switch (operator) {
    case 'eq':
      return order === 0
    case 'ne':
      return order !== 0
    case 'gt':
      return order !== undefined && order > 0
    case 'ge':
      return order !== undefined && order >= 0
    case 'lt':
      return order !== undefined && order < 0
    case 'le':
      return order !== undefined && order <= 0
  }
}

function matchesText(value: PropertyValue, filter: Extract<FilterExpression, { kind: 'match' }>): boolean {
  if (typeof value !== 'string') return false
  const text = filter.fold ? foldCase(filter.fold, value) : value
  if (filter.function === 'startswith') return text.startsWith(filter.text)
  return filter.function === 'endswith' ? text.endsWith(filter.text) : text.includes(filter.text)
}

function foldCase(name: 'tolower' | 'toupper', text: string): string {
  return name === 'tolower' ? text.toLowerCase() : text.toUpperCase()
}

function operandValue(row: EntityRow, operand: FilterOperand): PropertyValue {
  if (operand.kind === 'property') return valueAt(row, operand.path)
  if (operand.kind === 'literal') return operand.value instanceof Date ? operand.value.getTime() : operand.value
  const argument = operandValue(row, operand.argument)
  return typeof argument === 'string' ? foldCase(operand.function, argument) : null
}

/** The value of `Name` or `Complex/Name` in a row. */
export function valueAt(row: EntityRow, path: string): PropertyValue {
  const [first = '', second] = path.split('/')
  const value = row[first]
  if (second === undefined) return value
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array) ? value[second] : null
}

/** Negative, zero or positive; undefined when the values have no order. Texts are compared by code unit. */
function compareValues(a: PropertyValue, b: PropertyValue): number | undefined {
  const [left, right] = [a ?? null, b ?? null]
  if (left === null || right === null) return left === right ? 0 : undefined
  if (typeof left === 'object' || typeof right === 'object') return undefined
  // biome-ignore lint/suspicious/noDoubleEquals: an Int64 is a bigint in the row and may be a number in the filter
  if (left == right) return 0
  return left < right ? -1 : 1
}

function compareRows(a: EntityRow, b: EntityRow, orderBy: readonly OrderBy[]): number {
  for (const { property, descending } of orderBy) {
    const [left, right] = [valueAt(a, property), valueAt(b, property)]
    const order = compareValues(left, right) ?? Number(left != null) - Number(right != null)
    if (order !== 0) return descending ? -order : order
  }
  return 0
}

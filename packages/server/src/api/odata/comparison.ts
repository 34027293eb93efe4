import type { FilterExpression } from '@sluice/odata'

/** A filter that compares a property with a literal. */
export function comparison(property: string, operator: 'eq' | 'ne', value: number | string): FilterExpression {
  return {
    kind: 'compare',
    operator,
    left: { kind: 'property', path: property },
    right: { kind: 'literal', value },
  }
}

/** A filter for what passes both; no filter passes everything. */
export function both(one: FilterExpression, other: FilterExpression | undefined): FilterExpression
export function both(
  one: FilterExpression | undefined,
  other: FilterExpression | undefined,
): FilterExpression | undefined
export function both(
  one: FilterExpression | undefined,
  other: FilterExpression | undefined,
): FilterExpression | undefined {
  return one && other ? { kind: 'and', left: one, right: other } : (one ?? other)
}

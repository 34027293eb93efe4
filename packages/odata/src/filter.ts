/** Part of a day: `time'PT13H20M'`. */
export interface TimeOfDay {
  readonly ofDayMs: number
}

/**
 * A literal of the URL grammar: `'text'`, `guid'…'`, `true`, `null`, `datetime'…'`, `time'…'`, `X'0AFF'`. Integers (`5`,
 * `7875L`) are `bigint`, other numbers (`5.0`, `1e9`, `3f`, `2.5m`) are `number`.
 */
export type LiteralValue = string | number | bigint | boolean | null | Date | TimeOfDay | Uint8Array

/**
 * A parsed `$filter`, ready to become SQL. Property paths are as written, segments joined with `/`
 * (`IntegrationArtifact/Id`).
 */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | Comparison
  /** A boolean function: `text` contains, starts or ends with `part`. `… eq true` and `… eq false` are folded away. */
  | {
      readonly kind: 'match'
      readonly function: MatchFunction
      readonly text: FilterOperand
      readonly part: FilterOperand
    }

/** Two values compared. */
export interface Comparison {
  readonly kind: 'compare'
  readonly operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
  readonly left: FilterOperand
  readonly right: FilterOperand
}

/** Functions that are conditions. */
export type MatchFunction = 'substringof' | 'startswith' | 'endswith'

/** A value in a filter. */
export type FilterOperand =
  | { readonly kind: 'property'; readonly path: string }
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | FilterCall
  | Arithmetic
  /** The truth of a condition as a value: one side of `(A eq 1) eq (B eq 2)`. */
  | { readonly kind: 'condition'; readonly condition: FilterExpression }

/** A function of values. */
export interface FilterCall {
  readonly kind: 'call'
  readonly function: ScalarFunction
  readonly arguments: readonly FilterOperand[]
}

/** Functions that give a value. */
export type ScalarFunction =
  | ('tolower' | 'toupper' | 'trim' | 'concat' | 'substring' | 'replace' | 'length' | 'indexof')
  | ('year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'round' | 'floor' | 'ceiling')

/** A calculation. `idiv` is not written: it is `div` of two integers, whose result has no fraction. */
export interface Arithmetic {
  readonly kind: 'arithmetic'
  readonly operator: 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'idiv'
  readonly left: FilterOperand
  readonly right: FilterOperand
}

/** One item of `$orderby`; the first sorts first. */
export interface OrderBy {
  readonly property: string
  readonly descending: boolean
}

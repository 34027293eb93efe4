/** A literal of the URL grammar: `'text'`, `5`, `7875L`, `true`, `null`, `datetime'…'`, `guid'…'`. */
export type LiteralValue = string | number | bigint | boolean | null | Date

/**
 * A parsed `$filter`, ready to become SQL. Property paths are as written, segments joined with `/`
 * (`IntegrationArtifact/Id`).
 */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | {
      readonly kind: 'compare'
      readonly operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
      readonly left: FilterOperand
      readonly right: FilterOperand
    }
  /** A boolean function standing alone; `… eq true` and `… eq false` are folded into this and `not`. */
  | {
      readonly kind: 'match'
      readonly function: 'substringof' | 'startswith' | 'endswith'
      readonly property: string
      /** The case function around the property: `substringof('a', tolower(Name))`. */
      readonly fold?: 'tolower' | 'toupper'
      readonly text: string
    }

/** One side of a comparison. */
export type FilterOperand =
  | { readonly kind: 'property'; readonly path: string }
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | { readonly kind: 'call'; readonly function: 'tolower' | 'toupper'; readonly argument: FilterOperand }

/** One item of `$orderby`; the first sorts first. */
export interface OrderBy {
  readonly property: string
  readonly descending: boolean
}

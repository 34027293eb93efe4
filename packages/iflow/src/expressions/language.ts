import type { Exchange } from '../run/exchange.ts'
import type { RunScope } from '../run/scope.ts'

/** A compiled expression. Throws a `Failure` of code `expression` or `not-well-formed` when the message does not fit. */
export type Evaluate<T> = (exchange: Exchange, scope: RunScope) => T

/** An expression that was compiled, or what is wrong with its text in the pattern "Expected …, found …". */
export type Compiled<T> = { readonly evaluate: Evaluate<T> } | { readonly problem: string }

/** What the text of an expression may refer to. */
export interface ExpressionContext {
  /** Prefix to namespace URI, from the flow's `namespaceMapping`. */
  readonly namespaces: ReadonlyMap<string, string>
}

/** Executed by the tests and printed in the reference pages. */
export interface ExpressionExample {
  readonly expression: string
  /** Whether the expression is read as a condition or as a value. */
  readonly as: 'value' | 'condition'
  readonly body?: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly properties?: Readonly<Record<string, unknown>>
  /** As text for values; the clock stands at 2025-03-14T15:09:26.535Z. */
  readonly result: string | boolean
}

/** A piece of an expression that can be written as it stands, and what it gives. */
export interface ExpressionHint {
  readonly text: string
  readonly doc: string
}

/** An expression language: declared once, compiled when the flow is, evaluated for each message. */
export interface ExpressionLanguage {
  /** `simple` or `xpath`: how steps ask for it. */
  readonly type: string
  readonly label: string
  readonly doc: string
  /** What can be called, as it is written; names in capital letters stand for any. */
  readonly functions: readonly ExpressionHint[]
  /** What a message may bring along, as it is read. */
  readonly variables: readonly ExpressionHint[]
  readonly examples: readonly ExpressionExample[]
  /** Compiles to a value. A promise only the first time, while the language loads its library. */
  value(source: string, context: ExpressionContext): Compiled<unknown> | Promise<Compiled<unknown>>
  /** Compiles to a yes or no. */
  condition(source: string, context: ExpressionContext): Compiled<boolean> | Promise<Compiled<boolean>>
}

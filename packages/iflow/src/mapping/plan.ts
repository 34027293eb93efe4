import type { Parameters } from './functions/function.ts'

/** A compiled mapping: plain values, which can cross to another process. Made once for each deployment. */
export interface MappingPlan {
  readonly source: SourcePlan
  /** Inputs stand before what uses them. */
  readonly expressions: readonly Expression[]
  readonly target: TargetNode
  readonly targetFormat: 'xml' | 'json'
  /** Path of each script that functions come from, below `src/main/resources`. */
  readonly scripts: readonly string[]
}

/** How fields are taken out of the message. */
export interface SourcePlan {
  readonly format: 'xml' | 'json'
  readonly root: SourceNode
  /** Whether each field starts with an open context: its contexts are those of the document. */
  readonly fields: readonly { readonly startsOpen: boolean }[]
}

/** An element that fields are taken from, or that lies on the way to one. */
export interface SourceNode {
  readonly name: string
  /** Empty: no namespace. Undefined: any. */
  readonly uri: string | undefined
  /** Fields that get its text. */
  readonly texts: readonly number[]
  /** Fields that get its markup. */
  readonly markups: readonly number[]
  /** Fields whose contexts it opens. */
  readonly opens: readonly number[]
  readonly attributes: readonly SourceAttribute[]
  readonly children: readonly SourceNode[]
}

/** An attribute that fields are taken from. */
export interface SourceAttribute {
  readonly name: string
  readonly uri: string | undefined
  readonly fields: readonly number[]
}

/** One queue of an expression: all but user-defined functions have only output 0. */
export interface QueueReference {
  readonly expression: number
  readonly output: number
}

/** What makes queues. */
export type Expression =
  | { readonly kind: 'source'; readonly field: number }
  | {
      readonly kind: 'function'
      readonly name: string
      readonly parameters: Parameters
      readonly inputs: readonly QueueReference[]
    }
  | {
      readonly kind: 'script'
      /** Index into `scripts`. */
      readonly script: number
      readonly name: string
      /** Whether the function takes single values, or all values of a context. */
      readonly takes: 'values' | 'contexts'
      readonly inputs: readonly QueueReference[]
    }

/** An element, attribute or member of the target. */
export interface TargetNode {
  /** As it is written, with its prefix. */
  readonly name: string
  /** Namespace declarations that its start tag adds, ready to write. */
  readonly declarations: string
  readonly isAttribute: boolean
  readonly minOccurs: number
  /** Infinity: without bound. */
  readonly maxOccurs: number
  /** As mapping files write it: what errors name. */
  readonly path: string
  /** What creates it, a context for each parent. Undefined: it is created as often as it must occur. */
  readonly queue: QueueReference | undefined
  /** Whether the structure has elements below it: then it has no text. */
  readonly hasElements: boolean
  readonly json: 'string' | 'bare'
  readonly children: readonly TargetNode[]
}

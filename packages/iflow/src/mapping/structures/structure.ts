/** An element or attribute of a message. Children are read when they are asked for: structures may contain themselves. */
export interface StructureNode {
  readonly local: string
  /** Empty: no namespace. */
  readonly uri: string
  readonly isAttribute: boolean
  readonly minOccurs: number
  /** Infinity: without bound. */
  readonly maxOccurs: number
  /** How a value is written in JSON. */
  readonly json: 'string' | 'bare'
  /** Attributes, then elements in the order in which they stand. */
  children(): readonly StructureNode[]
}

/** A structure, or why there is none. */
export type StructureResult = StructureNode | { readonly problem: string }

/** Keeps what is made on first use. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

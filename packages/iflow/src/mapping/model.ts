import type { Parameters } from './functions/function.ts'

/** A mapping file (`.mmap`), read but not compiled. */
export interface MappingFile {
  readonly sources: readonly MessageLink[]
  readonly targets: readonly MessageLink[]
  /** Prefix to namespace, as far as the file says; paths may use others. */
  readonly prefixes: ReadonlyMap<string, string>
  /** Script files by the library name that functions refer to. */
  readonly libraries: ReadonlyMap<string, string>
  readonly fields: readonly FieldMapping[]
}

/** A message and where its structure is described. */
export interface MessageLink {
  readonly kind: string
  /** Path below `src/main/resources`. */
  readonly file: string
  /** Root element, WSDL message, or path, method and direction of an OpenAPI operation. */
  readonly root: string
  readonly namespace: string
  readonly minOccurs: number
  /** Infinity: without bound. */
  readonly maxOccurs: number
}

/** What a target field is made of. */
export interface FieldMapping {
  readonly path: string
  /** Undefined: the field is listed, and nothing is mapped to it. */
  readonly expression: Input | undefined
}

/** A field of the source, or a function. Bricks that are used several times are the same object. */
export type Brick = SourceBrick | FunctionBrick

export interface SourceBrick {
  readonly kind: 'source'
  readonly path: string
  /** Path of the element that contexts are of; undefined: the parent. */
  readonly context: string | undefined
  /** Whether the value is the markup of the element. */
  readonly asXml: boolean
}

export interface FunctionBrick {
  readonly kind: 'function'
  readonly name: string
  /** `dflt` for standard functions, else the name of a library. */
  readonly library: string
  readonly inputs: readonly Input[]
  readonly parameters: Parameters
}

/** What goes into a pin; `output` tells the outputs of a user-defined function apart, from 0. */
export interface Input {
  readonly brick: Brick
  readonly output: number
}

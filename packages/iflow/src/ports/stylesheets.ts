/** XSLT that flows bring along, run by the host where it reaches no files, no network and no Java. */
export interface Stylesheets {
  /**
   * Compiles a stylesheet, once for each program object. Resolves with what is wrong, a sentence each; with nothing when it
   * can run.
   */
  prepare(program: StylesheetProgram): Promise<readonly string[]>
  /**
   * Transforms one document. Rejects with a `Failure`: `not-well-formed` for a document that is no XML, `stylesheet` when the
   * stylesheet fails or ends itself (with file and line), `stylesheet-limit` when it takes too long or too much memory.
   */
  transform(program: StylesheetProgram, input: StylesheetInput): Promise<StylesheetOutput>
}

/** A stylesheet and everything that it may load. Hosts keep what they compiled by the identity of this object. */
export interface StylesheetProgram {
  /** Path in its artifact, below `src/main/resources`: what errors name. */
  readonly file: string
  /** The text of the file and of all that it imports or includes, by path. */
  readonly files: ReadonlyMap<string, string>
}

/** What a stylesheet works on. */
export interface StylesheetInput {
  /** Without a document type declaration. */
  readonly document: string
  /** By name without a namespace, as untyped values; the parameters that are left out have the value that they declare. */
  readonly parameters: ReadonlyMap<string, string>
}

/** What a stylesheet gave. */
export interface StylesheetOutput {
  /** Serialised as its `xsl:output` says, before it is encoded. */
  readonly text: string
  /** What `setHeader` and `setProperty` of namespace `http://sap.com/it/` were called with, in that order. */
  readonly changes: readonly StylesheetChange[]
}

/** A header or property that a stylesheet sets. */
export interface StylesheetChange {
  readonly kind: 'header' | 'property'
  readonly name: string
  readonly value: string
}

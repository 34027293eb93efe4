/** Where in an artifact a diagnostic points. Every part that is known is given. */
export interface DiagnosticLocation {
  /** Path inside the artifact, for example `src/main/resources/scenarioflows/integrationflow/Hello.iflw`. */
  readonly file?: string
  /** The BPMN id of the element, for example `CallActivity_4`. */
  readonly elementId?: string
  /** The name a person gave the element, for example `Set greeting`. */
  readonly elementName?: string
  /** 1-based line in `file`. */
  readonly line?: number
}

/**
 * A mistake of the flow's author, or something this engine does not support, returned as data.
 * Parsing and compiling collect diagnostics and never throw on bad input.
 */
export interface Diagnostic {
  /** Stable, in kebab-case: what clients and tests compare (`unsupported-step`, `broken-xml`, …). */
  readonly code: string
  /** `error`: the flow cannot be deployed. `warning`: it can, and this deserves a look. */
  readonly severity: 'error' | 'warning'
  /** One sentence in the pattern "Expected …, found …", naming what to do where that is not plain. */
  readonly message: string
  readonly at: DiagnosticLocation
  /** The externalised parameters whose values are to blame: the flow needs others, not a change. */
  readonly parameters?: readonly string[]
}

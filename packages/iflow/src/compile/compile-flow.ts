import type { Bundle } from '../bundle/bundle.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Plan } from '../run/plan.ts'
import type { Registry } from './registry.ts'

export interface CompileInput {
  readonly bundle: Bundle
  /** Configured values of externalised parameters; they override the artifact's `parameters.prop`. */
  readonly parameters?: ReadonlyMap<string, string>
  readonly registry: Registry
}

export interface CompileResult {
  /** Present when no diagnostic is an error. */
  readonly plan: Plan | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Compiles an artifact to a plan. Never throws on bad input: every problem is a diagnostic that names the element,
 * and all of them are reported. Local processes that nothing calls are compiled as well, and their diagnostics count.
 * Asynchronous because expression languages load their libraries when a flow first needs them.
 */
export declare function compileFlow(input: CompileInput): Promise<CompileResult>

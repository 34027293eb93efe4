import { type Bundle, compileFlow, type Diagnostic, type openBundle, type Plan, type Registry } from '@sluice/iflow'
import { registry as everything } from '../runtime/build-flow.ts'

export interface CompiledArtifact {
  readonly bundle: Bundle | undefined
  /** Present when no diagnostic is an error. */
  readonly plan: Plan | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Compiles a flow, by default with everything that a server of this version knows. `parameters` win over the artifact's own;
 * `artifacts` are others that it may refer to, by symbolic name.
 */
export async function compileArtifact(
  { bundle, diagnostics }: ReturnType<typeof openBundle>,
  parameters: ReadonlyMap<string, string>,
  artifacts: ReadonlyMap<string, Bundle> = new Map(),
  registry: Registry = everything,
): Promise<CompiledArtifact> {
  if (!bundle) return { bundle, plan: undefined, diagnostics }
  if (bundle.type !== 'IntegrationFlow') {
    const message = `Expected an artifact of type IntegrationFlow, found ${bundle.type}.`
    return { bundle, plan: undefined, diagnostics: [{ code: 'not-a-flow', severity: 'error', message, at: {} }] }
  }
  const compiled = await compileFlow({ bundle, parameters, artifacts, registry })
  const all = [...diagnostics, ...compiled.diagnostics]
  const isBroken = all.some(diagnostic => diagnostic.severity === 'error')
  return { bundle, plan: isBroken ? undefined : compiled.plan, diagnostics: all }
}

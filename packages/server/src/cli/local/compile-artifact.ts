import { type Bundle, compileFlow, type Diagnostic, openBundle, type Plan } from '@sluice/iflow'
import type { ArchiveFiles } from '../../runtime/archive.ts'
import { registry } from '../../runtime/build-flow.ts'

export interface CompiledArtifact {
  readonly bundle: Bundle | undefined
  /** Present when no diagnostic is an error. */
  readonly plan: Plan | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Compiles an artifact with everything that a server of this version knows. `parameters` win over the artifact's own. */
export async function compileArtifact(
  files: ArchiveFiles,
  parameters: ReadonlyMap<string, string>,
): Promise<CompiledArtifact> {
  const { bundle, diagnostics } = openBundle(files)
  if (!bundle) return { bundle, plan: undefined, diagnostics }
  if (bundle.type !== 'IntegrationFlow') {
    const message = `Expected an artifact of type IntegrationFlow, found ${bundle.type}.`
    return { bundle, plan: undefined, diagnostics: [{ code: 'not-a-flow', severity: 'error', message, at: {} }] }
  }
  const compiled = await compileFlow({ bundle, parameters, registry })
  const all = [...diagnostics, ...compiled.diagnostics]
  const isBroken = all.some(diagnostic => diagnostic.severity === 'error')
  return { bundle, plan: isBroken ? undefined : compiled.plan, diagnostics: all }
}

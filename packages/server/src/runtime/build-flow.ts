import { adapters } from '@sluice/adapters'
import { compileFlow, type Diagnostic, expressions, openBundle, steps } from '@sluice/iflow'
import { ArchiveError, readArchive } from './archive.ts'
import type { RunningFlow } from './flow-runner.ts'

/** Every step, adapter and expression language that this server knows. */
export const registry = { steps, adapters, expressions }

/** `flow` is there when no diagnostic is an error. */
export interface BuildResult {
  readonly flow: RunningFlow | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Turns an artifact zip into a flow that can run. `parameters` are configured values; they win over the artifact's own.
 * Whatever is wrong with the archive or the flow is a diagnostic.
 */
export async function buildFlow(
  content: Uint8Array,
  parameters: ReadonlyMap<string, string>,
  packageId: string,
): Promise<BuildResult> {
  const files = await readArchive(content).catch((error: unknown) => {
    if (error instanceof ArchiveError) return error
    throw error
  })
  if (files instanceof ArchiveError) {
    return { flow: undefined, diagnostics: [{ code: files.code, severity: 'error', message: files.message, at: {} }] }
  }
  const { bundle, diagnostics } = openBundle(files)
  if (!bundle) return { flow: undefined, diagnostics }
  const compiled = await compileFlow({ bundle, parameters, registry })
  const all = [...diagnostics, ...compiled.diagnostics]
  if (!compiled.plan || all.some(diagnostic => diagnostic.severity === 'error'))
    return { flow: undefined, diagnostics: all }
  const { plan } = compiled
  return {
    flow: { id: bundle.id, name: bundle.name, packageId, plan, entryPoints: plan.entryPoints },
    diagnostics: all,
  }
}

/** A diagnostic as one line for people: what, where, and the code in brackets. */
export function describeDiagnostic({ message, at, code }: Diagnostic): string {
  const element = at.elementId && (at.elementName ? `"${at.elementName}" (${at.elementId})` : at.elementId)
  const file = at.file && (at.line ? `${at.file}:${at.line}` : at.file)
  const where = [element && `element ${element}`, file].filter(Boolean).join(', ')
  return `${message}${where ? ` at ${where}` : ''} [${code}]`
}

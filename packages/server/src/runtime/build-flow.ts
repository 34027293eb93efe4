import { adapters } from '@sluice/adapters'
import { type Bundle, compileFlow, type Diagnostic, expressions, openBundle, steps } from '@sluice/iflow'
import { ArchiveError, readArchive } from './archive.ts'
import type { RunningFlow } from './flow-runner.ts'

/** Every step, adapter and expression language that this server knows. */
export const registry = { steps, adapters, expressions }

/** An artifact zip, read but not built. Whatever is wrong with the archive is a diagnostic. */
export async function openArtifact(content: Uint8Array): Promise<ReturnType<typeof openBundle>> {
  const files = await readArchive(content).catch((error: unknown) => {
    if (error instanceof ArchiveError) return error
    throw error
  })
  if (!(files instanceof ArchiveError)) return openBundle(files)
  const { code, message } = files
  return { bundle: undefined, diagnostics: [{ code, severity: 'error', message, at: {} }] }
}

/** `flow` is there when no diagnostic is an error. */
export interface BuildResult {
  readonly flow: RunningFlow | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Turns an artifact into a flow that can run. `parameters` are configured values; they win over the artifact's own.
 * `artifacts` are others that it may refer to, by symbolic name. Whatever is wrong with the flow is a diagnostic.
 */
export async function buildFlow(
  bundle: Bundle,
  parameters: ReadonlyMap<string, string>,
  packageId: string,
  artifacts: ReadonlyMap<string, Bundle>,
): Promise<BuildResult> {
  const { plan, diagnostics } = await compileFlow({ bundle, artifacts, parameters, registry })
  if (!plan || diagnostics.some(({ severity }) => severity === 'error')) return { flow: undefined, diagnostics }
  return { flow: { id: bundle.id, name: bundle.name, packageId, plan, entryPoints: plan.entryPoints }, diagnostics }
}

/** A diagnostic as one line for people: what, where, and the code in brackets. */
export function describeDiagnostic({ message, at, code }: Diagnostic): string {
  const element = at.elementId && (at.elementName ? `"${at.elementName}" (${at.elementId})` : at.elementId)
  const file = at.file && (at.line ? `${at.file}:${at.line}` : at.file)
  const where = [element && `element ${element}`, file].filter(Boolean).join(', ')
  return `${message}${where ? ` at ${where}` : ''} [${code}]`
}

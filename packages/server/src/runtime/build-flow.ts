import { adapters } from '@sluice/adapters'
import {
  type Bundle,
  type CompileResult,
  compileFlow,
  type Diagnostic,
  expressions,
  openBundle,
  steps,
} from '@sluice/iflow'
import { ArchiveError, readArchive } from './archive.ts'
import type { QueueUse, RunningFlow } from './flow-runner.ts'

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
  const { plan, channels, diagnostics } = await compileFlow({ bundle, artifacts, parameters, registry })
  if (!plan || diagnostics.some(({ severity }) => severity === 'error')) return { flow: undefined, diagnostics }
  const { id, name } = bundle
  return { flow: { id, name, packageId, plan, entryPoints: plan.entryPoints, queues: queuesOf(channels) }, diagnostics }
}

/** Which queues the channels of a flow name; a name that a message makes is not known before. */
function queuesOf(channels: CompileResult['channels']): QueueUse[] {
  const uses = channels
    .filter(({ componentType }) => componentType === 'JMS')
    .map(({ direction, properties }): QueueUse => {
      const isReader = direction === 'Sender'
      const queue = properties.get(isReader ? 'QueueName_inbound' : 'QueueName_outbound') ?? ''
      return { queue: queue.trim(), use: isReader ? 'reads' : 'writes' }
    })
  return uses.filter(({ queue }) => queue !== '' && !queue.includes('${'))
}

/** A diagnostic as one line for people: what, where, and the code in brackets. */
export function describeDiagnostic({ message, at, code }: Diagnostic): string {
  const element = at.elementId && (at.elementName ? `"${at.elementName}" (${at.elementId})` : at.elementId)
  const file = at.file && (at.line ? `${at.file}:${at.line}` : at.file)
  const where = [element && `element ${element}`, file].filter(Boolean).join(', ')
  return `${message}${where ? ` at ${where}` : ''} [${code}]`
}

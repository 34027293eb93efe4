import { type Bundle, type Diagnostic, type openBundle, type Plan, type Ports, prepareFlow } from '@sluice/iflow'
import { DeployedArtifacts } from '../runtime/deployed-artifacts.ts'
import { EndpointTable } from '../runtime/endpoint-table.ts'
import type { CompiledArtifact } from './compile-artifact.ts'

/** An artifact from disk and where it came from, for messages. */
export interface LocalArtifact {
  readonly source: string
  readonly opened: ReturnType<typeof openBundle>
  /** Left out when it cannot run, without a word: one of many in a package. */
  readonly isOptional?: boolean
}

/** A compiled flow as the endpoint table keeps it. */
export interface LocalFlow {
  readonly id: string
  readonly name: string
  readonly plan: Plan
  readonly entryPoints: Plan['entryPoints']
  readonly bundle: Bundle
}

/** What is wrong with an artifact, and which. */
export interface LocalProblem {
  readonly source: string
  readonly diagnostic: Diagnostic
}

/** Artifacts that are compiled to run together; any number of messages may run through them at the same time. */
export interface LocalDeployment {
  /** In the order in which they were given. */
  readonly flows: readonly LocalFlow[]
  /** Of ProcessDirect and HTTPS addresses. */
  readonly table: EndpointTable<LocalFlow>
  readonly others: DeployedArtifacts
}

/**
 * Deploys artifacts as a server would: first what flows may refer to, then the flows, compiled with that. Resolves with every
 * error when there is one.
 */
export async function deployLocally(
  artifacts: readonly LocalArtifact[],
  compile: (opened: LocalArtifact['opened'], others: ReadonlyMap<string, Bundle>) => Promise<CompiledArtifact>,
): Promise<LocalDeployment | { readonly problems: readonly LocalProblem[] }> {
  const problems: LocalProblem[] = []
  const others = new DeployedArtifacts()
  const flows: LocalFlow[] = []
  const report = ({ source, isOptional }: LocalArtifact, diagnostics: readonly Diagnostic[]) => {
    if (!isOptional) problems.push(...errorsOf(diagnostics).map(diagnostic => ({ source, diagnostic })))
  }
  const isOther = ({ bundle }: LocalArtifact['opened']) => bundle !== undefined && bundle.type !== 'IntegrationFlow'
  for (const artifact of artifacts) {
    const { opened } = artifact
    if (opened.bundle && isOther(opened)) report(artifact, [...opened.diagnostics, ...others.put(opened.bundle)])
  }
  for (const artifact of artifacts) {
    const { opened } = artifact
    if (isOther(opened)) continue
    const { bundle, plan, diagnostics } = await compile(opened, others.bundles)
    report(artifact, diagnostics)
    if (bundle && plan) flows.push({ id: bundle.id, name: bundle.name, plan, entryPoints: plan.entryPoints, bundle })
  }
  if (problems.length > 0) return { problems }
  const table = new EndpointTable<LocalFlow>()
  for (const flow of flows) table.put(flow)
  return { flows, table, others }
}

/** Has scripts and the like made ready; resolves with what keeps the flows from running. */
export async function prepareDeployment({ flows }: LocalDeployment, ports: Ports): Promise<readonly LocalProblem[]> {
  const found = await Promise.all(
    flows.map(async ({ plan }) => ({ plan, diagnostics: await prepareFlow(plan, ports) })),
  )
  return found.flatMap(({ plan, diagnostics }) => diagnostics.map(diagnostic => ({ source: plan.flowId, diagnostic })))
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error')
}

import type { Artifact, ArtifactType } from '../../store/store.ts'
import { comparison } from './comparison.ts'
import type { ODataContext } from './definition.ts'
import type { Identity, Subject } from './protection.ts'

/** What finding subjects needs. */
export interface SubjectContext {
  readonly store: Pick<ODataContext['store'], 'artifacts' | 'deployments' | 'messageLogs' | 'packages' | 'traces'>
}

const typeNames: Readonly<Record<ArtifactType, string>> = {
  IntegrationFlow: 'INTEGRATION_FLOW',
  MessageMapping: 'MESSAGE_MAPPING',
  ScriptCollection: 'SCRIPT_COLLECTION',
  ValueMapping: 'VALUE_MAPPING',
}

/** A design-time artifact, and so its package. */
export async function artifactSubject(
  { id, name, type, packageId }: Pick<Artifact, 'id' | 'name' | 'type' | 'packageId'>,
  context: SubjectContext,
): Promise<Subject> {
  return [{ type: typeNames[type], id, name }, ...(await packageIdentity(packageId, context))]
}

/** A package alone, for what changes none of its artifacts. */
export async function packageSubject(packageId: string, context: SubjectContext): Promise<Subject> {
  return packageIdentity(packageId, context)
}

/** A package and each artifact in it: "If access to at least one artifact of an integration package is restricted …". */
export async function packageSubjects(packageId: string, context: SubjectContext): Promise<Subject[]> {
  const packageNames = await packageIdentity(packageId, context)
  const { store } = context
  const artifacts = await store.artifacts.list({ filter: comparison('PackageId', 'eq', packageId) })
  return [
    packageNames,
    ...artifacts.map(({ id, name, type }) => [{ type: typeNames[type], id, name }, ...packageNames]),
  ]
}

/** A deployed artifact or a flow that left something, whether it can still be designed or not. */
export async function deployedSubject(id: string, context: SubjectContext): Promise<Subject> {
  const { store } = context
  const artifact = await store.artifacts.find(id)
  if (artifact) return artifactSubject(artifact, context)
  const deployed = await store.deployments.find(id)
  return [{ type: typeNames[deployed?.type ?? 'IntegrationFlow'], id, name: deployed?.name ?? id }]
}

/** The flow of a message processing log, as it was then. */
export async function messageSubjects(messageGuid: string, context: SubjectContext): Promise<Subject[]> {
  const log = await context.store.messageLogs.find(messageGuid)
  if (!log) return []
  const flow: Identity = { type: typeNames.IntegrationFlow, id: log.artifactId, name: log.artifactName }
  return [[flow, ...(await packageIdentity(log.packageId, context))]]
}

/** The flow that has kept a message: it has no log before its run ends, at some log levels, and after a while. */
export async function keptSubjects(
  { flowId, messageGuid }: { readonly flowId: string; readonly messageGuid: string },
  context: SubjectContext,
): Promise<Subject[]> {
  const logged = await messageSubjects(messageGuid, context)
  return logged.length > 0 ? logged : [await deployedSubject(flowId, context)]
}

/** The flow whose message was traced. */
export async function tracedSubjects(
  traceId: number,
  context: SubjectContext & Pick<ODataContext, 'now'>,
): Promise<Subject[]> {
  const found = await context.store.traces.findMessage(traceId, context.now)
  return found ? messageSubjects(found.messageGuid, context) : []
}

/** "Access to local data stores is limited" by what protects their flow; global ones have a type of their own. */
export async function dataStoreSubject(flowId: string, store: string, context: SubjectContext): Promise<Subject> {
  if (flowId !== '') return deployedSubject(flowId, context)
  // The original's documentation spells it in both ways.
  return ['GLOBAL_DATASTORE', 'GLOBAL_DATA_STORE'].map(type => ({ type, id: store, name: store }))
}

export async function variableSubject(flowId: string, name: string, context: SubjectContext): Promise<Subject> {
  return flowId === '' ? [{ type: 'GLOBAL_VARIABLE', id: name, name }] : deployedSubject(flowId, context)
}

export function queueSubject(name: string): Subject {
  return [{ type: 'MESSAGE_QUEUE', id: name, name }]
}

async function packageIdentity(id: string, { store }: SubjectContext): Promise<Identity[]> {
  return id === '' ? [] : [{ type: 'INTEGRATION_PACKAGE', id, name: (await store.packages.find(id))?.name ?? id }]
}

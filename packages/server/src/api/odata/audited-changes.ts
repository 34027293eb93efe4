import { type EntityBody, type EntityRow, type EntityType, ODataError, type Resource } from '@sluice/odata'
import type { AuditAction, AuditEvent, AuditObject } from '../../store/store.ts'
import type { ResolvedCall } from './call.ts'

/** What an operation says of its change for the audit log. */
export interface ChangeNotes {
  id?: string
  changes?: readonly string[]
}

type AuditedSet = AuditObject | { readonly object: AuditObject; readonly actions: Partial<Record<Verb, AuditAction>> }

type Verb = 'create' | 'update' | 'delete'

const deployed: AuditedSet = { object: 'deployment', actions: { create: 'deploy', delete: 'undeploy' } }

/** What changes of entity sets are about. A test fails for a set that can be changed and is missing here. */
export const auditedSets: Readonly<Record<string, AuditedSet>> = {
  AccessPolicies: 'access-policy',
  AlternativePartners: 'partner-directory',
  ArtifactReferences: 'access-policy',
  AuthorizedUsers: 'partner-directory',
  BinaryParameters: 'partner-directory',
  CertificateChainResources: 'keystore-entry',
  CertificateResources: 'keystore-entry',
  CertificateUserMappings: 'certificate-user-mapping',
  Configurations: 'artifact',
  CustomTagConfigurations: 'tenant-settings',
  CustomTags: 'package',
  DataStoreEntries: 'data-store-entry',
  DataStores: 'data-store-entry',
  GenericIdempotentRepositoryEntries: 'processed-message',
  IdempotentRepositoryEntries: 'processed-message',
  IntegrationDesigntimeArtifacts: 'artifact',
  IntegrationDesigntimeLocks: 'artifact-lock',
  IntegrationPackages: 'package',
  IntegrationRuntimeArtifacts: deployed,
  JmsMessages: 'message',
  KeyPairGenerationRequests: 'keystore-entry',
  KeyPairResources: 'keystore-entry',
  KeystoreEntries: 'keystore-entry',
  KeystoreResources: 'keystore-entry',
  MessageMappingDesigntimeArtifacts: 'artifact',
  NumberRanges: 'number-range',
  OAuth2ClientCredentials: 'security-material',
  Partners: 'partner-directory',
  Queues: 'queue',
  RSAKeyGenerationRequests: 'keystore-entry',
  Resources: 'artifact',
  SSHKeyGenerationRequests: 'keystore-entry',
  ScriptCollectionDesigntimeArtifacts: 'artifact',
  SecureParameters: 'security-material',
  StringParameters: 'partner-directory',
  UserCredentialParameters: 'partner-directory',
  UserCredentials: 'security-material',
  ValueMappingDesigntimeArtifacts: 'artifact',
  Variables: 'variable',
}

/** The same of function imports. */
export const auditedFunctions: Readonly<Record<string, readonly [AuditObject, AuditAction]>> = {
  CancelMessageProcessingLog: ['message', 'cancel'],
  CopyIntegrationPackage: ['package', 'create'],
  DeleteValMaps: ['artifact', 'update'],
  DeployIntegrationDesigntimeArtifact: ['deployment', 'deploy'],
  DeployMessageMappingDesigntimeArtifact: ['deployment', 'deploy'],
  DeployScriptCollectionDesigntimeArtifact: ['deployment', 'deploy'],
  DeployValueMappingDesigntimeArtifact: ['deployment', 'deploy'],
  IntegrationDesigntimeArtifactSaveAsVersion: ['artifact', 'update'],
  MessageMappingDesigntimeArtifactSaveAsVersion: ['artifact', 'update'],
  MoveJmsMessages: ['message', 'update'],
  RetryJmsMessages: ['message', 'resend'],
  ScriptCollectionDesigntimeArtifactSaveAsVersion: ['artifact', 'update'],
  UpdateDefaultValMap: ['artifact', 'update'],
  UpsertValMaps: ['artifact', 'update'],
  ValueMappingDesigntimeArtifactSaveAsVersion: ['artifact', 'update'],
  activateQueue: ['queue', 'update'],
  deactivateQueue: ['queue', 'update'],
}

/** Runs what changes something, and tells the audit log how it went: in the transaction of a changeset, where it is in one. */
export async function tellingOf<T>(call: ResolvedCall, run: () => Promise<T>): Promise<T> {
  const what = changeOf(call)
  if (!what) return run()
  try {
    const result = await run()
    await call.context.store.auditLog.append([call.audit.rowOf({ ...what, ...call.change })])
    return result
  } catch (error) {
    const reason = error instanceof ODataError ? (error.reason ?? error.message) : 'the server failed'
    call.audit.record({ ...what, ...call.change, reason })
    throw error
  }
}

function changeOf({ method, request: { resource } }: ResolvedCall): Pick<AuditEvent, 'object' | 'action'> | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined
  if (resource.kind === 'function-import') {
    const [object, action] = auditedFunctions[resource.functionImport.name] ?? []
    return object && action && { object, action }
  }
  const declared = auditedSets[setNameOf(resource) ?? '']
  if (declared === undefined) return undefined
  const verb: Verb = method === 'DELETE' ? 'delete' : method === 'POST' ? 'create' : 'update'
  if (typeof declared === 'string') return { object: declared, action: verb }
  return { object: declared.object, action: declared.actions[verb] ?? verb }
}

function setNameOf(resource: Resource): string | undefined {
  return 'steps' in resource ? resource.steps.at(-1)?.set.name : undefined
}

/** The key of an entity as the audit log has it. */
export function idOf({ key }: EntityType, values: EntityRow | EntityBody): string {
  return key.map(name => String(values[name] ?? '')).join(',')
}

/** Names of the properties that a body changes; those that are not told, such as passwords, among them. */
export function changesOf(row: EntityRow, body: EntityBody): string[] {
  return Object.keys(body).filter(name => !(name in row) || String(row[name]) !== String(body[name]))
}

import { type EntityBody, type EntityRow, type EntityType, ODataError, type Resource } from '@sluice/odata'
import type { AuditLog } from '../../audit/audit-log.ts'
import type { AuditAction, AuditEvent, AuditObject, TransactionStore } from '../../store/store.ts'
import type { ResolvedCall } from './call.ts'

/** What an operation says of its change for the audit log. */
export interface ChangeNotes {
  id?: string | undefined
  changes?: readonly string[]
  /** Set when the change is about to be made: its key, where the audit log keeps one. */
  begun?: { readonly key: number | undefined }
}

/** The audit log with events of one caller. */
export interface ChangeTeller extends Pick<AuditLog, 'write' | 'record' | 'rowOf'> {
  /** As that of the audit log; resolves with undefined where nothing has to be kept. */
  begin(event: AuditEvent): Promise<number | undefined>
}

/** The same in a transaction, which has both the changes and what is told of them, or neither. */
export function tellingInTransaction(
  teller: ChangeTeller,
  { auditLog }: Pick<TransactionStore, 'auditLog'>,
): ChangeTeller {
  return {
    ...teller,
    begin: async () => undefined,
    write: event => auditLog.append([teller.rowOf(event)]),
  }
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

/** Runs what may change something, and tells the audit log how it went. */
export async function tellingOf<T>(call: ResolvedCall, run: () => Promise<T>): Promise<T> {
  const what = changeOf(call)
  if (!what) return run()
  const { audit, change } = call
  const event = () => ({ ...what, id: change.id, changes: change.changes })
  const result = await run().catch((error: unknown) => {
    const reason = error instanceof ODataError ? (error.reason ?? error.message) : 'the server failed'
    audit.record({ ...event(), reason }, change.begun?.key)
    throw error
  })
  if (!change.begun) throw new Error('Expected the audit log to have been asked before the change')
  await audit.write(event(), change.begun.key)
  return result
}

/** Makes a change that nothing stands in the way of any more; the audit log knows of it before. */
export async function changing<T>(call: ResolvedCall, run: () => Promise<T>): Promise<T> {
  const what = changeOf(call)
  const { audit, change } = call
  if (what) change.begun = { key: await audit.begin({ ...what, id: change.id, changes: change.changes }) }
  return run()
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

/** The key of an entity as the audit log has it; undefined for one that has none yet. */
export function idOf({ key }: EntityType, values: EntityRow | EntityBody): string | undefined {
  const known = key.map(name => String(values[name] ?? ''))
  return known.some(value => value !== '') ? known.join(',') : undefined
}

/** Names of the properties that a body changes; those that are not told, such as passwords, among them. */
export function changesOf(row: EntityRow, body: EntityBody): string[] {
  return Object.keys(body).filter(name => !(name in row) || String(row[name]) !== String(body[name]))
}

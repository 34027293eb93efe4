import type {
  ApplicationScope,
  AuthorizationStore,
  Client,
  ClientStore,
  OpaqueToken,
  PushedRequestStore,
  ScopeStore,
  UsedProofStore,
} from '@sluice/oauth'
import type { FilterExpression, OrderBy } from '@sluice/odata'
import type { ArtifactLocks, Artifacts, ArtifactType } from './artifact-store.ts'
import type { DataStoreEntries, PersistedMessages, ProcessedMessages, VariableValues } from './flow-data.ts'

export type * from './artifact-store.ts'
export type * from './flow-data.ts'

import type { AccessPolicies } from './access-policy-store.ts'
import type { AuditRows } from './audit-log-store.ts'
import type { Groups, Roles, Users } from './authorization-store.ts'
import type { Branding } from './branding-store.ts'
import type { CertificateUserMappings } from './certificate-mapping-store.ts'
import type { ClientSecrets } from './client-secret-store.ts'
import type { Credentials } from './credential-store.ts'
import type { ExternalUsers } from './external-user-store.ts'
import type { IdentityProviders, MappedGroups, UsedAssertions } from './identity-provider-store.ts'
import type { KeystoreStore } from './keystore-store.ts'
import type { MessageLogs } from './message-log-store.ts'
import type { CustomTagConfigurations, Packages } from './package-store.ts'
import type { PartnerDirectoryStore } from './partner-store.ts'
import type { Queues } from './queue-store.ts'
import type { SessionRows } from './session-store.ts'
import type { SigningKeys } from './signing-key-store.ts'
import type { Traces } from './trace-store.ts'
import type { Usage } from './usage-store.ts'
import type { ValueMappings } from './value-mapping-store.ts'

export type * from './access-policy-store.ts'
export type * from './audit-catalogue.ts'
export type * from './audit-log-store.ts'
export type * from './authorization-store.ts'
export type * from './branding-store.ts'
export type * from './certificate-mapping-store.ts'
export type * from './client-secret-store.ts'
export type * from './credential-store.ts'
export type * from './external-user-store.ts'
export type * from './identity-provider-store.ts'
export type * from './keystore-store.ts'
export type * from './message-log-store.ts'
export type * from './package-store.ts'
export type * from './partner-store.ts'
export type * from './queue-store.ts'
export type * from './session-store.ts'
export type * from './signing-key-store.ts'
export type * from './trace-store.ts'
export type * from './usage-store.ts'
export type * from './value-mapping-store.ts'

/**
 * Everything the server keeps. One repository per aggregate; each is written once, on Kysely, for SQLite and PostgreSQL.
 * Times are milliseconds since 1970-01-01T00:00:00Z. "Not found" is `undefined`; what that means is the caller's to say.
 */
export interface Store {
  readonly clients: Clients
  readonly clientSecrets: ClientSecrets
  readonly tokens: Tokens
  readonly userAuthorizations: UserAuthorizations
  readonly scopes: Scopes
  readonly pushedRequests: PushedRequests
  readonly usedProofs: UsedProofs
  readonly auditLog: AuditRows
  readonly users: Users
  readonly identityProviders: IdentityProviders
  readonly externalUsers: ExternalUsers
  readonly groups: Groups
  readonly mappedGroups: MappedGroups
  readonly usedAssertions: UsedAssertions
  readonly roles: Roles
  readonly branding: Branding
  readonly packages: Packages
  readonly customTags: CustomTagConfigurations
  readonly artifacts: Artifacts
  readonly valueMappings: ValueMappings
  readonly artifactLocks: ArtifactLocks
  readonly deployments: Deployments
  readonly messageLogs: MessageLogs
  readonly variables: VariableValues
  readonly dataStores: DataStoreEntries
  readonly persistedMessages: PersistedMessages
  readonly traces: Traces
  readonly logLevels: LogLevels
  readonly processedMessages: ProcessedMessages
  readonly numberRanges: NumberRangeCounters
  readonly keys: Keys
  readonly signingKeys: SigningKeys
  readonly accessPolicies: AccessPolicies
  readonly certificateUserMappings: CertificateUserMappings
  readonly credentials: Credentials
  readonly keystore: KeystoreStore
  readonly partnerDirectory: PartnerDirectoryStore
  readonly timerTicks: TimerTicks
  readonly sessions: SessionRows
  readonly queues: Queues
  readonly usage: Usage
  readonly changes: Changes
  /**
   * Runs `work` on repositories whose writes take effect together when it resolves, and not at all when it rejects; then
   * listeners hear of the changes. `work` runs once, holds the only connection of SQLite meanwhile, and so must be short
   * and use nothing but the repositories it is given: whatever else asks the store waits for its end.
   */
  transaction<T>(work: (store: TransactionStore) => Promise<T>): Promise<T>
  /** Rejects when nothing can be written: another process writes, or the disk has failed. Waits for nothing and writes nothing. */
  probe(): Promise<void>
  /** Writes what is buffered, then closes the database. */
  close(): Promise<void>
}

/** What a transaction can change: everything but what is buffered in memory. */
export type TransactionStore = Omit<
  Store,
  'messageLogs' | 'traces' | 'usage' | 'changes' | 'transaction' | 'probe' | 'close'
>

/** Tells caches, in this process and later in others on the same database, that something changed. */
export interface Changes {
  /**
   * Calls `listener` after each committed change of the topic, before the promise of the write resolves, with the key that
   * changed: client ID, token key in hex, lower-case user name (`authorizations`, `users`), lower-case name (`identity-providers`), artifact ID (`deployments`,
   * `log-levels`), name of a credential or queue, or alias. The key is empty when more changed than one key can say: drop the whole cache. Returns the unsubscribe
   * function.
   */
  on(topic: ChangeTopic, listener: (key: string) => void): () => void
}

export type ChangeTopic =
  | 'clients'
  | 'tokens'
  | 'authorizations'
  | 'users'
  | 'identity-providers'
  | 'deployments'
  | 'access-policies'
  | 'certificate-user-mappings'
  | 'log-levels'
  | 'credentials'
  | 'keystore'
  | 'queues'
  | 'signing-keys'

/** A unique key is taken. The one storage error callers are expected to handle; everything else is a bug or an outage. */
export class DuplicateError extends Error {
  readonly key: string

  constructor(key: string) {
    super(`Expected an unused key, found "${key}" in the store already`)
    this.name = 'DuplicateError'
    this.key = key
  }
}

/** A page of a filtered and sorted list. Property names are those of the OData entity. */
export interface ListQuery {
  readonly filter?: FilterExpression | undefined
  readonly orderBy?: readonly OrderBy[] | undefined
  readonly top?: number | undefined
  readonly skip?: number | undefined
}

/** A list that OData can filter, sort, page and count. Throws `ODataError` (400) for a property it does not know. */
export interface Listable<Row> {
  list(query: ListQuery): Promise<Row[]>
  count(query: Pick<ListQuery, 'filter'>): Promise<number>
}

export interface Clients extends ClientStore {
  /** Throws `DuplicateError` when an ID that differs at most in case exists. */
  create(client: Client, secretHash: string | undefined): Promise<void>
  list(): Promise<Client[]>
  /**
   * Replaces everything but ID and kind; `secretHash` takes the place of all secrets, undefined keeps them where the client
   * still has any use for one. A longer lifetime first deletes the client's tokens that had already expired under the old one. False when there is no such client.
   */
  update(client: Client, secretHash: string | undefined, now: number): Promise<boolean>
  /** Also deletes its tokens. False when there was none. */
  delete(id: string): Promise<boolean>
}

/** `isAlone`: of those of a user only what came of no authorization, and so ends with none. */
export interface TokensQuery {
  readonly clientId?: string
  readonly user?: string
  readonly isAlone?: true
  readonly limit: number
}

/** Issued opaque tokens. `insert` joins the group commit and resolves when the row is on disk. */
export interface Tokens {
  insert(token: OpaqueToken): Promise<void>
  find(key: Uint8Array): Promise<OpaqueToken | undefined>
  /** Newest first. */
  list(query: TokensQuery): Promise<OpaqueToken[]>
  /** With all other tokens of the same authorization of a user. False when there was none. */
  delete(key: Uint8Array): Promise<boolean>
  /**
   * Deletes all tokens of a client and what users allowed it, or only the tokens that it got for itself; resolves with how
   * many access tokens there were.
   */
  deleteByClient(clientId: string, which?: 'all' | 'own'): Promise<number>
  /**
   * Deletes all tokens of a user, in whichever spelling the name came, and what the user allowed clients; resolves with how many
   * access tokens there were.
   */
  deleteByUser(user: string): Promise<number>
  /**
   * Deletes all tokens, and what users allowed clients, also what is issued meanwhile; resolves with how many access tokens
   * there were. Like the others in many small steps: one that the server's end interrupts has to be asked for again.
   */
  deleteAll(): Promise<number>
  /** Deletes at most `limit` expired tokens; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

/** Scopes that applications declare. */
export interface Scopes extends ScopeStore {
  /** Throws `DuplicateError` when the application has one with this ID. */
  create(application: string, scope: ApplicationScope): Promise<void>
  /** False when there is none. */
  update(application: string, scope: ApplicationScope): Promise<boolean>
  /** False when there is none. */
  delete(application: string, id: string): Promise<boolean>
}

/** What a user allowed a client; times in milliseconds since 1970. */
export interface GivenAuthorization {
  readonly id: number
  readonly clientId: string
  readonly user: string
  readonly scopes: readonly string[]
  readonly issuedAt: number
  /** When the client last got tokens for it. */
  readonly usedAt: number
}

/** Authorizations that users gave (RFC 6749 §4.1), with their codes, refresh tokens and access tokens. */
export interface UserAuthorizations extends AuthorizationStore {
  /** Those that clients have tokens for, the one used last first. */
  list(query: { clientId?: string; user?: string; limit: number }): Promise<GivenAuthorization[]>
  /** Deletes at most `limit` codes that were not redeemed in time; resolves with how many. */
  deleteExpiredCodes(now: number, limit: number): Promise<number>
  /** Deletes at most `limit` refresh tokens that have expired, used or not; resolves with how many. */
  deleteExpiredRefreshTokens(now: number, limit: number): Promise<number>
  /** Deletes at most `limit` authorizations whose last tokens have expired; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

/** Pushed authorization requests. */
export interface PushedRequests extends PushedRequestStore {
  /** Deletes at most `limit` of those that have expired; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

/** JWTs and sign-ins that may be used once. */
export interface UsedProofs extends UsedProofStore {
  /** Deletes at most `limit` of those that have expired; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

export type DeploymentStatus = 'STARTING' | 'STARTED' | 'ERROR'

/** One deployed artifact: what runs, and how the latest try to deploy it went. */
export interface Deployment {
  readonly id: string
  readonly name: string
  readonly type: ArtifactType
  readonly version: string
  readonly status: DeploymentStatus
  readonly deployedBy: string
  readonly deployedAt: number
  /** Set when the latest try failed: one sentence a line. */
  readonly error: string | undefined
}

/** What a start needs to run a deployed artifact again. */
export interface RunningContent {
  readonly id: string
  readonly content: Uint8Array
  readonly parameters: ReadonlyMap<string, string>
}

export interface DeployTask {
  readonly taskId: string
  readonly artifactId: string
  readonly status: 'DEPLOYING' | 'SUCCESS' | 'FAIL'
  readonly createdAt: number
}

export interface Deployments extends Listable<Deployment> {
  find(id: string): Promise<Deployment | undefined>
  /** Creates or replaces the row as STARTING and records the task; what runs goes on running. */
  begin(deployment: Deployment, task: DeployTask): Promise<void>
  /**
   * The task succeeded: `running` is from now on what a restart starts. False when the artifact was undeployed in the
   * meantime: the task has then failed, and what it started must stop.
   */
  succeed(id: string, taskId: string, running: RunningContent): Promise<boolean>
  /** The task failed: status ERROR, unless another one has begun; what ran before stays what a restart starts. */
  fail(id: string, taskId: string, error: string): Promise<void>
  /** Deployments that a dead process left half done have failed; resolves with how many. */
  failUnfinished(error: string): Promise<number>
  /** Its tasks under way have failed. False when there was none. */
  delete(id: string): Promise<boolean>
  findTask(taskId: string): Promise<DeployTask | undefined>
  /** The zip of what a restart starts. */
  runningContent(id: string): Promise<Uint8Array | undefined>
  /** Everything to start after a restart, in the order of deployment. */
  running(): Promise<RunningContent[]>
}

/** How much the runs of a flow leave behind, in the words of the original. */
export interface FlowLogLevel {
  readonly flowId: string
  /** For good. */
  readonly level: string
  /** Until `until`, in milliseconds since 1970. */
  readonly temporary: string | null
  readonly until: number | null
}

/** Log levels of deployed flows. Undeploying a flow forgets its level. */
export interface LogLevels {
  list(): Promise<FlowLogLevel[]>
  find(flowId: string): Promise<FlowLogLevel | undefined>
  /** Creates or replaces. */
  put(level: FlowLogLevel): Promise<void>
}

export interface NumberRange {
  readonly name: string
  readonly description: string
  readonly minValue: number
  readonly maxValue: number
  /** The next one given out; `maxValue` + 1 when the range is exhausted. */
  readonly currentValue: number
  /** Numbers are padded with zeros to this length; 0 means as they are. */
  readonly fieldLength: number
  /** Start again at `minValue` after `maxValue`. */
  readonly rotate: boolean
  /** Unknown for ranges that an older version made. */
  readonly deployedBy?: string | undefined
  readonly deployedAt?: number | undefined
}

export interface NumberRangeCounters extends Listable<NumberRange> {
  find(name: string): Promise<NumberRange | undefined>
  /** Throws `DuplicateError`. */
  create(range: NumberRange): Promise<void>
  /** Creates or replaces. */
  put(range: NumberRange): Promise<void>
  delete(name: string): Promise<boolean>
  /** Gives out the current value and moves on to the next in one atomic step: undefined when there is no such range, `exhausted` at its end without rotation. */
  take(name: string): Promise<string | 'exhausted' | undefined>
}

/** Secrets the server itself needs, encrypted at rest with the key file beside the database. */
export interface Keys {
  /** The decrypted value. */
  find(name: string): Promise<Uint8Array | undefined>
  put(name: string, value: Uint8Array): Promise<void>
  delete(name: string): Promise<void>
}

/** One time at which a timer of a deployed flow is due. */
export interface TimerTick {
  readonly flowId: string
  /** BPMN ID of the start event. */
  readonly stepId: string
  /** When it is due. */
  readonly tick: number
}

/** Who runs which tick of a timer, when several servers keep the time. */
export interface TimerTicks {
  /**
   * True for one caller per tick: it is later than any that was claimed, and no run of the timer is under way at `now`. The
   * timer then counts as under way until `busyUntil`. False also when the flow is not deployed.
   */
  claim(tick: TimerTick, now: number, busyUntil: number): Promise<boolean>
  /** The run of the tick goes on. */
  extend(tick: TimerTick, busyUntil: number): Promise<void>
  /** The run of the tick has ended. */
  release(tick: TimerTick): Promise<void>
  /** Forgets all ticks of a flow. */
  forget(flowId: string): Promise<void>
}

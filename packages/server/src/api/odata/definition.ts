import type { Readable } from 'node:stream'
import type {
  EntityBody,
  EntityRow,
  EntitySet,
  FunctionImport,
  Key,
  PrimitiveValue,
  RelatedBodies,
} from '@sluice/odata'
import type { LogFiles } from '../../http/log-files.ts'
import type { KeystoreProcess } from '../../keystore/ask-keystore-process.ts'
import type { Deployable, ListQuery, Store } from '../../store/store.ts'
import type { KnownClient } from './known-clients.ts'
import type { Subject } from './protection.ts'

/** What deploying needs from the runtime. */
export interface Deployer {
  /** Accepts the deployment of an artifact as it was read; resolves with the task's ID. */
  deploy(deployable: Deployable, by: string): Promise<string>
  /** False when it was not deployed. */
  undeploy(id: string): Promise<boolean>
  /** Addresses under which running flows can be called. */
  endpoints(): readonly Endpoint[]
  /** Running flows that use a queue. */
  queueUsers(queue: string): readonly QueueUser[]
}

/** A flow that takes messages out of a queue, or puts them into it. */
export interface QueueUser {
  readonly id: string
  readonly name: string
  readonly use: 'reads' | 'writes'
}

export interface Endpoint {
  readonly artifactId: string
  readonly name: string
  /** `REST` for HTTPS senders. */
  readonly protocol: string
  /** Below `/http`, with a leading slash. */
  readonly address: string
  readonly url: string
}

/** Messages under way. */
export interface Runs {
  /** Ends what is under way for a message processing log at its next step. False when nothing is. */
  cancel(messageGuid: string): boolean
}

/** Everything an operation may use. */
export interface ODataContext {
  readonly store: Pick<
    Store,
    | 'auditLog'
    | 'accessPolicies'
    | 'certificateUserMappings'
    | 'queues'
    | 'packages'
    | 'customTags'
    | 'artifacts'
    | 'artifactLocks'
    | 'deployments'
    | 'messageLogs'
    | 'numberRanges'
    | 'credentials'
    | 'dataStores'
    | 'keystore'
    | 'partnerDirectory'
    | 'persistedMessages'
    | 'processedMessages'
    | 'traces'
    | 'valueMappings'
    | 'variables'
  >
  readonly deployer: Deployer
  readonly runs: Runs
  readonly logFiles: Pick<LogFiles, 'list' | 'read' | 'application'>
  /** Opens files with keys, and generates keys: work for seconds, which nothing may wait for that holds the database. */
  readonly keystoreProcess: KeystoreProcess
  /** Milliseconds since 1970-01-01T00:00:00Z, the same during one request. */
  readonly now: number
  /** Who is calling. */
  readonly user: string
  /** Throws 403 when access policies protect something of what `find` finds from the caller. `find` is not asked without need. */
  requireAccess(find: () => Promise<readonly Subject[]> | readonly Subject[]): Promise<void>
  /** Without a trailing slash. */
  readonly publicUrl: string
  /** Saved versions of an artifact at most; the oldest are deleted. */
  readonly artifactVersionsMax: number
  /** How long a lock of an artifact lasts unless it is renewed. */
  readonly artifactLockMs: number
  /** Throws 403 when the caller lacks one of the roles: for what depends on the entity. */
  authorize(roles: Roles): Promise<void>
  /** All query options of the request by name, those that OData does not know included. */
  readonly options: ReadonlyMap<string, string>
}

/** A media resource. */
export interface Media {
  readonly contentType: string
  readonly body: string | Uint8Array | Readable
  /** Suggested to whoever downloads it. */
  readonly fileName?: string
}

/** Roles of the API application; a caller needs all of them. */
export type Roles = readonly string[]

/** What a change is answered with, and status 200, where the caller has asked for more than that it was done. */
export type Told = { readonly entities: readonly EntityRow[]; readonly entitySet: string } | { readonly text: string }

/** Told in the place of an entity; a class, so that no row is taken for it. */
export class ToldInstead {
  readonly told: Told

  constructor(told: Told) {
    this.told = told
  }
}

/** A change of an entity that exists; answered with `status` and no body, or with what it tells. */
interface Change<Arguments extends readonly unknown[]> {
  readonly roles: Roles
  /** What `run` asks for where it depends on the entity. */
  readonly conditionalRoles?: Roles
  readonly status: 200 | 202 | 204
  // biome-ignore lint/suspicious/noConfusingVoidType: most changes tell nothing
  run(...args: Arguments): Promise<Told | void>
}

/**
 * What access policies protect of a set: changes of its entities and of what belongs to them, and what else it says. "An
 * unauthorized user is still allowed to view a protected resource" (Access Policies, e0009f3).
 */
export interface Guard {
  /** What an entity belongs to, or the body of a new one. */
  subjects(
    values: EntityRow | EntityBody,
    context: ODataContext,
    use: 'create' | 'change' | 'delete' | 'read',
  ): Promise<readonly Subject[]> | readonly Subject[]
  /** Which reading is protected, too: of an entity itself, of what is downloaded, of what navigation properties lead to. */
  readonly reads?: readonly ('entity' | 'media' | 'navigations')[]
}

/**
 * One entity set: its type, who may use it, and what can be done with it. Rows are in terms of the type. Operations that
 * are missing answer 405. Lists get one page's query; `undefined` from `find` and `media` means that there is none.
 */
export interface EntitySetApi {
  readonly set: EntitySet
  /** Who is known to use it; none when it is there because the original has it. */
  readonly clients?: readonly KnownClient[]
  /** Query options of its own. */
  readonly options?: readonly string[]
  readonly roles: Roles
  /** What a 404 says, where clients look for words. */
  readonly absent?: string
  readonly guard?: Guard
  list?(query: ListQuery, context: ODataContext): Promise<readonly EntityRow[]>
  count?(query: Pick<ListQuery, 'filter'>, context: ODataContext): Promise<number>
  find?(key: Key, context: ODataContext): Promise<EntityRow | undefined>
  /** The new entity, or what is told instead. */
  readonly create?: {
    readonly roles: Roles
    /** What the body may say besides the properties of the type. */
    readonly accepts?: EntitySet['type']['properties']
    /** `related` reads the entities that the body has inside; throws `ODataError`. */
    run(body: EntityBody, context: ODataContext, related: () => RelatedBodies): Promise<EntityRow | ToldInstead>
  }
  /** PUT; PATCH and MERGE, too, where there is no `merge`. What the body leaves out stays. */
  readonly update?: Change<[row: EntityRow, body: EntityBody, context: ODataContext, related: () => RelatedBodies]>
  /** PATCH and MERGE, where they are answered otherwise than PUT or there is no PUT. */
  readonly merge?: Change<[row: EntityRow, body: EntityBody, context: ODataContext]>
  readonly delete?: Change<[row: EntityRow, context: ODataContext]>
  media?(row: EntityRow, context: ODataContext): Promise<Media | undefined>
  /** What `media` takes beyond `roles`. */
  readonly mediaRoles?: Roles
  /** `PUT Set(key)/$value` with a text: of an entity that exists or not, as the operation decides. */
  readonly putMedia?: Change<[key: Key, text: string, context: ODataContext]>
  /** `$format` says nothing, as in the original: only `Accept` counts. */
  readonly ignoresFormat?: true
  /** Entities on one page; 1,000 unless told otherwise. */
  readonly pageSize?: number
  readonly navigations?: Readonly<Record<string, NavigationApi>>
}

export type NavigationApi = ToOneApi | ToManyApi

/** What a to-one navigation property leads to. */
export interface ToOneApi {
  get(parent: EntityRow, context: ODataContext): Promise<EntityRow | undefined>
}

/** What a to-many navigation property leads to. */
export interface ToManyApi {
  list(parent: EntityRow, query: ListQuery, context: ODataContext): Promise<readonly EntityRow[]>
  count(parent: EntityRow, query: Pick<ListQuery, 'filter'>, context: ODataContext): Promise<number>
  find(parent: EntityRow, key: Key, context: ODataContext): Promise<EntityRow | undefined>
  /** `POST …/Navigation` with a new entity. */
  readonly create?: {
    readonly roles: Roles
    run(parent: EntityRow, body: EntityBody, context: ODataContext): Promise<EntityRow>
  }
  /** `PUT …/$links/Navigation('key')` with the entity as its body: how the original updates what belongs to an entity. */
  readonly updateLink?: Change<[parent: EntityRow, key: Key, body: EntityBody, context: ODataContext]>
  /** `DELETE …/$links/Navigation('key')`: the entity itself goes. */
  readonly deleteLink?: Change<[parent: EntityRow, key: Key, context: ODataContext]>
}

/**
 * Plain text, also where an entity is declared and clients count on something else, or the entity that is declared.
 * `location`: below the service root, where it shows how the task goes.
 */
export type FunctionAnswer =
  | { readonly status: 200 | 202; readonly text: string; readonly location?: string }
  | { readonly status: 200 | 201; readonly row: EntityRow }

/** A function import. */
export interface FunctionImportApi {
  readonly functionImport: FunctionImport
  /** Who is known to use it; none when it is there because the original has it. */
  readonly clients?: readonly KnownClient[]
  readonly roles: Roles
  /** What access policies may protect from being changed by it. */
  subjects?(
    parameters: Readonly<Record<string, PrimitiveValue | undefined>>,
    context: ODataContext,
  ): Promise<readonly Subject[]> | readonly Subject[]
  run(parameters: Readonly<Record<string, PrimitiveValue | undefined>>, context: ODataContext): Promise<FunctionAnswer>
}

/** The text of a key or row property whose type is `Edm.String`. */
export function textOf(values: EntityRow | EntityBody, name: string): string {
  const value = values[name]
  if (typeof value !== 'string') throw new Error(`Expected a text in "${name}"`)
  return value
}

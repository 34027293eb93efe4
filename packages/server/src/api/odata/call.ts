import {
  type EntityBody,
  type EntityRow,
  type Format,
  type Model,
  ODataError,
  type ODataRequest,
  type Step,
} from '@sluice/odata'
import type { Store } from '../../store/store.ts'
import type { ChangeNotes, ChangeTeller } from './audited-changes.ts'
import type { EntitySetApi, FunctionImportApi, Guard, NavigationApi, ODataContext, Roles } from './definition.ts'
import type { RefusalReply } from './error-reply.ts'
import type { Protections } from './protection.ts'

/** What is served: the model and, for each of its names, what can be done. */
export interface ODataApi {
  readonly model: Model
  readonly entitySets: readonly EntitySetApi[]
  readonly functionImports: readonly FunctionImportApi[]
}

/** One request, from a connection or from a part of a batch, with who is calling known. */
export interface Call {
  readonly api: ODataApi
  readonly method: string
  /** Below the service root, percent-encoded, without a leading slash. */
  readonly url: string
  readonly accept: string | undefined
  /** Takes in the body; not before it is known that the caller may do what needs one, and once. Throws `ODataError` (400, 413). */
  body(): Promise<string>
  /** Absolute, without a trailing slash. */
  readonly serviceRoot: string
  readonly context: Omit<ODataContext, 'options' | 'authorize'>
  /** Throws when the caller lacks one of the roles. */
  authorize(roles: Roles): Promise<void>
  /** What access policies protect, with the caller's roles as they are. */
  protections(): Promise<Protections>
  /** Tells the audit log of changes by this caller. */
  readonly audit: ChangeTeller
  /** What a batch needs; undefined for what is a part of one. */
  readonly batch: BatchPort | undefined
}

/** What a batch needs besides what its parts do. */
export interface BatchPort {
  /** Of the whole request. */
  readonly contentType: string | undefined
  /** Path of the service root, without a trailing slash. */
  readonly servicePath: string
  /** Requests at most, those in changesets included. */
  readonly requestsMax: number
  readonly transaction: Store['transaction']
  readonly clock: { now(): number }
  /** The answer to a part that fails, and why, for the log. */
  refuse(error: unknown, part: { readonly url: string; readonly accept: string | undefined }): RefusalReply
  /** Tells the access log why parts were refused. */
  note(reason: string): void
}

/** A call whose URL is understood. */
export interface ResolvedCall extends Call {
  readonly context: ODataContext
  readonly request: ODataRequest
  /** What the operation says of its change. */
  readonly change: ChangeNotes
  readonly format: Format
}

/** 405; `allowed` are the methods that the resource takes, with commas between them. */
export function notAllowed(method: string, allowed: string): ODataError {
  return new ODataError('method-not-allowed', `Expected ${allowed} for this resource, found ${method}`, {
    headers: { allow: allowed },
  })
}

/** For sets that exist only as what a navigation leads to. */
export function reachedThroughOthers({ api }: Call, { set }: EntitySetApi): ODataError {
  const owners = api.entitySets.filter(owner =>
    Object.values(owner.set.type.navigations ?? {}).some(({ target }) => target === set.name),
  )
  const names = owners.map(owner => owner.set.name).join(', ') || 'its key'
  return new ODataError('unknown-resource', `Expected ${set.name} to be reached through ${names}`)
}

export function setApiOf({ api }: Call, { set }: Step): EntitySetApi {
  const found = api.entitySets.find(candidate => candidate.set.name === set.name)
  if (!found) throw new Error(`Expected entity set "${set.name}" to be registered`)
  return found
}

/** What the navigation property does that leads from `before` to `step`. */
export function navigationApiOf(call: Call, before: Step, step: Step): NavigationApi {
  const found = step.navigation && setApiOf(call, before).navigations?.[step.navigation.name]
  if (!found) throw new Error(`Expected "${before.set.name}" to serve its navigation property to "${step.set.name}"`)
  return found
}

/** The entity that steps lead to; the caller may read all of them. Throws 404 when one is missing on the way. */
export async function findEntity(call: ResolvedCall, steps: readonly Step[]): Promise<EntityRow> {
  let before: { step: Step; row: EntityRow } | undefined
  for (const step of steps) {
    const setApi = setApiOf(call, step)
    await call.authorize(setApi.roles)
    const row: EntityRow | undefined = before
      ? await follow(navigationApiOf(call, before.step, step), before.row, step, call.context)
      : await findByKey(call, setApi, step)
    if (!row) throw new ODataError('not-found', setApi.absent ?? `Expected an entity of ${step.set.name}, found none`)
    const { reads = [] } = setApi.guard ?? {}
    if (reads.includes('entity')) await guard(call, step, row, 'read')
    if (step !== steps.at(-1)) await guardNavigation(call, step, row)
    before = { step, row }
  }
  if (!before) throw new Error('Expected at least one step')
  return before.row
}

/** Throws 403 when access policies protect what `row` belongs to from the caller. */
export async function guard(
  call: ResolvedCall,
  step: Step,
  row: EntityRow | EntityBody,
  use: Parameters<Guard['subjects']>[2],
): Promise<void> {
  const declared = setApiOf(call, step).guard
  if (declared) await call.context.requireAccess(() => declared.subjects(row, call.context, use))
}

/** The same for what navigation properties of `row` lead to, where that is protected. */
export async function guardNavigation(call: ResolvedCall, step: Step, row: EntityRow): Promise<void> {
  if (setApiOf(call, step).guard?.reads?.includes('navigations')) await guard(call, step, row, 'read')
}

async function findByKey(call: ResolvedCall, setApi: EntitySetApi, { key }: Step): Promise<EntityRow | undefined> {
  if (!setApi.find || !key) throw reachedThroughOthers(call, setApi)
  return setApi.find(key, call.context)
}

async function follow(
  navigation: NavigationApi,
  parent: EntityRow,
  { key }: Step,
  context: ODataContext,
): Promise<EntityRow | undefined> {
  if ('get' in navigation) return navigation.get(parent, context)
  return key && navigation.find(parent, key, context)
}

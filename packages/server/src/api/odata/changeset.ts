import { ODataError } from '@sluice/odata'
import type { TransactionStore } from '../../store/store.ts'
import type { Call } from './call.ts'
import type { ODataContext, Roles } from './definition.ts'
import * as permissions from './permissions.ts'
import { checkAccess, type Protections } from './protection.ts'

type Context = Call['context']

/**
 * What operations of a changeset may use: values and the repositories of its transaction. Whatever else a context offers
 * cannot be taken back when the changeset fails, and may ask the store, which waits for the end of the transaction: its use
 * throws `ODataError` (400).
 */
export function changesetContext(context: Context, store: TransactionStore, protections: Protections): Context {
  const refused = Object.entries(context).map(([name, value]) => [name, isValue(value) ? value : refusing(name)])
  return {
    ...(Object.fromEntries(refused) as Context),
    requireAccess: find => checkAccess(protections, find),
    store: new Proxy(store as unknown as ODataContext['store'], {
      get: (target, name) => (name in target ? Reflect.get(target, name) : refusing(String(name))),
    }),
  }
}

function isValue(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function')
}

function refusing(name: string): unknown {
  const refuse = () => {
    throw new ODataError(
      'malformed-batch',
      'Expected only changes that can be taken back in a changeset, found one that cannot: send it outside of the changeset',
      { reason: `uses "${name}" in a changeset` },
    )
  }
  return new Proxy(() => {}, { get: refuse, apply: refuse })
}

/** The caller's roles as they are: what it resolves with decides without asking anybody. */
export async function knownRoles(call: Call): Promise<Call['authorize']> {
  const refusals = new Map<string, unknown>()
  for (const role of rolesInUse) {
    refusals.set(
      role,
      await call.authorize([role]).then(
        () => undefined,
        (error: unknown) => error,
      ),
    )
  }
  return async roles => {
    for (const role of roles) {
      if (!refusals.has(role)) throw new Error(`Expected "${role}" among the roles of permissions.ts`)
      const refusal = refusals.get(role)
      if (refusal) throw refusal
    }
  }
}

/** Throws when the caller has none of the roles that operations ask for: no part of a batch could change or read anything then. */
export async function authorizeSome(call: Call): Promise<void> {
  let first: unknown
  for (const role of rolesInUse) {
    try {
      return await call.authorize([role])
    } catch (refusal) {
      first ??= refusal
    }
  }
  throw first
}

/** Every role that operations ask for: those of a set, and those that depend on the entity. */
const rolesInUse: ReadonlySet<string> = new Set(Object.values<Roles>(permissions).flat())

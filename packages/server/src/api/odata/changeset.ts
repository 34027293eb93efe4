import { ODataError } from '@sluice/odata'
import type { TransactionStore } from '../../store/store.ts'
import type { Call, ODataApi } from './call.ts'
import type { ODataContext } from './definition.ts'
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
  for (const role of rolesIn(call.api)) {
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
      if (!refusals.has(role)) throw new Error(`Expected "${role}" to be declared as a role of an operation`)
      const refusal = refusals.get(role)
      if (refusal) throw refusal
    }
  }
}

/** Every role that some operation of the API asks for. */
function rolesIn({ entitySets, functionImports }: ODataApi): ReadonlySet<string> {
  const found = new Set<string>()
  const collect = (value: object): void => {
    for (const [name, inner] of Object.entries(value)) {
      if (/roles$/i.test(name) && Array.isArray(inner)) for (const role of inner) found.add(role)
      else if (typeof inner === 'object' && inner !== null && name !== 'set') collect(inner)
    }
  }
  for (const declared of [...entitySets, ...functionImports]) collect(declared)
  return found
}

import { createContext, Script } from 'node:vm'
import { ODataError } from '@sluice/odata'
import { Problem } from '../../http/problem.ts'
import type { AccessPolicies, ArtifactReference } from '../../store/store.ts'

/** One name under which references of access policies may mean a thing. `type` is that of the reference. */
export interface Identity {
  readonly type: string
  readonly id: string
  readonly name: string
}

/** A thing that access policies may protect, under all names that mean it: a flow and its package, for instance. */
export type Subject = readonly Identity[]

/** What access policies protect in one request, and whether its caller may use it all the same. */
export interface Protections {
  readonly references: readonly (ArtifactReference & { readonly mayUse: boolean })[]
  /** Expressions that have taken too long. */
  readonly slow: Set<string>
}

/** "Note that when this role is assigned to a user, it overrides all access policies". */
const overridingRole = 'AccessPoliciesArtifacts.AccessAll'

/** What is protected from a caller, of whom `hasRole` tells. */
export async function protectionsFor(
  { references }: Pick<AccessPolicies, 'references'>,
  hasRole: (role: string) => Promise<boolean>,
): Promise<Protections> {
  const all = await references.all()
  if (all.length === 0 || (await hasRole(overridingRole))) return { references: [], slow: new Set() }
  const roles = new Map<string, boolean>()
  for (const { roleName } of all) if (!roles.has(roleName)) roles.set(roleName, await hasRole(roleName))
  const found = all.map(({ roleName, ...reference }) => ({ ...reference, mayUse: roles.get(roleName) === true }))
  return { references: found, slow: new Set() }
}

/**
 * Throws `ODataError` (403) when one of the subjects is protected and the caller has the role of none of the policies that
 * protect it: "If the user has a role associated with at least one of the access policies, the user has access"
 * (Access Policies, e0009f3). `find` is asked only when something is protected.
 */
export async function checkAccess(
  { references, slow }: Protections,
  find: () => Promise<readonly Subject[]> | readonly Subject[],
): Promise<void> {
  if (references.every(({ mayUse }) => mayUse)) return
  for (const subject of await find()) {
    const protecting = references.filter(reference => subject.some(identity => isMeant(identity, reference, slow)))
    if (protecting.length === 0 || protecting.some(({ mayUse }) => mayUse)) continue
    const [what] = subject
    throw new ODataError('forbidden', 'The caller is known but not allowed to do this: an access policy protects it.', {
      reason: `an access policy protects ${what?.type} "${what?.id}"`,
    })
  }
}

/** As `checkAccess`, for APIs whose errors are problem details: throws `Problem` (403). */
export async function requireAccess(
  policies: Pick<AccessPolicies, 'references'>,
  hasRole: (role: string) => Promise<boolean>,
  find: () => Promise<readonly Subject[]>,
): Promise<void> {
  try {
    await checkAccess(await protectionsFor(policies, hasRole), find)
  } catch (error) {
    if (!(error instanceof ODataError)) throw error
    throw new Problem(403, 'forbidden', error.message, { reason: error.reason ?? error.message })
  }
}

function isMeant({ type, id, name }: Identity, reference: ArtifactReference, slow: Set<string>): boolean {
  if (type !== reference.type) return false
  const value = reference.conditionAttribute === 'ID' ? id : name
  if (reference.conditionType !== 'regularExpression') return value === reference.conditionValue
  return matches(reference.conditionValue, value, slow)
}

/** Longest time for one match: expressions come from people, and some take for ever. */
const matchMsMax = 250
/** Expressions that may take so long in one request, during which nothing else goes on. */
const slowMax = 4

const sandbox = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } })
const matching = new Script('new RegExp(`^(?:${expression})$`, "u").test(text)')

/** As Java's `matches`: the whole text. One that takes too long protects, and so do all when too many have. */
function matches(expression: string, text: string, slow: Set<string>): boolean {
  if (slow.has(expression) || slow.size >= slowMax) return true
  Object.assign(sandbox, { expression, text })
  try {
    return matching.runInContext(sandbox, { timeout: matchMsMax }) === true
  } catch (error) {
    // Not an instance of this realm's `Error`.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    slow.add(expression)
    return true
  }
}

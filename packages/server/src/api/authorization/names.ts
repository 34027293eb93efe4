import { Problem } from '../../http/problem.ts'
import type { Application, RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { Groups, RoleReference, Roles } from '../../store/store.ts'

/** What the routes look names up in. */
export interface Directory {
  readonly catalogue: RolesCatalogue
  readonly groups: Groups
  readonly roles: Roles
}

/** How the audit log names a role. */
export function idOfRole({ application, role }: RoleReference): string {
  return `${application}:${role}`
}

/** How the audit log names whom an assignment is about. */
export function named(kind: 'user' | 'group', names: readonly string[]): string[] {
  return names.map(name => `${kind} ${name}`)
}

/** Throws `Problem` 404 that names the one subaccount of this server. */
export function requireSubaccount(catalogue: RolesCatalogue, subaccount: string): void {
  if (subaccount === catalogue.subaccount) return
  throw new Problem(
    404,
    'unknown-subaccount',
    `Expected subaccount "${catalogue.subaccount}", the one of this server, found "${subaccount}"`,
  )
}

/** Throws `Problem` with `status` that names the applications there are. */
export function requireApplication(catalogue: RolesCatalogue, name: string, status: 400 | 404): Application {
  const application = catalogue.find(name)
  if (application) return application
  const names = catalogue.applications.map(known => known.name)
  throw new Problem(status, 'unknown-application', `Expected one of the applications ${list(names)}, found "${name}"`)
}

/** All roles of an application, predefined ones first. */
export async function rolesOf(directory: Directory, application: Application): Promise<string[]> {
  return [...application.predefinedRoles, ...(await directory.roles.listCustom(application.name))]
}

/** Throws `Problem` with `status` that names the roles there are. Role names are case-sensitive. */
export async function requireRole(
  directory: Directory,
  reference: RoleReference,
  status: 400 | 404,
): Promise<RoleReference> {
  const application = requireApplication(directory.catalogue, reference.application, status)
  const known = await rolesOf(directory, application)
  if (known.includes(reference.role)) return reference
  const close = known.filter(role => role.toLowerCase() === reference.role.toLowerCase())
  throw new Problem(
    status,
    'unknown-role',
    `Expected one of the roles ${list(close.length > 0 ? close : known)} of application "${application.name}", found "${reference.role}" (role names are case-sensitive)`,
  )
}

/** Throws `Problem` with `status` that names the groups there are. */
export async function requireGroups(directory: Directory, names: readonly string[], status: 400 | 404): Promise<void> {
  for (const name of names) {
    if (await directory.groups.exists(name)) continue
    const known = await directory.groups.list()
    throw new Problem(
      status,
      'unknown-group',
      known.length === 0
        ? `Expected an existing group, found "${name}"; there are no groups yet`
        : `Expected one of the groups ${list(known)}, found "${name}"`,
    )
  }
}

/**
 * The names in a `;`-separated list; `*` alone stands for `all()`. Blanks around names are dropped, and so are empty names.
 * Throws `Problem` 400 when nothing is left of a list.
 */
export async function splitNames(text: string, all: () => Promise<readonly string[]>): Promise<readonly string[]> {
  if (text.trim() === '*') return all()
  const names = text
    .split(';')
    .map(name => name.trim())
    .filter(name => name !== '')
  if (names.length > 0) return names
  throw new Problem(400, 'no-names', 'Expected names separated by ";", or "*" for all, found none')
}

/** Throws `Problem` 400 for names that the API itself could not address again. */
export function requireNames(names: readonly string[]): readonly string[] {
  const unusable = names.find(name => !/^[^\s;*\p{Cc}][^;\p{Cc}]{0,254}$/u.test(name) || name !== name.trim())
  if (unusable === undefined) return names
  throw new Problem(
    400,
    'unusable-name',
    `Expected a name of 1 to 255 characters without ";", control characters, a leading "*" or blanks around it, found ${JSON.stringify(unusable.slice(0, 300))}`,
  )
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 60).map(name => `"${name}"`)
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ')
}

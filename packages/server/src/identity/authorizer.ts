import { BoundedMap } from '@sluice/oauth'
import type { Changes, Roles } from '../store/store.ts'
import type { RolesCatalogue } from './roles-catalogue.ts'

/** Role names by application. */
type RolesOfUser = ReadonlyMap<string, ReadonlySet<string>>

export interface AuthorizerOptions {
  readonly roles: Pick<Roles, 'effectiveOfUser'>
  readonly changes: Changes
  readonly catalogue: RolesCatalogue
  /** Users whose roles are kept in memory; default 10,000. */
  readonly cachedUsersMax?: number
}

/** Answers "may this user?" from memory; a committed change of any authorization takes effect with the next question. */
export interface Authorizer {
  /**
   * Whether `user` has at least one of `roles` of `application`, directly, through a group or through an `AuthGroup.*`.
   * Answers at once when the user's roles are known, which they are from the second question on. User names are
   * compared without regard to case, role names exactly.
   */
  hasRole(user: string, application: string, ...roles: string[]): boolean | Promise<boolean>
  /** Stops listening for changes. */
  close(): void
}

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const known = new BoundedMap<string, RolesOfUser>(options.cachedUsersMax ?? 10_000)
  // A load that a change overtakes is dropped from here, so that what it read cannot become the cached answer.
  const loading = new Map<string, Promise<RolesOfUser>>()

  const load = (user: string): Promise<RolesOfUser> => {
    const running = loading.get(user)
    if (running) return running
    const started = readRoles(options, user)
      .then(roles => {
        if (loading.get(user) === started) known.set(user, roles)
        return roles
      })
      .finally(() => {
        if (loading.get(user) === started) loading.delete(user)
      })
    loading.set(user, started)
    return started
  }

  const close = options.changes.on('authorizations', () => {
    known.clear()
    loading.clear()
  })

  return {
    hasRole(user, application, ...roles) {
      const key = user.toLowerCase()
      const assigned = known.get(key)
      if (assigned) return holds(assigned, application, roles)
      return load(key).then(loaded => holds(loaded, application, roles))
    },
    close,
  }
}

function holds(assigned: RolesOfUser, application: string, roles: readonly string[]): boolean {
  const names = assigned.get(application)
  return names !== undefined && roles.some(role => names.has(role))
}

async function readRoles({ roles, catalogue }: AuthorizerOptions, user: string): Promise<RolesOfUser> {
  const byApplication = new Map<string, Set<string>>()
  for (const reference of await roles.effectiveOfUser(user)) {
    const names = byApplication.get(reference.application) ?? new Set()
    for (const role of catalogue.expand(reference)) names.add(role)
    byApplication.set(reference.application, names)
  }
  return byApplication
}

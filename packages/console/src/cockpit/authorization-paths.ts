const root = '/cockpit/authorizations'

/** Where the lists are. */
export const authorizationPaths = {
  users: `${root}/users`,
  groups: `${root}/groups`,
  roles: `${root}/roles`,
  tokens: `${root}/tokens`,
} as const

/** Where the roles and groups of a user are. */
export function userPath(user: string): string {
  return `${authorizationPaths.users}?${new URLSearchParams({ user })}`
}

/** Where the members and roles of a group are. */
export function groupPath(group: string): string {
  return `${authorizationPaths.groups}/group?${new URLSearchParams({ group })}`
}

/** Where it is said who has a role. */
export function rolePath(application: string, role: string): string {
  return `${authorizationPaths.roles}/role?${new URLSearchParams({ application, role })}`
}

/** Begins the keys of all queries about users, groups and roles: each change of one may change another. */
export const authorizationsKey = ['authorizations'] as const

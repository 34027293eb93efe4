import { call, callJson } from './http.ts'

/** A role of an application, predefined or created here. */
export interface Role {
  readonly name: string
  readonly type: 'PREDEFINED' | 'CUSTOM'
}

/** A role that somebody has. */
export interface AssignedRole extends Role {
  readonly applicationName: string
}

/** Those who can have a role. */
export type Assignees = 'users' | 'groups'

type Names<Kind extends string> = Readonly<Record<Kind, readonly { readonly name: string }[]>>

const named = (names: readonly string[]) => names.map(name => ({ name }))
const namesOf = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name)

/** The authorization management API of a subaccount. Names must not contain `;`. */
export function authorizations(subaccount: string) {
  const root = `/authorization/v1/accounts/${encodeURIComponent(subaccount)}`
  const url = (path: string, query: Readonly<Record<string, string>>) => `${root}${path}?${new URLSearchParams(query)}`
  const rolesPath = (application: string) => `/apps/${encodeURIComponent(application)}/roles`
  const change = async (method: 'PUT' | 'POST' | 'DELETE', address: string, json?: unknown) => {
    await call(method, address, json === undefined ? {} : { json })
  }
  return {
    rolesOfUser: async (userId: string) =>
      (await callJson<{ roles: readonly AssignedRole[] }>('GET', url('/users/roles', { userId }))).roles,
    assignRole: (userId: string, applicationName: string, name: string) =>
      change('PUT', url('/users/roles', { userId }), { roles: [{ name, applicationName }] }),
    unassignRole: (userId: string, application: string, role: string) =>
      change('DELETE', url('/users/roles', { userId, roles: `${application}:${role}` })),
    groupsOfUser: async (userId: string) =>
      namesOf((await callJson<Names<'groups'>>('GET', url('/users/groups', { userId }))).groups),

    groups: async () => namesOf((await callJson<Names<'groups'>>('GET', `${root}/groups`)).groups),
    createGroup: (name: string) => change('POST', `${root}/groups`, { groups: named([name]) }),
    deleteGroup: (groups: string) => change('DELETE', url('/groups', { groups })),
    usersOfGroup: async (groupName: string) =>
      namesOf((await callJson<Names<'users'>>('GET', url('/groups/users', { groupName }))).users),
    addToGroup: (groupName: string, user: string) =>
      change('PUT', url('/groups/users', { groupName }), { users: named([user]) }),
    removeFromGroup: (groupName: string, users: string) => change('DELETE', url('/groups/users', { groupName, users })),
    rolesOfGroup: async (groupName: string) =>
      (await callJson<{ roles: readonly AssignedRole[] }>('GET', url('/groups/roles', { groupName }))).roles,
    assignRoleToGroup: (groupName: string, applicationName: string, name: string) =>
      change('PUT', url('/groups/roles', { groupName }), { roles: [{ name, applicationName }] }),
    unassignRoleFromGroup: (groupName: string, application: string, role: string) =>
      change('DELETE', url('/groups/roles', { groupName, roles: `${application}:${role}` })),

    roles: async (application: string) =>
      (await callJson<{ roles: readonly Role[] }>('GET', root + rolesPath(application))).roles,
    createRole: (application: string, name: string) =>
      change('POST', root + rolesPath(application), { roles: named([name]) }),
    deleteRole: (application: string, roles: string) => change('DELETE', url(rolesPath(application), { roles })),
    assigneesOfRole: async <Kind extends Assignees>(kind: Kind, application: string, roleName: string) =>
      namesOf((await callJson<Names<Kind>>('GET', url(`${rolesPath(application)}/${kind}`, { roleName })))[kind]),
  }
}

import { Type } from 'typebox'

const named = Type.Object({ name: Type.String() })

/** `providerAccount` names the account that owns a subscribed application; here there is one owner, so any value will do. */
const providerAccount = Type.Optional(Type.String())

export const accountPath = Type.Object({ subaccount: Type.String() })
export const applicationPath = Type.Object({ subaccount: Type.String(), app: Type.String() })

export const providerQuery = Type.Object({ providerAccount })
export const rolesQuery = Type.Object({ roles: Type.String(), providerAccount })
export const roleNameQuery = Type.Object({ roleName: Type.String(), providerAccount })
export const roleUsersQuery = Type.Object({ roleName: Type.String(), users: Type.String(), providerAccount })
export const roleGroupsQuery = Type.Object({ roleName: Type.String(), groups: Type.String(), providerAccount })
export const groupsQuery = Type.Object({ groups: Type.String() })

/** The envelopes of requests and, for users and groups, of replies. */
export const usersBody = Type.Object({ users: Type.Array(named) })
export const groupsBody = Type.Object({ groups: Type.Array(named) })
export const rolesBody = Type.Object({ roles: Type.Array(named) })
export const roleReferencesBody = Type.Object({
  roles: Type.Array(Type.Object({ name: Type.String(), applicationName: Type.String(), providerAccount })),
})

const role = {
  name: Type.String(),
  type: Type.Enum(['PREDEFINED', 'CUSTOM']),
  applicationRole: Type.Boolean(),
  shared: Type.Boolean(),
}

export const rolesReply = Type.Object({ roles: Type.Array(Type.Object(role)) })
export const roleReferencesReply = Type.Object({
  roles: Type.Array(Type.Object({ ...role, applicationName: Type.String(), providerAccount: Type.String() })),
})

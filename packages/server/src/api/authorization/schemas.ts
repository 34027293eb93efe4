const text = { type: 'string' } as const
const roleName = { type: 'string', description: 'Name of a role of the application; case-sensitive.' } as const
const groupName = { type: 'string', description: 'Name of a group, without regard to case.' } as const
const userId = { type: 'string', description: 'Name of a user, without regard to case.' } as const
const users = { type: 'string', description: 'Names of users separated by ";", or "*" for all.' } as const
const groups = { type: 'string', description: 'Names of groups separated by ";", or "*" for all.' } as const
const roles = { type: 'string', description: 'Names of roles separated by ";", or "*" for all.' } as const

const providerAccount = {
  type: 'string',
  description: 'The account that owns a subscribed application. Here there is one owner, so any value will do.',
} as const

const subaccount = { type: 'string', description: 'Technical name of the subaccount.' } as const
const app = { type: 'string', description: 'Name of an application of the subaccount.' } as const

export const accountPath = { type: 'object', required: ['subaccount'], properties: { subaccount } } as const
export const applicationPath = {
  type: 'object',
  required: ['subaccount', 'app'],
  properties: { subaccount, app },
} as const

export const providerQuery = { type: 'object', properties: { providerAccount } } as const
export const rolesQuery = { type: 'object', required: ['roles'], properties: { roles, providerAccount } } as const
export const roleNameQuery = {
  type: 'object',
  required: ['roleName'],
  properties: { roleName, providerAccount },
} as const
export const roleUsersQuery = {
  type: 'object',
  required: ['roleName', 'users'],
  properties: { roleName, users, providerAccount },
} as const
export const roleGroupsQuery = {
  type: 'object',
  required: ['roleName', 'groups'],
  properties: { roleName, groups, providerAccount },
} as const
export const groupsQuery = { type: 'object', required: ['groups'], properties: { groups } } as const
export const groupNameQuery = { type: 'object', required: ['groupName'], properties: { groupName } } as const
export const groupUsersQuery = {
  type: 'object',
  required: ['groupName', 'users'],
  properties: { groupName, users },
} as const
export const groupRolesQuery = {
  type: 'object',
  required: ['groupName', 'roles'],
  properties: { groupName, roles },
} as const
export const userIdQuery = { type: 'object', required: ['userId'], properties: { userId } } as const
export const userGroupsQuery = {
  type: 'object',
  required: ['userId', 'groups'],
  properties: { userId, groups },
} as const
export const userRolesQuery = { type: 'object', required: ['userId', 'roles'], properties: { userId, roles } } as const

const named = { type: 'array', items: { type: 'object', required: ['name'], properties: { name: text } } } as const

/** The envelopes of requests and, for users and groups, of replies. */
export const usersBody = { type: 'object', required: ['users'], properties: { users: named } } as const
export const groupsBody = { type: 'object', required: ['groups'], properties: { groups: named } } as const
export const rolesBody = { type: 'object', required: ['roles'], properties: { roles: named } } as const
export const roleReferencesBody = {
  type: 'object',
  required: ['roles'],
  properties: {
    roles: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'applicationName'],
        properties: { name: text, applicationName: text, providerAccount },
      },
    },
  },
} as const

const roleFields = {
  name: text,
  type: { type: 'string', enum: ['PREDEFINED', 'CUSTOM'] },
  applicationRole: { type: 'boolean' },
  shared: { type: 'boolean' },
} as const
const roleFieldNames = ['name', 'type', 'applicationRole', 'shared'] as const

export const rolesReply = {
  type: 'object',
  required: ['roles'],
  properties: {
    roles: { type: 'array', items: { type: 'object', required: roleFieldNames, properties: roleFields } },
  },
} as const
export const roleReferencesReply = {
  type: 'object',
  required: ['roles'],
  properties: {
    roles: {
      type: 'array',
      items: {
        type: 'object',
        required: [...roleFieldNames, 'applicationName', 'providerAccount'],
        properties: { ...roleFields, applicationName: text, providerAccount: text },
      },
    },
  },
} as const

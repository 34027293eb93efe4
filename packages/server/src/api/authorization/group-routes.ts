import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { noteAudit } from '../../http/audited-routes.ts'
import { audited, noBody } from '../../http/route-description.ts'
import type { Guards } from './guards.ts'
import type { Directory } from './names.ts'
import { named, requireGroups, requireNames, splitNames } from './names.ts'
import * as schemas from './schemas.ts'

const tags = ['Groups']

const params = schemas.accountPath

/** `/groups`: the groups themselves. */
export function registerGroupRoutes(api: FastifyInstance, directory: Directory, guards: Guards): void {
  const { groups } = directory

  api.get(
    '/groups',
    { ...guards.read, schema: { tags, summary: 'List the groups', params, response: { 200: schemas.groupsBody } } },
    async () => ({ groups: (await groups.list()).map(name => ({ name })) }),
  )

  api.post<{ Body: FromSchema<typeof schemas.groupsBody> }>(
    '/groups',
    {
      ...audited(guards.assign, { object: 'group', action: 'create' }),
      schema: { tags, summary: 'Create groups', params, body: schemas.groupsBody, response: { 201: noBody } },
    },
    async (request, reply) => {
      const names = requireNames(request.body.groups.map(group => group.name))
      noteAudit(request, { id: names.join('\n') })
      await groups.create(names)
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.groupsQuery> }>(
    '/groups',
    {
      ...audited(guards.assign, { object: 'group', action: 'delete', id: 'query.groups' }),
      schema: { tags, summary: 'Delete groups', params, querystring: schemas.groupsQuery, response: { 200: noBody } },
    },
    async (request, reply) => {
      const names = await splitNames(request.query.groups, () => groups.list())
      noteAudit(request, { id: names.join('\n') })
      await requireGroups(directory, names, 404)
      await groups.delete(names)
      return reply.send()
    },
  )

  registerUsersOfGroup(api, directory, guards)
  registerGroupsOfUser(api, directory, guards)
}

/** `/groups/users`: who is in a group. */
function registerUsersOfGroup(api: FastifyInstance, directory: Directory, guards: Guards): void {
  const { groups } = directory

  api.get<{ Querystring: FromSchema<typeof schemas.groupNameQuery> }>(
    '/groups/users',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the users in a group',
        params,
        querystring: schemas.groupNameQuery,
        response: { 200: schemas.usersBody },
      },
    },
    async ({ query }) => {
      await requireGroups(directory, [query.groupName], 404)
      return { users: (await groups.users(query.groupName)).map(name => ({ name })) }
    },
  )

  api.put<{ Querystring: FromSchema<typeof schemas.groupNameQuery>; Body: FromSchema<typeof schemas.usersBody> }>(
    '/groups/users',
    {
      ...audited(guards.assign, { object: 'group-membership', action: 'assign', id: 'query.groupName' }),
      schema: {
        tags,
        summary: 'Put users into a group',
        params,
        querystring: schemas.groupNameQuery,
        body: schemas.usersBody,
        response: { 201: noBody },
      },
    },
    async (request, reply) => {
      const { query, body } = request
      await requireGroups(directory, [query.groupName], 404)
      const users = requireNames(body.users.map(user => user.name))
      noteAudit(request, { changes: named('user', users) })
      await groups.addUsers(query.groupName, users)
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.groupUsersQuery> }>(
    '/groups/users',
    {
      ...audited(guards.assign, { object: 'group-membership', action: 'unassign', id: 'query.groupName' }),
      schema: {
        tags,
        summary: 'Take users out of a group',
        params,
        querystring: schemas.groupUsersQuery,
        response: { 200: noBody },
      },
    },
    async (request, reply) => {
      const { query } = request
      await requireGroups(directory, [query.groupName], 404)
      const users = await splitNames(query.users, () => groups.users(query.groupName))
      noteAudit(request, { changes: named('user', users) })
      await groups.removeUsers(query.groupName, users)
      return reply.send()
    },
  )
}

/** `/users/groups`: the groups a user is in. */
function registerGroupsOfUser(api: FastifyInstance, directory: Directory, guards: Guards): void {
  const { groups } = directory

  api.get<{ Querystring: FromSchema<typeof schemas.userIdQuery> }>(
    '/users/groups',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the groups that a user is in',
        params,
        querystring: schemas.userIdQuery,
        response: { 200: schemas.groupsBody },
      },
    },
    async ({ query }) => ({ groups: (await groups.ofUser(query.userId)).map(name => ({ name })) }),
  )

  api.put<{ Querystring: FromSchema<typeof schemas.userIdQuery>; Body: FromSchema<typeof schemas.groupsBody> }>(
    '/users/groups',
    {
      ...audited(guards.assign, { object: 'group-membership', action: 'assign' }),
      schema: {
        tags,
        summary: 'Put a user into groups',
        params,
        querystring: schemas.userIdQuery,
        body: schemas.groupsBody,
        response: { 201: noBody },
      },
    },
    async (request, reply) => {
      const { query, body } = request
      const users = requireNames([query.userId])
      const names = body.groups.map(group => group.name)
      noteAudit(request, { id: names.join('\n'), changes: named('user', users) })
      await requireGroups(directory, names, 400)
      for (const name of names) await groups.addUsers(name, users)
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.userGroupsQuery> }>(
    '/users/groups',
    {
      ...audited(guards.assign, { object: 'group-membership', action: 'unassign', id: 'query.groups' }),
      schema: {
        tags,
        summary: 'Take a user out of groups',
        params,
        querystring: schemas.userGroupsQuery,
        response: { 200: noBody },
      },
    },
    async (request, reply) => {
      const { query } = request
      const names = await splitNames(query.groups, () => groups.ofUser(query.userId))
      noteAudit(request, { id: names.join('\n'), changes: named('user', [query.userId]) })
      for (const name of names) await groups.removeUsers(name, [query.userId])
      return reply.send()
    },
  )
}

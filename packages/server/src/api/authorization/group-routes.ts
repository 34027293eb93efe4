import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { Guards } from './guards.ts'
import type { Directory } from './names.ts'
import { requireGroups, requireNames, splitNames } from './names.ts'
import * as schemas from './schemas.ts'

const params = schemas.accountPath

/** `/groups`: the groups themselves. */
export function registerGroupRoutes(api: FastifyInstance, directory: Directory, guards: Guards): void {
  const { groups } = directory

  api.get(
    '/groups',
    { onRequest: guards.read, schema: { params, response: { 200: schemas.groupsBody } } },
    async () => ({ groups: (await groups.list()).map(name => ({ name })) }),
  )

  api.post<{ Body: FromSchema<typeof schemas.groupsBody> }>(
    '/groups',
    { onRequest: guards.assign, schema: { params, body: schemas.groupsBody } },
    async (request, reply) => {
      await groups.create(requireNames(request.body.groups.map(group => group.name)))
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.groupsQuery> }>(
    '/groups',
    { onRequest: guards.assign, schema: { params, querystring: schemas.groupsQuery } },
    async (request, reply) => {
      const names = await splitNames(request.query.groups, () => groups.list())
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
      onRequest: guards.read,
      schema: { params, querystring: schemas.groupNameQuery, response: { 200: schemas.usersBody } },
    },
    async ({ query }) => {
      await requireGroups(directory, [query.groupName], 404)
      return { users: (await groups.users(query.groupName)).map(name => ({ name })) }
    },
  )

  api.put<{ Querystring: FromSchema<typeof schemas.groupNameQuery>; Body: FromSchema<typeof schemas.usersBody> }>(
    '/groups/users',
    { onRequest: guards.assign, schema: { params, querystring: schemas.groupNameQuery, body: schemas.usersBody } },
    async ({ query, body }, reply) => {
      await requireGroups(directory, [query.groupName], 404)
      await groups.addUsers(query.groupName, requireNames(body.users.map(user => user.name)))
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.groupUsersQuery> }>(
    '/groups/users',
    { onRequest: guards.assign, schema: { params, querystring: schemas.groupUsersQuery } },
    async ({ query }, reply) => {
      await requireGroups(directory, [query.groupName], 404)
      await groups.removeUsers(query.groupName, await splitNames(query.users, () => groups.users(query.groupName)))
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
      onRequest: guards.read,
      schema: { params, querystring: schemas.userIdQuery, response: { 200: schemas.groupsBody } },
    },
    async ({ query }) => ({ groups: (await groups.ofUser(query.userId)).map(name => ({ name })) }),
  )

  api.put<{ Querystring: FromSchema<typeof schemas.userIdQuery>; Body: FromSchema<typeof schemas.groupsBody> }>(
    '/users/groups',
    { onRequest: guards.assign, schema: { params, querystring: schemas.userIdQuery, body: schemas.groupsBody } },
    async ({ query, body }, reply) => {
      const users = requireNames([query.userId])
      const names = body.groups.map(group => group.name)
      await requireGroups(directory, names, 400)
      for (const name of names) await groups.addUsers(name, users)
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.userGroupsQuery> }>(
    '/users/groups',
    { onRequest: guards.assign, schema: { params, querystring: schemas.userGroupsQuery } },
    async ({ query }, reply) => {
      const names = await splitNames(query.groups, () => groups.ofUser(query.userId))
      for (const name of names) await groups.removeUsers(name, [query.userId])
      return reply.send()
    },
  )
}

import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { noBody } from '../../http/route-description.ts'
import type { RoleReference } from '../../store/store.ts'
import type { Guards } from './guards.ts'
import type { Directory } from './names.ts'
import { requireApplication, requireGroups, requireNames, requireRole, rolesOf, splitNames } from './names.ts'
import { describeRole } from './role.ts'
import * as schemas from './schemas.ts'

const tags = ['Roles of applications']

type ApplicationPath = FromSchema<typeof schemas.applicationPath>

/** Roles of an application, below `base` (`/apps/:app/roles` and its alias). */
export function registerApplicationRoutes(
  api: FastifyInstance,
  base: string,
  directory: Directory,
  guards: Guards,
): void {
  const { catalogue, roles } = directory
  const params = schemas.applicationPath

  api.get<{ Params: ApplicationPath }>(
    base,
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the roles of an application',
        params,
        querystring: schemas.providerQuery,
        response: { 200: schemas.rolesReply },
      },
    },
    async request => {
      const application = requireApplication(catalogue, request.params.app, 404)
      return { roles: (await rolesOf(directory, application)).map(role => describeRole(application, role)) }
    },
  )

  api.post<{ Params: ApplicationPath; Body: FromSchema<typeof schemas.rolesBody> }>(
    base,
    {
      ...guards.defineRoles,
      schema: {
        tags,
        summary: 'Create custom roles',
        params,
        querystring: schemas.providerQuery,
        body: schemas.rolesBody,
        response: { 201: noBody },
      },
    },
    async (request, reply) => {
      const application = requireApplication(catalogue, request.params.app, 404)
      const names = requireNames(request.body.roles.map(role => role.name))
      await roles.createCustom(
        application.name,
        names.filter(name => !application.predefinedRoles.includes(name)),
      )
      return reply.code(201).send()
    },
  )

  api.delete<{ Params: ApplicationPath; Querystring: FromSchema<typeof schemas.rolesQuery> }>(
    base,
    {
      ...guards.defineRoles,
      schema: {
        tags,
        summary: 'Delete custom roles',
        params,
        querystring: schemas.rolesQuery,
        response: { 200: noBody },
      },
    },
    async (request, reply) => {
      const application = requireApplication(catalogue, request.params.app, 404)
      const names = await splitNames(request.query.roles, () => roles.listCustom(application.name))
      for (const role of names) {
        await requireRole(directory, { application: application.name, role }, 404)
        if (!application.predefinedRoles.includes(role)) continue
        throw new Problem(400, 'predefined-role', `Expected a custom role to delete, found the predefined "${role}"`)
      }
      await roles.deleteCustom(application.name, names)
      return reply.send()
    },
  )

  registerRoleUserRoutes(api, `${base}/users`, directory, guards)
  registerRoleGroupRoutes(api, `${base}/groups`, directory, guards)
}

type RolePath = { Params: ApplicationPath; Querystring: FromSchema<typeof schemas.roleNameQuery> }

/** The role that the path and `roleName` address. */
function addressedRole(
  directory: Directory,
  request: { params: ApplicationPath; query: { roleName: string } },
): Promise<RoleReference> {
  return requireRole(directory, { application: request.params.app, role: request.query.roleName }, 404)
}

function registerRoleUserRoutes(api: FastifyInstance, path: string, directory: Directory, guards: Guards): void {
  const { roles } = directory
  const params = schemas.applicationPath

  api.get<RolePath>(
    path,
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the users that have a role',
        params,
        querystring: schemas.roleNameQuery,
        response: { 200: schemas.usersBody },
      },
    },
    async request => {
      const users = await roles.usersOf(await addressedRole(directory, request))
      return { users: users.map(name => ({ name })) }
    },
  )

  api.put<RolePath & { Body: FromSchema<typeof schemas.usersBody> }>(
    path,
    {
      ...guards.assign,
      schema: {
        tags,
        summary: 'Assign users to a role',
        params,
        querystring: schemas.roleNameQuery,
        body: schemas.usersBody,
        response: { 201: noBody },
      },
    },
    async (request, reply) => {
      const reference = await addressedRole(directory, request)
      await roles.assignUsers(reference, requireNames(request.body.users.map(user => user.name)))
      return reply.code(201).send()
    },
  )

  api.delete<{ Params: ApplicationPath; Querystring: FromSchema<typeof schemas.roleUsersQuery> }>(
    path,
    {
      ...guards.assign,
      schema: {
        tags,
        summary: 'Take a role from users',
        params,
        querystring: schemas.roleUsersQuery,
        response: { 200: noBody },
      },
    },
    async (request, reply) => {
      const reference = await addressedRole(directory, request)
      await roles.unassignUsers(reference, await splitNames(request.query.users, () => roles.usersOf(reference)))
      return reply.send()
    },
  )
}

function registerRoleGroupRoutes(api: FastifyInstance, path: string, directory: Directory, guards: Guards): void {
  const { roles } = directory
  const params = schemas.applicationPath

  api.get<RolePath>(
    path,
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the groups that have a role',
        params,
        querystring: schemas.roleNameQuery,
        response: { 200: schemas.groupsBody },
      },
    },
    async request => {
      const groups = await roles.groupsOf(await addressedRole(directory, request))
      return { groups: groups.map(name => ({ name })) }
    },
  )

  api.put<RolePath & { Body: FromSchema<typeof schemas.groupsBody> }>(
    path,
    {
      ...guards.assign,
      schema: {
        tags,
        summary: 'Assign groups to a role',
        params,
        querystring: schemas.roleNameQuery,
        body: schemas.groupsBody,
        response: { 201: noBody },
      },
    },
    async (request, reply) => {
      const reference = await addressedRole(directory, request)
      const names = request.body.groups.map(group => group.name)
      await requireGroups(directory, names, 400)
      await roles.assignGroups(reference, names)
      return reply.code(201).send()
    },
  )

  api.delete<{ Params: ApplicationPath; Querystring: FromSchema<typeof schemas.roleGroupsQuery> }>(
    path,
    {
      ...guards.assign,
      schema: {
        tags,
        summary: 'Take a role from groups',
        params,
        querystring: schemas.roleGroupsQuery,
        response: { 200: noBody },
      },
    },
    async (request, reply) => {
      const reference = await addressedRole(directory, request)
      await roles.unassignGroups(reference, await splitNames(request.query.groups, () => roles.groupsOf(reference)))
      return reply.send()
    },
  )
}

import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import type { RoleReference } from '../../store/store.ts'
import type { Guards } from './guards.ts'
import type { Directory } from './names.ts'
import {
  idOfRole,
  named,
  requireApplication,
  requireGroups,
  requireNames,
  requireRole,
  rolesOf,
  splitNames,
} from './names.ts'
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
  const { roles } = directory
  registerRoleRoutes(api, base, directory, guards)
  registerAssigneeRoutes(api, base, directory, guards, {
    kind: 'users',
    query: schemas.roleUsersQuery,
    body: schemas.usersBody,
    of: reference => roles.usersOf(reference),
    require: async names => requireNames(names),
    assign: (reference, names) => roles.assignUsers(reference, names),
    unassign: (reference, names) => roles.unassignUsers(reference, names),
  })
  registerAssigneeRoutes(api, base, directory, guards, {
    kind: 'groups',
    query: schemas.roleGroupsQuery,
    body: schemas.groupsBody,
    of: reference => roles.groupsOf(reference),
    require: names => requireGroups(directory, names, 400),
    assign: (reference, names) => roles.assignGroups(reference, names),
    unassign: (reference, names) => roles.unassignGroups(reference, names),
  })
}

function registerRoleRoutes(api: FastifyInstance, base: string, directory: Directory, guards: Guards): void {
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
      ...audited(guards.defineRoles, { object: 'role', action: 'create', id: 'params.app' }),
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
      noteAudit(request, { changes: names })
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
      ...audited(guards.defineRoles, { object: 'role', action: 'delete', id: 'params.app' }),
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
      noteAudit(request, { changes: names })
      for (const role of names) {
        await requireRole(directory, { application: application.name, role }, 404)
        if (!application.predefinedRoles.includes(role)) continue
        throw new Problem(400, 'predefined-role', `Expected a custom role to delete, found the predefined "${role}"`)
      }
      await roles.deleteCustom(application.name, names)
      return reply.send()
    },
  )
}

/** Those who may have a role: users or groups. */
interface Assignees {
  readonly kind: 'users' | 'groups'
  /** The role and who loses it. */
  readonly query: object
  /** Their envelope. */
  readonly body: object
  of(reference: RoleReference): Promise<string[]>
  require(names: readonly string[]): Promise<unknown>
  assign(reference: RoleReference, names: readonly string[]): Promise<void>
  unassign(reference: RoleReference, names: readonly string[]): Promise<void>
}

type RolePath = { Params: ApplicationPath; Querystring: { readonly roleName: string } }
type Envelope = Record<Assignees['kind'], readonly { readonly name: string }[]>

/** `…/roles/users` and `…/roles/groups`: who has a role. */
function registerAssigneeRoutes(
  api: FastifyInstance,
  base: string,
  directory: Directory,
  guards: Guards,
  { kind, query, body, ...assignees }: Assignees,
): void {
  const path = `${base}/${kind}`
  const one = kind === 'users' ? 'user' : 'group'
  const params = schemas.applicationPath
  const querystring = schemas.roleNameQuery
  const addressedRole = (request: { params: ApplicationPath; query: { roleName: string } }) =>
    requireRole(directory, { application: request.params.app, role: request.query.roleName }, 404)

  api.get<RolePath>(
    path,
    {
      ...guards.read,
      schema: { tags, summary: `List the ${kind} that have a role`, params, querystring, response: { 200: body } },
    },
    async request => {
      const names = await assignees.of(await addressedRole(request))
      return { [kind]: names.map(name => ({ name })) }
    },
  )

  api.put<RolePath & { Body: Envelope }>(
    path,
    {
      ...audited(guards.assign, { object: 'role-assignment', action: 'assign' }),
      schema: { tags, summary: `Assign ${kind} to a role`, params, querystring, body, response: { 201: noBody } },
    },
    async (request, reply) => {
      const reference = await addressedRole(request)
      const names = request.body[kind].map(({ name }) => name)
      noteAudit(request, { id: idOfRole(reference), changes: named(one, names) })
      await assignees.require(names)
      await assignees.assign(reference, names)
      return reply.code(201).send()
    },
  )

  api.delete<{
    Params: ApplicationPath
    Querystring: { readonly roleName: string } & Record<Assignees['kind'], string>
  }>(
    path,
    {
      ...audited(guards.assign, { object: 'role-assignment', action: 'unassign' }),
      schema: { tags, summary: `Take a role from ${kind}`, params, querystring: query, response: { 200: noBody } },
    },
    async (request, reply) => {
      const reference = await addressedRole(request)
      const names = await splitNames(request.query[kind], () => assignees.of(reference))
      noteAudit(request, { id: idOfRole(reference), changes: named(one, names) })
      await assignees.unassign(reference, names)
      return reply.send()
    },
  )
}

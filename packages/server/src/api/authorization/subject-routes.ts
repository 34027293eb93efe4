import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { noteAudit } from '../../http/audited-routes.ts'
import { audited, noBody } from '../../http/route-description.ts'
import type { RoleReference } from '../../store/store.ts'
import type { Guards } from './guards.ts'
import type { Directory } from './names.ts'
import { idOfRole, named, requireGroups, requireNames, requireRole, splitNames } from './names.ts'
import { describeReference } from './role.ts'
import * as schemas from './schemas.ts'

const tags = ['Roles of users and groups']

/** Somebody who has roles: a user (`userId`) or a group (`groupName`). */
interface Subject {
  readonly kind: 'user' | 'group'
  readonly path: string
  readonly parameter: 'userId' | 'groupName'
  readonly query: object
  readonly rolesQuery: object
  require(name: string): Promise<unknown>
  rolesOf(name: string): Promise<RoleReference[]>
  assign(reference: RoleReference, name: string): Promise<void>
  unassign(reference: RoleReference, name: string): Promise<void>
}

/** `/users/roles` and `/groups/roles`: the roles of one user or group. */
export function registerSubjectRoutes(api: FastifyInstance, directory: Directory, guards: Guards): void {
  const { roles } = directory
  registerRolesOf(api, directory, guards, {
    kind: 'user',
    path: '/users/roles',
    parameter: 'userId',
    query: schemas.userIdQuery,
    rolesQuery: schemas.userRolesQuery,
    require: async name => requireNames([name]),
    rolesOf: name => roles.ofUser(name),
    assign: (reference, name) => roles.assignUsers(reference, [name]),
    unassign: (reference, name) => roles.unassignUsers(reference, [name]),
  })
  registerRolesOf(api, directory, guards, {
    kind: 'group',
    path: '/groups/roles',
    parameter: 'groupName',
    query: schemas.groupNameQuery,
    rolesQuery: schemas.groupRolesQuery,
    require: name => requireGroups(directory, [name], 404),
    rolesOf: name => roles.ofGroup(name),
    assign: (reference, name) => roles.assignGroups(reference, [name]),
    unassign: (reference, name) => roles.unassignGroups(reference, [name]),
  })
}

type Query = Record<string, string>

function registerRolesOf(api: FastifyInstance, directory: Directory, guards: Guards, subject: Subject): void {
  const { kind, path, parameter, query: querystring } = subject
  const params = schemas.accountPath
  const name = (query: Query): string => query[parameter] as string

  api.get<{ Querystring: Query }>(
    path,
    {
      ...guards.read,
      schema: {
        tags,
        summary: `List the roles of a ${kind}`,
        params,
        querystring,
        response: { 200: schemas.roleReferencesReply },
      },
    },
    async request => {
      await subject.require(name(request.query))
      const references = await subject.rolesOf(name(request.query))
      return { roles: references.map(reference => describeReference(directory.catalogue, reference)) }
    },
  )

  api.put<{ Querystring: Query; Body: FromSchema<typeof schemas.roleReferencesBody> }>(
    path,
    {
      ...audited(guards.assign, { object: 'role-assignment', action: 'assign' }),
      schema: {
        tags,
        summary: `Assign roles to a ${kind}`,
        params,
        querystring,
        body: schemas.roleReferencesBody,
        response: { 201: noBody },
      },
    },
    async (request, reply) => {
      await subject.require(name(request.query))
      const references = request.body.roles.map(role => ({ application: role.applicationName, role: role.name }))
      const about = { id: references.map(idOfRole).join('\n'), changes: named(kind, [name(request.query)]) }
      noteAudit(request, about)
      for (const reference of references) await requireRole(directory, reference, 400)
      for (const reference of references) await subject.assign(reference, name(request.query))
      return reply.code(201).send()
    },
  )

  api.delete<{ Querystring: Query }>(
    path,
    {
      ...audited(guards.assign, { object: 'role-assignment', action: 'unassign' }),
      schema: {
        tags,
        summary: `Take roles from a ${kind}`,
        params,
        querystring: subject.rolesQuery,
        response: { 200: noBody },
      },
    },
    async (request, reply) => {
      await subject.require(name(request.query))
      const assigned = await subject.rolesOf(name(request.query))
      const wanted = await splitNames(request.query.roles as string, async () => assigned.map(({ role }) => role))
      const taken = assigned.filter(reference => wanted.some(text => addresses(text, reference)))
      noteAudit(request, { id: taken.map(idOfRole).join('\n'), changes: named(kind, [name(request.query)]) })
      for (const reference of taken) {
        await subject.unassign(reference, name(request.query))
      }
      return reply.send()
    },
  )
}

/** A role is named alone, in whatever application it is assigned, or as `application:role`. */
function addresses(text: string, { application, role }: RoleReference): boolean {
  return text === role || text === `${application}:${role}`
}

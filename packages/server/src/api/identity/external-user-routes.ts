import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import type { ExternalUser, ExternalUsers } from '../../store/store.ts'
import * as schemas from './external-user-schemas.ts'
import type { Guards, IdentityApiOptions } from './index.ts'
import { userPath, usersQuery } from './schemas.ts'

const tags = ['External users']

type ByName = { Params: FromSchema<typeof userPath> }

/** `/external-users`: users for whom identity providers have vouched; `/mapped-groups`: what providers say of anybody's groups. */
export function registerExternalUserRoutes(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { accounts, store } = options
  const { externalUsers, mappedGroups } = store

  api.get<{ Querystring: FromSchema<typeof usersQuery> }>(
    '/external-users',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List users who have signed in at OpenID providers or were named by SAML assertions',
        querystring: usersQuery,
        response: { 200: schemas.externalUsersReply },
      },
    },
    async ({ query }) => {
      const { users, count } = await externalUsers.list(query)
      return { users: users.map(describe), count }
    },
  )

  api.get<ByName>(
    '/external-users/:name',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'Show a user of an identity provider',
        params: userPath,
        response: { 200: schemas.externalUserReply },
      },
    },
    async ({ params }) => describe(await requireUser(externalUsers, params.name)),
  )

  api.delete<ByName>(
    '/external-users/:name',
    {
      ...audited(guards.manage, { object: 'user', action: 'delete', id: 'params.name' }),
      schema: {
        tags,
        summary: 'Forget a user of identity providers with its assignments, sessions and tokens, which frees the name',
        params: userPath,
        response: { 204: noBody },
      },
    },
    async ({ params }, reply) => {
      await accounts.forget(await requireUser(externalUsers, params.name))
      return reply.code(204).send()
    },
  )

  api.get<{ Querystring: FromSchema<typeof schemas.mappedGroupsQuery> }>(
    '/mapped-groups',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List groups that identity providers gave a user, which count while these are enabled',
        querystring: schemas.mappedGroupsQuery,
        response: { 200: schemas.mappedGroupsReply },
      },
    },
    async ({ query }) => ({ groups: await mappedGroups.ofUser(query.user) }),
  )
}

async function requireUser(users: Pick<ExternalUsers, 'find'>, name: string): Promise<ExternalUser> {
  const found = await users.find(name)
  if (found) return found
  const detail = 'Expected the name of a user for whom an identity provider has vouched, found none of this name.'
  throw new Problem(404, 'unknown-user', detail)
}

function describe({ signedInAt, ...user }: ExternalUser) {
  return { ...user, signedInAt: new Date(signedInAt).toISOString() }
}

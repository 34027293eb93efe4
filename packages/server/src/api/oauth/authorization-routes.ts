import { authorizationEnd } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { clientsOf } from '../../identity/clients-of.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import * as schemas from './schemas.ts'

const tags = ['OAuth authorizations']

/**
 * `/authorizations`: what users allowed clients (RFC 6749 §4.1) and clients can still use, also where only a refresh token is
 * left of it.
 */
export function registerAuthorizationRoutes(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { authorizations, clients, clock, oauth } = options

  api.get<{ Querystring: FromSchema<typeof schemas.tokensQuery> }>(
    '/authorizations',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List what users allowed clients, the one used last first',
        querystring: schemas.tokensQuery,
        response: { 200: schemas.authorizationsReply },
      },
    },
    async ({ query }) => {
      const found = await authorizations.list(query)
      const owners = await clientsOf(found, clients)
      const now = clock.now()
      return {
        authorizations: found.flatMap(({ id, clientId, user, scopes, issuedAt, usedAt }) => {
          const owner = owners.get(clientId)
          if (!owner) return []
          const validUntil = authorizationEnd({ issuedAt, usedAt }, owner, oauth.settings)
          if (now >= validUntil) return []
          const moments = { issuedAt: moment(issuedAt), usedAt: moment(usedAt), validUntil: moment(validUntil) }
          return [{ id, clientId, user, application: owner.subscription, scopes: [...scopes], ...moments }]
        }),
      }
    },
  )

  api.delete<{ Params: FromSchema<typeof schemas.authorizationPath> }>(
    '/authorizations/:id',
    {
      ...audited(guards.manage, { object: 'authorization', action: 'revoke', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Revoke what a user allowed a client, with all its tokens',
        params: schemas.authorizationPath,
        response: { 204: noBody },
      },
    },
    async ({ params }, reply) => {
      if (await authorizations.end(params.id)) return reply.code(204).send()
      const detail = 'Expected the ID of an authorization that a user gave, found none with this ID.'
      throw new Problem(404, 'unknown-authorization', detail)
    },
  )
}

function moment(time: number): string {
  return new Date(time).toISOString()
}

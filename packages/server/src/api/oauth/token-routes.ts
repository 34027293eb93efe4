import { type Client, clientIdOfUser, type OpaqueToken, oauthClientUser } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { clientsOf } from '../../identity/clients-of.ts'
import type { Tokens } from '../../store/store.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import * as schemas from './schemas.ts'

const tags = ['OAuth tokens']

type TokensQuery = FromSchema<typeof schemas.tokensQuery>

/** `/tokens`: issued opaque tokens that are still valid. JWTs are not stored and cannot be listed or revoked. */
export function registerTokenRoutes(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { tokens, clients, clock } = options

  api.get<{ Querystring: TokensQuery }>(
    '/tokens',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List opaque tokens that are still valid',
        querystring: schemas.tokensQuery,
        response: { 200: schemas.tokensReply },
      },
    },
    async ({ query }) => {
      const found = await listTokens(tokens, query)
      const owners = await clientsOf(found, clients)
      const now = clock.now()
      return {
        tokens: found.flatMap(token => {
          const owner = owners.get(token.clientId)
          return owner && now < validUntil(token, owner) ? [describe(token, owner)] : []
        }),
      }
    },
  )

  api.delete<{ Querystring: FromSchema<typeof schemas.revocationQuery> }>(
    '/tokens',
    {
      ...audited(guards.manage, { object: 'access-token', action: 'revoke' }),
      schema: {
        tags,
        summary: 'Revoke all opaque tokens of a client, of a user, or of everybody, with what users allowed clients',
        querystring: schemas.revocationQuery,
        response: { 200: schemas.revokedReply },
      },
    },
    async request => {
      const { clientId, user } = request.query
      const whose = clientId === undefined ? user && `user ${user}` : `client ${clientId}`
      noteAudit(request, { id: `all of ${whose ?? 'everybody'}` })
      const revoked = await revoke(tokens, request.query)
      noteAudit(request, { count: revoked })
      return { revoked }
    },
  )

  api.delete<{ Params: FromSchema<typeof schemas.tokenPath> }>(
    '/tokens/:id',
    {
      ...audited(guards.manage, { object: 'access-token', action: 'revoke', id: 'params.id' }),
      schema: { tags, summary: 'Revoke an opaque token', params: schemas.tokenPath, response: { 204: noBody } },
    },
    async ({ params }, reply) => {
      if (await tokens.delete(Buffer.from(params.id, 'hex'))) return reply.code(204).send()
      throw new Problem(404, 'unknown-token', 'Expected the ID of an issued token, found none with this ID.')
    },
  )
}

async function revoke(
  tokens: Tokens,
  { clientId, user, all }: FromSchema<typeof schemas.revocationQuery>,
): Promise<number> {
  const named = [clientId, user, all].filter(value => value !== undefined)
  if (named.length !== 1) {
    const detail = 'Expected one of "clientId", "user" and "all", as to whose tokens to revoke'
    throw new Problem(400, 'invalid-request', `${detail}, found ${named.length} of them.`)
  }
  if (clientId !== undefined) return tokens.deleteByClient(clientId)
  if (user === undefined) return tokens.deleteAll()
  const ofClient = clientIdOfUser(user)
  return ofClient === undefined ? tokens.deleteByUser(user) : tokens.deleteByClient(ofClient, 'own')
}

/** Tokens that clients got for themselves are stored without a user: theirs is found by the client's ID. */
async function listTokens(tokens: Tokens, { clientId, user, limit }: TokensQuery): Promise<OpaqueToken[]> {
  const ofClient = user === undefined ? undefined : clientIdOfUser(user)
  if (ofClient === undefined) {
    return tokens.list({
      limit,
      ...(clientId === undefined ? {} : { clientId }),
      ...(user === undefined ? {} : { user }),
    })
  }
  if (clientId !== undefined && clientId !== ofClient) return []
  return (await tokens.list({ clientId: ofClient, limit })).filter(token => token.user === undefined)
}

function validUntil({ issuedAt }: OpaqueToken, { tokenLifetimeSeconds }: Client): number {
  return issuedAt + tokenLifetimeSeconds * 1000
}

function describe(token: OpaqueToken, owner: Client) {
  return {
    id: Buffer.from(token.key).toString('hex'),
    clientId: token.clientId,
    user: token.user ?? oauthClientUser(token.clientId),
    application: owner.subscription,
    issuedAt: new Date(token.issuedAt).toISOString(),
    validUntil: new Date(validUntil(token, owner)).toISOString(),
  }
}

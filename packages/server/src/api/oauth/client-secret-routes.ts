import type { Client } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import { noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { expiryState } from '../../identity/secret-expiry.ts'
import type { ClientSecret } from '../../store/store.ts'
import { generateSecret, hasSecret, unknownClient } from './client-routes.ts'
import * as schemas from './client-secret-schemas.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import { requireOwnScopes } from './platform-scopes.ts'
import { clientPath } from './schemas.ts'

const tags = ['OAuth clients']

/** `/clients/:id/secrets`: a second secret takes the place of the first while both work. Ours. */
export function registerClientSecretRoutes(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { clients, clientSecrets } = options
  registerAdding(api, options, guards)
  registerExpiry(api, options, guards)

  api.get<{ Params: { id: string } }>(
    '/clients/:id/secrets',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the secrets of a client',
        params: clientPath,
        response: { 200: schemas.clientSecretsReply },
      },
    },
    async ({ params }) => {
      if (!(await clients.find(params.id))) throw unknownClient(params.id)
      return { secrets: (await clientSecrets.list(params.id)).map(secret => describe(secret, options)) }
    },
  )

  api.delete<{ Params: { id: string; secretId: string } }>(
    '/clients/:id/secrets/:secretId',
    {
      ...audited(guards.manage, { object: 'client-secret', action: 'delete', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Remove a secret of a client, while another one is valid',
        params: schemas.secretPath,
        response: { 204: noBody },
      },
    },
    async (request, reply) => {
      const { id, secretId } = request.params
      noteAudit(request, { id: auditId(id, secretId) })
      const removed = await clientSecrets.delete(id, secretId, options.clock.now())
      if (removed === 'last') {
        const detail = 'Expected another valid secret beside the one to remove, found none. Add one first.'
        throw new Problem(409, 'last-secret', detail)
      }
      if (!removed) throw unknownSecret(secretId)
      return reply.code(204).send()
    },
  )
}

function registerAdding(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { clients, clientSecrets, hasher, random, clock } = options
  api.post<{ Params: { id: string }; Body: schemas.SecretCreation }>(
    '/clients/:id/secrets',
    {
      ...audited(guards.manage, { object: 'client-secret', action: 'create', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Add a second secret to a client; an expired one makes room for it',
        params: clientPath,
        body: schemas.secretCreation,
        response: { 201: schemas.clientSecretReply },
      },
    },
    async (request, reply) => {
      const { body } = request
      const { id } = request.params
      const client = await clients.find(id)
      if (!client) throw unknownClient(id)
      requireOwnScopes(request.raw, client.scopes)
      refuseWithoutSecrets(client, body)
      const generated = body.secret === undefined ? generateSecret(random) : undefined
      const others = await clients.findSecrets(id)
      const hash = await hasher.hash(body.secret ?? generated ?? '', others[0]?.hash)
      if (others.some(other => other.hash === hash)) {
        throw new Problem(409, 'same-secret', 'Expected a new secret, found one that the client has already.')
      }
      const expiresAt = readExpiry(body, clock.now())
      const added = await clientSecrets.add(id, { hash, createdAt: clock.now(), expiresAt })
      if (!added) throw unknownClient(id)
      if (added === 'full') {
        throw new Problem(409, 'two-secrets', 'Expected at most one valid secret, found two. Remove one first.')
      }
      noteAudit(request, { id: auditId(id, added.id) })
      reply.header('cache-control', 'no-store').header('location', `/oauth2/api/v1/clients/${id}/secrets/${added.id}`)
      return reply
        .code(201)
        .send({ ...describe(added, options), ...(generated !== undefined && { secret: generated }) })
    },
  )
}

function registerExpiry(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { clientSecrets, clock } = options
  api.put<{ Params: { id: string; secretId: string }; Body: schemas.SecretUpdate }>(
    '/clients/:id/secrets/:secretId',
    {
      ...audited(guards.manage, { object: 'client-secret', action: 'update', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Say when a secret of a client expires',
        params: schemas.secretPath,
        body: schemas.secretUpdate,
        response: { 200: schemas.clientSecretReply },
      },
    },
    async request => {
      const { id, secretId } = request.params
      const { body } = request
      noteAudit(request, { id: auditId(id, secretId), changes: ['expiresAt'] })
      const isSet = await clientSecrets.setExpiry(id, secretId, readExpiry(body, clock.now()))
      const secret = isSet && (await clientSecrets.list(id)).find(candidate => candidate.id === secretId)
      if (!secret) throw unknownSecret(secretId)
      return describe(secret, options)
    },
  )
}

function refuseWithoutSecrets(client: Client, { secret }: schemas.SecretCreation): void {
  if (!hasSecret(client)) {
    const detail = 'Expected a client that authenticates by a secret, found one that does not.'
    throw new Problem(409, 'no-secrets', detail)
  }
  if (client.kind === 'platform' && secret !== undefined) {
    throw new Problem(400, 'invalid-client', 'Expected no "secret", as those of platform clients are generated.')
  }
}

/** Milliseconds since 1970; undefined: never. Throws `Problem` 400. */
function readExpiry({ expiresAt }: schemas.SecretUpdate, now: number): number | undefined {
  if (expiresAt === undefined) return undefined
  const time = Date.parse(expiresAt)
  if (time > now) return time
  const found = Number.isNaN(time) ? 'no time at all' : new Date(time).toISOString()
  throw new Problem(400, 'invalid-expiry', `Expected "expiresAt" in the future, found ${found}.`)
}

function describe(
  { id, createdAt, expiresAt, lastUsedAt }: ClientSecret,
  { clock, secretWarningDays }: OAuthApiOptions,
): schemas.ClientSecretReply {
  return {
    id,
    createdAt: new Date(createdAt).toISOString(),
    state: expiryState(expiresAt, clock.now(), secretWarningDays),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(lastUsedAt !== undefined && { lastUsedAt: new Date(lastUsedAt).toISOString() }),
  }
}

/** Of whose secret, and of which. */
function auditId(clientId: string, secretId: string): string {
  return `${clientId}/${secretId}`
}

function unknownSecret(id: string): Problem {
  return new Problem(404, 'unknown-secret', `Expected the ID of a secret of the client, found "${id}".`)
}

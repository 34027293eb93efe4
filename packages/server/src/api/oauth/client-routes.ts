import { type Client, describeLifetime, oauthClientUser, type Random, type SecretHasher } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import { changedFields, noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { expiryState, nextExpiry } from '../../identity/secret-expiry.ts'
import { type ClientSecret, DuplicateError } from '../../store/store.ts'
import { applicationClient, editedPlatformClient, platformClient } from './client-rules.ts'
import { describeKeyAuthentication } from './key-authentication.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import { requireOwnScopes } from './platform-scopes.ts'
import * as schemas from './schemas.ts'

const tags = ['OAuth clients']

/** `/clients`: the registered clients. Secrets are answered once, when they were generated, and never again. */
export function registerClientRoutes(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  registerReading(api, options, guards)
  registerCreation(api, options, guards)
  registerUpdate(api, options, guards)

  api.delete<{ Params: { id: string } }>(
    '/clients/:id',
    {
      ...audited(guards.manage, { object: 'client', action: 'delete', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Delete a client and its opaque tokens',
        params: schemas.clientPath,
        response: { 204: noBody },
      },
    },
    async ({ params }, reply) => {
      if (!(await options.clients.delete(params.id))) throw unknownClient(params.id)
      return reply.code(204).send()
    },
  )
}

function registerReading(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { clients, clientSecrets } = options
  api.get(
    '/clients',
    { ...guards.read, schema: { tags, summary: 'List the clients', response: { 200: schemas.clientsReply } } },
    async () => {
      const secrets = await clientSecrets.listAll()
      const listed = await clients.list()
      return { clients: listed.map(client => ({ ...describe(client), ...expiryOf(secrets.get(client.id), options) })) }
    },
  )

  api.get<{ Params: { id: string } }>(
    '/clients/:id',
    {
      ...guards.read,
      schema: { tags, summary: 'Show a client', params: schemas.clientPath, response: { 200: schemas.clientReply } },
    },
    async ({ params }) => {
      const client = await clients.find(params.id)
      if (!client) throw unknownClient(params.id)
      return { ...describe(client), ...expiryOf(await clientSecrets.list(client.id), options) }
    },
  )
}

function registerCreation(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { clients, clock, random, hasher } = options

  api.post<{ Body: schemas.ClientCreation }>(
    '/clients',
    {
      ...audited(guards.manage, { object: 'client', action: 'create', id: 'body.id' }),
      schema: {
        tags,
        summary: 'Register a client',
        body: schemas.clientCreation,
        response: { 201: schemas.clientReply },
      },
    },
    async (request, reply) => {
      const { body } = request
      const client = createdClient(body, { id: body.id ?? createUuid(random), createdAt: clock.now() }, options)
      noteAudit(request, { id: client.id })
      requireOwnScopes(request.raw, client.scopes)
      const { secret, generated } = chooseSecret(hasSecret(client), body.secret, random)
      try {
        await clients.create(client, await hashOf(secret, hasher))
      } catch (error) {
        if (error instanceof DuplicateError) throw duplicate(client.id, error)
        throw error
      }
      reply.header('cache-control', 'no-store').header('location', `/oauth2/api/v1/clients/${client.id}`)
      return reply.code(201).send(describe(client, generated))
    },
  )
}

function createdClient(
  body: schemas.ClientCreation,
  origin: Pick<Client, 'id' | 'createdAt'>,
  options: OAuthApiOptions,
): Client {
  if (body.kind === 'platform') return platformClient(body, origin)
  if (body.scopes) throw new Problem(400, 'invalid-client', 'Expected "scopes" only for a platform client.')
  return applicationClient(body, origin, options)
}

function registerUpdate(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { clients, clientSecrets, clock, random, hasher } = options

  api.put<{ Params: { id: string }; Body: schemas.ClientUpdate }>(
    '/clients/:id',
    {
      ...audited(guards.manage, { object: 'client', action: 'update', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Replace what can be edited of a client',
        params: schemas.clientPath,
        body: schemas.clientUpdate,
        response: { 200: schemas.clientReply },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const old = await clients.find(params.id)
      if (!old) throw unknownClient(params.id)
      const client = old.kind === 'platform' ? editedPlatformClient(body, old) : applicationClient(body, old, options)
      // A client that comes to have a secret gets one; one that was has one already.
      const needsSecret = hasSecret(client) && !hasSecret(old)
      const { secret, generated } = chooseSecret(needsSecret, body.secret, random)
      noteAudit(request, { changes: [...changedFields(old, client), ...(secret === undefined ? [] : ['secret'])] })
      if (!(await clients.update(client, await hashOf(secret, hasher), clock.now()))) throw unknownClient(params.id)
      const expiry = expiryOf(await clientSecrets.list(client.id), options)
      return reply.header('cache-control', 'no-store').send({ ...describe(client, generated), ...expiry })
    },
  )
}

/** Whether a client authenticates by a secret. */
export function hasSecret({ confidential, keyAuthentication }: Client): boolean {
  return confidential && !keyAuthentication
}

/** The given secret or, where one is needed, a generated one. */
function chooseSecret(isNeeded: boolean, given: string | undefined, random: Random) {
  if (given !== undefined || !isNeeded) return { secret: given, generated: undefined }
  const generated = generateSecret(random)
  return { secret: generated, generated }
}

/** 256 random bits in hexadecimal. */
export function generateSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('hex')
}

async function hashOf(secret: string | undefined, hasher: SecretHasher): Promise<string | undefined> {
  return secret === undefined ? undefined : hasher.hash(secret)
}

/** RFC 9562 §5.4. */
function createUuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function describe(client: Client, secret?: string): schemas.ClientReply {
  const { id, kind, name, description, subscription, grant, confidential, scopes, redirectUri, skipConsent } = client
  const { translations } = client
  return {
    ...{ id, kind, name, description, subscription, user: oauthClientUser(id), grant, confidential, skipConsent },
    scopes: [...scopes],
    translations,
    tokenLifetime: describeLifetime(client.tokenLifetimeSeconds),
    createdAt: new Date(client.createdAt).toISOString(),
    ...(grant === 'authorization_code' && {
      refreshTokenLifetime: describeLifetime(client.refreshTokenLifetimeSeconds),
    }),
    ...(redirectUri === undefined ? {} : { redirectUri }),
    ...describeKeyAuthentication(client),
    ...(client.requirePushedAuthorizationRequests && { requirePushedAuthorizationRequests: true }),
    ...(client.tokenBinding === 'dpop' && { dpopBoundAccessTokens: true }),
    ...(client.tokenBinding === 'certificate' && { tlsClientCertificateBoundAccessTokens: true }),
    ...(secret === undefined ? {} : { secret }),
  }
}

function expiryOf(
  secrets: readonly ClientSecret[] = [],
  { clock, secretWarningDays }: OAuthApiOptions,
): Pick<schemas.ClientReply, 'secretExpiresAt' | 'secretState'> {
  const now = clock.now()
  const next = nextExpiry(secrets, now)
  if (next === undefined) return {}
  return { secretExpiresAt: new Date(next).toISOString(), secretState: expiryState(next, now, secretWarningDays) }
}

/** 404. */
export function unknownClient(id: string): Problem {
  return new Problem(404, 'unknown-client', `Expected the ID of a registered client, found "${id}".`)
}

function duplicate(id: string, cause: DuplicateError): Problem {
  const detail = `Expected an unused client ID, found "${id}" registered already (IDs that differ only in case count as one).`
  return new Problem(409, 'client-exists', detail, { cause })
}

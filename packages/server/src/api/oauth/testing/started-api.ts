import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ClientKind, clientAuthentications, createOAuthContext, grants, tokenEndpoint } from '@sluice/oauth'
import Fastify, { type FastifyInstance } from 'fastify'
import pino from 'pino'
import { Authentication } from '../../../http/authentication.ts'
import { Csrf } from '../../../http/csrf.ts'
import { fieldProblem } from '../../../http/field-problems.ts'
import { problemReply } from '../../../http/problem-reply.ts'
import { checkedReplies } from '../../../http/testing/checked-replies.ts'
import { createAuthorizer } from '../../../identity/authorizer.ts'
import { createBlockCipher } from '../../../identity/block-cipher.ts'
import { createDigests } from '../../../identity/digests.ts'
import { createPublicKeys } from '../../../identity/public-keys.ts'
import { rolesCatalogue } from '../../../identity/roles-catalogue.ts'
import { createSecretHashers } from '../../../identity/secret-hasher.ts'
import { openSigningKeys } from '../../../identity/signing-keys.ts'
import { createTrustedAssertions } from '../../../saml/trusted-assertions.ts'
import { openStore } from '../../../store/open.ts'
import type { Store } from '../../../store/store.ts'
import { TestClock } from '../../../testing/test-clock.ts'
import { registerOAuthApi } from '../index.ts'

const silent = pino({ level: 'silent' })
export const administrator = `Basic ${btoa('admin:x')}`

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was answered
  readonly body: any
  readonly headers: Readonly<Record<string, unknown>>
}

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

/** The API in front of everything it needs. */
export interface Api {
  readonly app: FastifyInstance
  readonly clock: TestClock
  /** As the administrator, unless told otherwise. */
  send(method: Method, path: string, json?: unknown, authorization?: string): Promise<Answer>
  readonly store: Store
  requestToken(id: string, secret: string, more?: { kind?: ClientKind; parameters?: string }): Promise<Answer>
  validate(token: string, application?: string): Promise<string>
}

/** Everything behind the API is real: store, authorization server, authentication. */
async function startApi(directory: string) {
  const store = await openStore({ dataDirectory: directory })
  const { clients, tokens, branding, scopes, userAuthorizations: authorizations, roles, users, changes } = store
  const { pushedRequests, usedProofs } = store
  const catalogue = rolesCatalogue('dev')
  const clock = new TestClock()
  const digests = createDigests()
  const { secrets: hasher } = createSecretHashers(digests)
  const signingKeys = await openSigningKeys({ store, clock, rotationDays: 90 })
  let drawn = 0
  const random = {
    bytes: (count: number) => createHash('shake256', { outputLength: count }).update(`${drawn++}`).digest(),
  }
  const oauth = createOAuthContext({
    settings: {
      issuer: 'http://localhost:8080',
      providerAccount: 'dev',
      clientAuthentication: 'basic',
      extensions: true,
      requestsPerMinute: 60_000,
      authorizationDaysMax: 365,
      localProviderName: '',
      certificateMethods: ['self_signed_tls_client_auth', 'tls_client_auth'],
    },
    ...{ clients, tokens, scopes, authorizations, hasher, clock, random, grants, clientAuthentications },
    ...{ pushedRequests, usedProofs, publicKeys: createPublicKeys() },
    audit: { record: () => {} },
    digests,
    assertions: createTrustedAssertions({ store, digests, clock }),
    tokenCipher: createBlockCipher(Buffer.alloc(16, 1)),
    keys: signingKeys,
  })
  changes.on('clients', id => oauth.forgetClient(id))
  changes.on('tokens', key => oauth.validator.forgetToken(Buffer.from(key, 'hex')))
  await roles.assignUsers({ application: 'cockpit', role: 'Administrator' }, ['admin'])
  const access = new Authentication({
    audit: { record: () => {} },
    realm: 'dev',
    authorizer: createAuthorizer({ roles, changes, catalogue }),
    sessions: { find: async () => undefined },
    csrf: new Csrf(new Uint8Array(32), false),
    validateToken: (token, application) => oauth.validator.validate(token, application, clock.now()),
    verifyPassword: async name => ({ accepted: true, user: name }),
  })
  const app = Fastify({ schemaController: { compilersFactory: checkedReplies() } })
  app.setSchemaErrorFormatter(fieldProblem)
  app.setErrorHandler((error, _request, reply) => {
    const { status, headers, body } = problemReply(error, silent)
    return reply.code(status).headers(headers).send(body)
  })
  registerOAuthApi(app, {
    access,
    catalogue,
    clients,
    clientSecrets: store.clientSecrets,
    secretWarningDays: 30,
    tokens,
    authorizations,
    branding,
    scopes,
    hasher,
    clock,
    random,
    oauth,
    signingKeys,
    note: () => {},
  })
  return { app, clock, store, oauth, users }
}

async function withApi(body: (api: Api) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-oauth-'))
  const { app, clock, store, oauth } = await startApi(directory)
  try {
    await body({
      app,
      clock,
      store,
      async send(method, path, json, authorization = administrator) {
        const url = path.startsWith('/.') ? path : `/oauth2/api/v1${path}`
        const payload = json === undefined ? {} : { payload: json as object }
        const answer = await app.inject({ method, url, headers: { authorization }, ...payload })
        const { statusCode: status, headers } = answer
        return { status, headers, body: answer.body === '' ? undefined : answer.json() }
      },
      async requestToken(id, secret, { kind = 'application', parameters = '' } = {}) {
        const query = `grant_type=client_credentials${parameters}`
        const authorization = `Basic ${btoa(`${id}:${secret}`)}`
        const blank = { method: 'POST', contentType: undefined, body: '', address: '192.0.2.1' }
        const { status, headers, body: text } = await tokenEndpoint({ ...blank, query, authorization }, kind, oauth)
        return { status, headers, body: JSON.parse(text) }
      },
      async validate(token, application = 'deviflmap') {
        const verdict = await oauth.validator.validate(token, application, clock.now())
        return verdict.accepted ? 'accepted' : verdict.state
      },
    })
  } finally {
    await app.close()
    await store.close()
    await rm(directory, { recursive: true })
  }
}

/** Runs a test on a server of its own. */
export function apiTest(name: string, body: (api: Api) => Promise<void>): void {
  test(name, () => withApi(body))
}

export const orders = { id: 'orders', name: 'Orders', subscription: 'deviflmap', secret: 'pa55-word' }

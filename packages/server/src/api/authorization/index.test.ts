import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import pino from 'pino'
import { Authentication } from '../../http/authentication.ts'
import { Csrf } from '../../http/csrf.ts'
import { problemReply } from '../../http/problem-reply.ts'
import { checkedReplies } from '../../http/testing/checked-replies.ts'
import { createAuthorizer } from '../../identity/authorizer.ts'
import { rolesCatalogue } from '../../identity/roles-catalogue.ts'
import { openStore } from '../../store/open.ts'
import type { Store } from '../../store/store.ts'
import { TestClock } from '../../testing/test-clock.ts'
import { registerAuthorizationApi } from './index.ts'

const base = '/authorization/v1/accounts/dev'
const silent = pino({ level: 'silent' })

/** Tokens name their scopes (`read+assign` → two scopes); the only user is `admin`. */
async function startApi(directory: string): Promise<{ app: FastifyInstance; store: Store; clock: TestClock }> {
  const store = await openStore({ dataDirectory: directory })
  const catalogue = rolesCatalogue('dev')
  const clock = new TestClock()
  const { roles, groups, changes } = store
  await roles.assignUsers({ application: 'cockpit', role: 'Administrator' }, ['admin'])
  const access = new Authentication({
    audit: { record: () => {} },
    realm: 'dev',
    authorizer: createAuthorizer({ roles, changes, catalogue }),
    sessions: { find: async () => undefined },
    csrf: new Csrf(new Uint8Array(32), false),
    validateToken: token =>
      ({
        accepted: true,
        user: 'oauth_client_platform',
        clientId: 'platform',
        scopes: token.split('+').map(scope => `hcp.${scope}`),
      }) as never,
    verifyPassword: async name => ({ accepted: true, user: name }),
  })
  const app = Fastify({
    routerOptions: { ignoreTrailingSlash: true },
    schemaController: { compilersFactory: checkedReplies() },
  })
  app.setErrorHandler((error, _request, reply) => {
    const { status, headers, body } = problemReply(error, silent)
    return reply.code(status).headers(headers).send(body)
  })
  registerAuthorizationApi(app, { access, catalogue, groups, roles, clock, callsPerMinute: 100 })
  return { app, store, clock }
}

describe('the authorization API', () => {
  let directory: string
  let store: Store
  let app: FastifyInstance
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sluice-authorization-'))
    ;({ app, store } = await startApi(directory))
  })
  after(async () => {
    await app.close()
    await store.close()
    await rm(directory, { recursive: true })
  })

  const basic = (user: string) => `Basic ${btoa(`${user}:x`)}`
  async function send(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    json?: unknown,
    authorization = basic('admin'),
  ) {
    const answer = await app.inject({
      method,
      url: path.startsWith('/authorization') ? path : base + path,
      headers: { authorization },
      ...(json === undefined ? {} : { payload: json as object }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers }
  }
  const names = (...list: string[]) => list.map(name => ({ name }))

  const runtimeRole = 'apps/deviflmap/roles'
  const reference = {
    type: 'CUSTOM',
    applicationRole: false,
    shared: false,
    applicationName: 'deviflmap',
    providerAccount: 'dev',
  }

  const story: [
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    json: unknown,
    status: number,
    reply?: unknown,
  ][] = [
    [
      'GET',
      `/${runtimeRole}`,
      undefined,
      200,
      { roles: [{ name: 'ESBMessaging.send', type: 'PREDEFINED', applicationRole: true, shared: true }] },
    ],
    ['POST', `/${runtimeRole}?providerAccount=avrhcit`, { roles: names('Orders.send', 'ESBMessaging.send') }, 201],
    ['POST', '/applications/deviflmap/roles/', { roles: names('Orders.read') }, 201],
    [
      'GET',
      '/applications/deviflmap/roles',
      undefined,
      200,
      {
        roles: [
          { name: 'ESBMessaging.send', type: 'PREDEFINED', applicationRole: true, shared: true },
          { name: 'Orders.read', type: 'CUSTOM', applicationRole: false, shared: false },
          { name: 'Orders.send', type: 'CUSTOM', applicationRole: false, shared: false },
        ],
      },
    ],
    ['PUT', `/${runtimeRole}/users?roleName=Orders.send&providerAccount=x`, { users: names('Anna', 'ben') }, 201],
    ['PUT', `/${runtimeRole}/users?roleName=Orders.send`, { users: names('ANNA', 'cleo') }, 201],
    ['GET', `/${runtimeRole}/users/?roleName=Orders.send`, undefined, 200, { users: names('Anna', 'ben', 'cleo') }],
    ['DELETE', `/${runtimeRole}/users?roleName=Orders.send&users=BEN;nobody`, undefined, 200],
    ['GET', `/${runtimeRole}/users?roleName=Orders.send`, undefined, 200, { users: names('Anna', 'cleo') }],
    ['GET', '/users/roles?userId=anna', undefined, 200, { roles: [{ name: 'Orders.send', ...reference }] }],
    [
      'PUT',
      '/users/roles?userId=anna',
      {
        roles: [
          { name: 'Orders.read', applicationName: 'deviflmap', providerAccount: 'p' },
          { name: 'AuditLog.Read', applicationName: 'devtmn' },
        ],
      },
      201,
    ],
    ['DELETE', '/users/roles/?userId=anna&roles=devtmn:AuditLog.Read;Orders.send', undefined, 200],
    ['GET', '/users/roles/?userId=ANNA', undefined, 200, { roles: [{ name: 'Orders.read', ...reference }] }],
    ['DELETE', '/users/roles?userId=Anna&roles=*', undefined, 200],
    ['GET', '/users/roles?userId=anna', undefined, 200, { roles: [] }],
    ['GET', '/groups/', undefined, 200, { groups: [] }],
    ['POST', '/groups', { groups: names('Partners', 'Staff') }, 201],
    ['GET', '/groups', undefined, 200, { groups: names('Partners', 'Staff') }],
    ['PUT', '/groups/users?groupName=partners', { users: names('Anna') }, 201],
    ['PUT', '/users/groups?userId=anna', { groups: names('STAFF') }, 201],
    ['GET', '/users/groups?userId=Anna', undefined, 200, { groups: names('Partners', 'Staff') }],
    ['GET', '/groups/users?groupName=Staff', undefined, 200, { users: names('anna') }],
    ['PUT', `/${runtimeRole}/groups?roleName=Orders.send`, { groups: names('Partners') }, 201],
    ['GET', `/${runtimeRole}/groups?roleName=Orders.send`, undefined, 200, { groups: names('Partners') }],
    ['GET', '/groups/roles?groupName=partners', undefined, 200, { roles: [{ name: 'Orders.send', ...reference }] }],
    ['PUT', '/groups/roles?groupName=Staff', { roles: [{ name: 'Orders.send', applicationName: 'deviflmap' }] }, 201],
    ['DELETE', `/${runtimeRole}/groups?roleName=Orders.send&groups=*`, undefined, 200],
    ['GET', '/groups/roles?groupName=Staff', undefined, 200, { roles: [] }],
    ['DELETE', '/users/groups?userId=anna&groups=staff', undefined, 200],
    ['DELETE', '/groups/users?groupName=Partners&users=*', undefined, 200],
    ['GET', '/users/groups?userId=anna', undefined, 200, { groups: [] }],
    ['DELETE', '/groups?groups=partners;Staff', undefined, 200],
    ['GET', '/groups', undefined, 200, { groups: [] }],
    ['DELETE', `/${runtimeRole}?roles=Orders.send;Orders.read&providerAccount=x`, undefined, 200],
    ['GET', `/${runtimeRole}/users?roleName=Orders.send`, undefined, 404],
  ]
  test('one story: each request sees what those before it did', async t => {
    for (const [method, path, json, status, reply] of story) {
      await t.test(`${method} ${path} answers ${status}`, async () => {
        const answer = await send(method, path, json)
        assert.equal(answer.status, status, JSON.stringify(answer.body))
        if (reply !== undefined) assert.deepEqual(answer.body, reply)
        else if (status < 300) assert.equal(answer.body, undefined)
      })
    }
  })

  const wrong: [
    what: string,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    json: unknown,
    status: number,
    code: string,
    names: RegExp,
  ][] = [
    ['subaccount', 'GET', '/authorization/v1/accounts/prod/groups', undefined, 404, 'unknown-subaccount', /"dev"/],
    [
      'application',
      'GET',
      '/apps/hcioem/roles',
      undefined,
      404,
      'unknown-application',
      /"deviflmap", "devtmn", "cockpit"/,
    ],
    ['role', 'GET', `/${runtimeRole}/users?roleName=Nope`, undefined, 404, 'unknown-role', /"ESBMessaging\.send"/],
    [
      'spelling of a role',
      'PUT',
      `/${runtimeRole}/users?roleName=ESBmessaging.send`,
      { users: names('u') },
      404,
      'unknown-role',
      /roles "ESBMessaging\.send" of.*case-sensitive/,
    ],
    ['role to delete', 'DELETE', `/${runtimeRole}?roles=Nope`, undefined, 404, 'unknown-role', /"ESBMessaging\.send"/],
    [
      'application in a body',
      'PUT',
      '/users/roles?userId=u',
      { roles: [{ name: 'x', applicationName: 'nope' }] },
      400,
      'unknown-application',
      /"devtmn"/,
    ],
    [
      'role in a body',
      'PUT',
      '/users/roles?userId=u',
      { roles: [{ name: 'x', applicationName: 'cockpit' }] },
      400,
      'unknown-role',
      /"Administrator"/,
    ],
    ['group', 'GET', '/groups/users?groupName=Nope', undefined, 404, 'unknown-group', /no groups yet/],
    ['group in a body', 'PUT', '/users/groups?userId=u', { groups: names('Nope') }, 400, 'unknown-group', /"Nope"/],
    [
      'deletion of a predefined role',
      'DELETE',
      `/${runtimeRole}?roles=ESBMessaging.send`,
      undefined,
      400,
      'predefined-role',
      /predefined/,
    ],
    [
      'empty list',
      'DELETE',
      `/${runtimeRole}/users?roleName=ESBMessaging.send&users=;`,
      undefined,
      400,
      'no-names',
      /"\*"/,
    ],
    ['name with a separator', 'POST', '/groups', { groups: names('a;b') }, 400, 'unusable-name', /a;b/],
    ['name of an asterisk', 'POST', `/${runtimeRole}`, { roles: names('*') }, 400, 'unusable-name', /\*/],
    ['missing parameter', 'GET', '/users/roles', undefined, 400, 'invalid-request', /userId/],
    ['bare array', 'PUT', `/${runtimeRole}/users?roleName=ESBMessaging.send`, ['u'], 400, 'invalid-request', /object/],
  ]
  for (const [what, method, path, json, status, code, mentions] of wrong) {
    test(`a wrong ${what} is ${status} ${code} and changes nothing`, async () => {
      const answer = await send(method, path, json)
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
      assert.match(answer.body.detail, mentions)
    })
  }

  const read = 'Bearer readAuthorizationSettings'
  const readRoles = 'Bearer readApplicationRoles'
  const manage = 'Bearer manageAuthorizationSettings'
  const manageRoles = 'Bearer manageApplicationRoles'
  const scopes: [authorization: string, method: 'GET' | 'PUT' | 'POST', path: string, json: unknown, status: number][] =
    [
      [read, 'GET', '/groups', undefined, 200],
      [readRoles, 'GET', `/${runtimeRole}`, undefined, 200],
      [manage, 'GET', '/groups', undefined, 403],
      [read, 'POST', '/groups', { groups: [] }, 403],
      [manage, 'POST', '/groups', { groups: [] }, 201],
      [manage, 'POST', `/${runtimeRole}`, { roles: [] }, 201],
      [manageRoles, 'POST', `/${runtimeRole}`, { roles: [] }, 201],
      [manageRoles, 'PUT', `/${runtimeRole}/users?roleName=ESBMessaging.send`, { users: [] }, 403],
      [manage, 'PUT', `/${runtimeRole}/users?roleName=ESBMessaging.send`, { users: [] }, 201],
      ['Bearer readOAuthSettings', 'GET', '/groups', undefined, 403],
      [basic('someone'), 'GET', '/groups', undefined, 403],
      [read, 'GET', '/authorization/v1/accounts/prod/groups', undefined, 404],
      ['Bearer readOAuthSettings', 'GET', '/authorization/v1/accounts/prod/groups', undefined, 403],
    ]
  for (const [authorization, method, path, json, status] of scopes) {
    test(`${authorization} may ${status < 400 ? '' : 'not '}${method} ${path} (${status})`, async () => {
      const answer = await send(method, path, json, authorization)
      assert.equal(answer.status, status, JSON.stringify(answer.body))
      if (status === 403) assert.match(String(answer.headers['www-authenticate']), /^Bearer/)
    })
  }

  test('callers without credentials are refused before their body is read', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: `${base}/groups`,
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(answer.statusCode, 401)
  })
})

test('platform tokens are delayed after a burst of 100 calls, administrators are not', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-authorization-'))
  const { app, store, clock } = await startApi(directory)
  const start = clock.now()
  try {
    const call = async (authorization: string) => {
      const answer = await app.inject({ url: `${base}/groups`, headers: { authorization } })
      return answer.statusCode
    }
    const administrator = await Promise.all(Array.from({ length: 150 }, () => call(`Basic ${btoa('admin:x')}`)))
    assert.ok(administrator.every(status => status === 200))
    const platform = await Promise.all(Array.from({ length: 100 }, () => call('Bearer readAuthorizationSettings')))
    assert.ok(platform.every(status => status === 200))
    assert.equal(clock.now() - start, 0)
    assert.equal(await call('Bearer readAuthorizationSettings'), 200)
    assert.equal(clock.now() - start, 600)
  } finally {
    await app.close()
    await store.close()
    await rm(directory, { recursive: true })
  }
})

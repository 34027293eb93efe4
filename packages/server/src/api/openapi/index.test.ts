import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { oauthPaths } from '@sluice/oauth'
import Fastify from 'fastify'
import { registerOperations } from '../../http/operations.ts'
import { wordsOfPattern } from '../../http/patterns.ts'
import { rolesCatalogue } from '../../identity/roles-catalogue.ts'
import { startTestServer } from '../../testing/index.ts'
import { registerAuditApi } from '../audit/index.ts'
import { registerAuthorizationApi } from '../authorization/index.ts'
import { registerDesignApi } from '../design/index.ts'
import { registerIdentityApi } from '../identity/index.ts'
import { registerMonitoringApi } from '../monitoring/index.ts'
import { registerOAuthApi } from '../oauth/index.ts'
import { registerCommands } from '../operations/index.ts'
import { registerSessionApi } from '../session/index.ts'

interface Operation {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly security: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
}

interface Document {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly securitySchemes: object }
}

async function withDocument(body: (document: Document, url: string) => Promise<void> | void): Promise<void> {
  const server = await startTestServer()
  try {
    const answer = await fetch(`${server.url}/openapi.json`)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
    await body((await answer.json()) as Document, server.url)
  } finally {
    await server.close()
  }
}

test('the description is valid OpenAPI 3.1', () =>
  withDocument(async (document, url) => {
    assert.match(document.openapi, /^3\.1\./)
    assert.equal(document.servers[0]?.url, url)
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as object as Record<string, unknown>,
    )
    assert.ok(valid, JSON.stringify(errors))
  }))

test('every route is described, except those of the console and of OData, and one of two names for the same', () =>
  withDocument(async document => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
    )
    const undocumented = /^(?:GET \/$|GET \/console\/|\S+ \/authorization\/\S+\/applications\/|\S+ \/itspaces\/)/
    const expected = (await routesOfTheServer()).filter(route => !undocumented.test(route))
    assert.ok(expected.length > 30)
    const others = [
      'GET /openapi.json',
      `POST ${oauthPaths.token}`,
      `POST ${oauthPaths.platformToken}`,
      `POST ${oauthPaths.cloudFoundryToken}`,
    ]
    assert.deepEqual(described.sort(), [...expected, ...others].sort())
  }))

test('every operation says what it does, whom it lets in and how it fails', () =>
  withDocument(document => {
    const open = new Set([
      '/healthz',
      '/readyz',
      '/.well-known/sluice',
      '/openapi.json',
      oauthPaths.jwks,
      oauthPaths.metadata,
    ])
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const name = `${method} ${path}`
        assert.ok(operation.summary, name)
        assert.equal(operation.tags?.length, 1, name)
        const isOpen =
          open.has(path) ||
          /^(post \/api\/session\/v1(\/password)?|get \/api\/session\/v1\/providers|get \/oauth2\/api\/v1\/branding(\/logo)?)$/.test(
            name,
          )
        assert.equal(operation.security.length === 0, isOpen, name)
        for (const scheme of operation.security.flatMap(Object.keys)) {
          assert.ok(scheme in document.components.securitySchemes, name)
        }
        assert.ok(
          Object.keys(operation.responses).some(status => status.startsWith('2')),
          name,
        )
        assert.ok('401' in operation.responses || isOpen, name)
      }
    }
    assert.deepEqual(document.paths['/oauth2/api/v1/clients']?.post?.security, [
      { user: [] },
      { session: [] },
      { platformToken: ['hcp.manageOAuthSettings'] },
    ])
  }))

test('every API that the server serves is looked at here', async () => {
  const [served, seen] = await Promise.all(
    ['../../main.ts', './index.test.ts'].map(async file => {
      const text = await readFile(new URL(file, import.meta.url), 'utf8')
      return new Set([...text.matchAll(/\b(register[A-Z]\w+)\(app\b/g)].map(match => match[1]))
    }),
  )
  const described = [...(served ?? [])].filter(name => !/ODataApi|OpenApi|Apis|EndUserPages|Console$/.test(name ?? ''))
  assert.deepEqual([...(seen ?? [])].sort(), described.sort())
})

/** `METHOD /path/{parameter}` of all that the APIs register, OData apart. */
async function routesOfTheServer(): Promise<string[]> {
  const routes = new Set<string>()
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') routes.add(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
  })
  const unused = {
    catalogue: rolesCatalogue('dev'),
    access: {},
    clients: {},
    groups: {},
    clock: {},
    store: {},
    oauth: { settings: { extensions: true } },
  } as never
  registerOAuthApi(app, unused)
  registerAuditApi(app, unused)
  registerAuthorizationApi(app, unused)
  registerSessionApi(app, unused)
  registerIdentityApi(app, unused)
  registerCommands(app, unused)
  registerMonitoringApi(app, unused)
  registerDesignApi(app, unused)
  registerOperations(app, unused)
  await app.ready()
  return [...routes]
}

test('what people type is refused in words: each pattern of a body has some', () =>
  withDocument(({ paths }) => {
    const found = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { requestBody = {} }]) =>
        patternsIn(requestBody).map(pattern => ({ pattern, of: `${method} ${path}` })),
      ),
    )
    assert.ok(found.length > 10)
    assert.deepEqual(
      found.filter(({ pattern }) => wordsOfPattern(pattern) === undefined),
      [],
    )
  }))

function patternsIn(schema: object): string[] {
  return Object.entries(schema).flatMap(([name, value]) => {
    if (name === 'pattern' && typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? patternsIn(value) : []
  })
}

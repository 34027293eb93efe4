import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Answer, ok, Tenant } from './tenant.ts'

interface Operation {
  readonly method: string
  /** With something in place of each parameter. */
  readonly path: string
  readonly name: string
  readonly schemes: ReadonlySet<string>
  /** Of platform tokens: one of them is enough. */
  readonly scopes: ReadonlySet<string>
  readonly hasBody: boolean
}

type Scheme = Readonly<Record<string, readonly string[]>>
type Described = Readonly<Record<string, { readonly security: readonly Scheme[]; readonly requestBody?: object }>>

let tenant: Tenant
let operations: Operation[]

before(async () => {
  tenant = await Tenant.start({ flags: { 'api-calls-per-minute': '1000000' } })
  const { paths } = JSON.parse(ok(await tenant.request('/openapi.json')).text)
  operations = Object.entries<Described>(paths).flatMap(([path, described]) =>
    Object.entries(described).map(([method, { security, requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll('{accountName}', 'dev').replace(/\{\w+\}/g, '1'),
      name: `${method} ${path}`,
      schemes: new Set(security.flatMap(Object.keys)),
      scopes: new Set(security.flatMap(({ platformToken = [] }) => platformToken)),
      hasBody: requestBody !== undefined,
    })),
  )
})

after(() => tenant.close())

const ask = ({ method, path }: Operation, headers: Record<string, string>, body?: string): Promise<Answer> =>
  tenant.request(path, { method, headers, ...(body !== undefined && { body }) })

/** Ten at a time. */
async function together(list: readonly Operation[], attempt: (operation: Operation) => Promise<void>): Promise<void> {
  for (let start = 0; start < list.length; start += 10) await Promise.all(list.slice(start, start + 10).map(attempt))
}

const guarded = () => operations.filter(({ schemes }) => schemes.has('user') || schemes.has('platformToken'))
const isChange = ({ method }: Operation) => method !== 'GET'
const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` })

async function bearerOf(path: string, id: string, secret: string): Promise<{ authorization: string }> {
  const headers = basic(id, secret)
  const { text } = ok(await tenant.request(`${path}?grant_type=client_credentials`, { method: 'POST', headers }))
  return { authorization: `Bearer ${JSON.parse(text).access_token}` }
}

test('nobody passes a guard without credentials, with wrong ones, or with those for something else', async () => {
  ok(await tenant.createClient({ id: 'orders', secret: 'a secret' }))
  const sender = await bearerOf('/oauth2/api/v1/token', 'orders', 'a secret')
  const callers: [who: string, headers: Record<string, string>][] = [
    ['nobody', {}],
    ['a token that was never issued', { authorization: 'Bearer 8271a067126f0aa93b46c2fe07c68801' }],
    ['a token for calling flows', sender],
    ['a session that is over', { cookie: `JSESSIONID=${'0'.repeat(32)}` }],
  ]
  assert.ok(guarded().length > 60, `${guarded().length} operations`)
  await together(guarded(), async operation => {
    for (const [who, headers] of callers) {
      assert.equal((await ask(operation, headers)).status, 401, `${operation.name} by ${who}`)
    }
  })
})

test('a known caller without the role or the scope gets nothing', async () => {
  const ada = { name: 'ada', password: 'lovelace 1815', mustChangePassword: false }
  ok(await tenant.administer('POST', '/api/identity/v1/users', ada))
  ok(await tenant.createClient({ id: 'powerless', subscription: 'devtmn', secret: 'a secret' }))
  const ofApi = await bearerOf('/oauth2/api/v1/token', 'powerless', 'a secret')
  const user = basic('ada', ada.password)
  await together(guarded(), async operation => {
    assert.equal((await ask(operation, user)).status, 403, operation.name)
    const { status } = await ask(operation, ofApi)
    assert.equal(status, operation.schemes.has('applicationToken') ? 403 : 401, operation.name)
  })
})

test('a platform client with one scope does what is described for that scope, and nothing else', async () => {
  const scopes = new Set(operations.flatMap(operation => [...operation.scopes]))
  assert.ok(scopes.size >= 8, [...scopes].join(' '))
  for (const scope of scopes) {
    const client = ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes: [scope] }))
    const { id, secret } = JSON.parse(client.text)
    const bearer = await bearerOf('/oauth2/apitoken/v1', id, secret)
    // What is allowed is not tried: it would change what others are tried with.
    const others = guarded().filter(operation => !operation.scopes.has(scope))
    await together(others, async operation => {
      const { status } = await ask(operation, bearer)
      assert.equal(status, operation.scopes.size > 0 ? 403 : 401, `${operation.name} with ${scope}`)
    })
  }
})

test('a session changes nothing without its CSRF token', async () => {
  const { user, password } = tenant.server.admin
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password }),
  }
  const { headers } = ok(await tenant.request('/api/session/v1', init))
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  for (const operation of operations.filter(isChange).filter(({ schemes }) => schemes.has('session'))) {
    for (const token of [{}, { 'x-csrf-token': '0'.repeat(32) }]) {
      const answer = await ask(operation, { cookie, ...token })
      assert.deepEqual([answer.status, answer.headers.get('x-csrf-token')], [403, 'Required'], operation.name)
    }
  }
  assert.equal((await tenant.request('/api/session/v1', { headers: { cookie } })).status, 200)
})

const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
const bodies: readonly (readonly [type: string, body: string])[] = [
  ...['', 'null', '[]', '0', '"text"', '{', '\u0000', '{"a":1}', '{"__proto__":{"a":1}}', deep].map(
    body => ['application/json', body] as const,
  ),
  ['text/plain', '{}'],
  ['application/x-www-form-urlencoded', 'a=b'],
  ['nonsense', 'x'],
]

test('a body that is not what a route wants is the mistake of whoever sent it', async () => {
  const { authorization } = tenant.server.admin
  for (const operation of guarded().filter(({ hasBody }) => hasBody)) {
    for (const [type, body] of bodies) {
      const { status, text } = await ask(operation, { authorization, 'content-type': type }, body)
      const what = `${operation.name} with ${type} ${body.slice(0, 30)}: ${status} ${text.slice(0, 200)}`
      assert.ok(status >= 400 && status < 500, what)
    }
  }
})

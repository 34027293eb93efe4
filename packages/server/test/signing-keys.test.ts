import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'
import { createRemoteJWKSet, customFetch, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { inDirectory } from '../src/store/each-database.test.ts'
import { type TestServerOptions, TestTerminal } from '../src/testing/index.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

const minute = 60_000
const keysPath = '/oauth2/api/v1/signing-keys'

interface ListedKey {
  readonly kid: string
  readonly state: string
}

async function listKeys(tenant: Tenant): Promise<readonly ListedKey[]> {
  return (JSON.parse(ok(await tenant.administer('GET', keysPath)).text) as { keys: ListedKey[] }).keys
}

async function withTenant(body: (tenant: Tenant) => Promise<void>, options?: TestServerOptions): Promise<void> {
  const tenant = await Tenant.start(options)
  try {
    await body(tenant)
  } finally {
    await tenant.close()
  }
}

async function prepare(tenant: Tenant): Promise<void> {
  await tenant.deploy(await flowZip())
  await tenant.createClient({ id: 'orders' })
  await tenant.assign('orders')
}

/** Whether introspection (RFC 7662) calls a token active. */
async function isActive(tenant: Tenant, token: string): Promise<boolean> {
  const { text } = await tenant.request('/oauth2/api/v1/introspect', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('orders:secret of orders')}` },
    body: new URLSearchParams({ token }),
  })
  return (JSON.parse(text) as { active: boolean }).active
}

test('keys rotate under load, and not one token is refused', () =>
  withTenant(async tenant => {
    await prepare(tenant)
    const { clock, url } = tenant.server
    let fetches = 0
    // The clock runs minutes ahead between two rotations, and jose looks at the machine's.
    const keySet = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`), {
      cooldownDuration: 0,
      [customFetch]: (address, init) => {
        fetches += 1
        return fetch(address, init)
      },
    })
    const refusals: string[] = []
    const issued: string[] = []
    const kids = new Set<string>()
    let checks = 0
    let isOver = false

    const check = async (token: string): Promise<void> => {
      const [called, active] = await Promise.all([tenant.call('/hello', token), isActive(tenant, token)])
      if (called.status !== 200) refusals.push(`a flow: ${called.status}`)
      if (!active) refusals.push('introspection')
      const verified = await jwtVerify(token, keySet, { currentDate: new Date(clock.now()) }).catch(String)
      if (typeof verified === 'string') refusals.push(verified)
      else kids.add(verified.protectedHeader.kid ?? '')
      checks += 1
    }
    const worker = async (format: string): Promise<void> => {
      while (!isOver) {
        const token = await tenant.token('orders', `&token_format=${format}`)
        issued.push(token)
        await check(token)
        await check(issued[(checks * 7) % issued.length] ?? token)
      }
    }
    const workers = ['jwt', 'jwtrfc', 'jwt', 'jwtrfc'].map(worker)
    for (let rotation = 1; rotation <= 4; rotation++) {
      const from = checks
      while (checks < from + 40) await new Promise(resolve => setImmediate(resolve))
      clock.advance(11 * minute)
      ok(await tenant.administer('POST', `${keysPath}/rotate`))
    }
    const from = checks
    while (checks < from + 40) await new Promise(resolve => setImmediate(resolve))
    isOver = true
    await Promise.all(workers)
    for (const token of issued) await check(token)
    assert.deepEqual(refusals, [])
    assert.equal(kids.size, 5)
    assert.ok(fetches <= 5, `the key set was fetched ${fetches} times: each key was in it before it signed`)
  }))

test('a revoked key ends its tokens at once, and the others’ go on', () =>
  withTenant(async tenant => {
    await prepare(tenant)
    const before = await tenant.token('orders', '&token_format=jwt')
    tenant.server.clock.advance(11 * minute)
    ok(await tenant.administer('POST', `${keysPath}/rotate`))
    const stolen = await tenant.token('orders', '&token_format=jwt')
    for (const token of [before, stolen]) assert.equal((await tenant.call('/hello', token)).status, 200)
    const current = (await listKeys(tenant)).find(({ state }) => state === 'current')?.kid ?? ''
    assert.equal((await tenant.administer('DELETE', `${keysPath}/${current}`)).status, 204)
    assert.equal((await tenant.call('/hello', stolen)).status, 401)
    assert.equal(await isActive(tenant, stolen), false)
    assert.equal((await tenant.call('/hello', before)).status, 200)
    assert.equal((await tenant.call('/hello', await tenant.token('orders', '&token_format=jwt'))).status, 200)
    const published = await tenant.request('/.well-known/jwks.json')
    assert.doesNotMatch(published.text, new RegExp(current))
    assert.equal(published.headers.get('cache-control'), 'public, max-age=300')
  }))

test('a restart keeps the keys', () =>
  inDirectory(async dataDirectory => {
    let [token, port] = ['', '0']
    let keys: readonly ListedKey[] = []
    await withTenant(
      async tenant => {
        await prepare(tenant)
        token = await tenant.token('orders', '&token_format=jwtrfc')
        keys = await listKeys(tenant)
        port = new URL(tenant.server.url).port
      },
      { dataDirectory },
    )
    await withTenant(
      async tenant => {
        assert.equal((await tenant.call('/hello', token)).status, 200)
        assert.deepEqual(await listKeys(tenant), keys)
      },
      { dataDirectory, flags: { port } },
    )
  }))

test('a JWT is refused whose header names or brings a key that is not the one it was signed with', () =>
  withTenant(async tenant => {
    await prepare(tenant)
    const token = await tenant.token('orders', '&token_format=jwtrfc')
    const [header = '', payload = '', signature = ''] = token.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
    const next = (await listKeys(tenant)).find(({ state }) => state === 'next')?.kid ?? ''
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }
    const forged = (more: object): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...more }).sign(privateKey)
    const renamed = (more: object): string =>
      [{ alg: 'ES256', typ: 'at+jwt', ...more }]
        .map(value => Buffer.from(JSON.stringify(value)).toString('base64url'))
        .concat(payload, signature)
        .join('.')
    const jwks = (await tenant.request('/.well-known/jwks.json')).text
    const mac = (alg: string): string => {
      const input = `${Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid })).toString('base64url')}.${payload}`
      return `${input}.${Buffer.from(sign(null, Buffer.from(input), edKey)).toString('base64url')}`
    }
    const edKey = generateKeyPairSync('ed25519').privateKey
    const cases: readonly (readonly [name: string, token: string])[] = [
      ['another key under the ID of the one that signs', await forged({ kid })],
      ['another key under the ID of the next one', await forged({ kid: next })],
      ['a key in the header', await forged({ kid, jwk })],
      ['a key in the header, under its own ID', await forged({ kid: 'mine', jwk: { ...jwk, kid: 'mine' } })],
      ['the address of a key set', await forged({ kid: 'mine', jku: 'http://127.0.0.1:1/jwks.json' })],
      ['the address of a certificate', await forged({ kid: 'mine', x5u: 'http://127.0.0.1:1/cert.pem' })],
      ['no ID', await forged({})],
      ['the ID of the next key on a signature of the current one', renamed({ kid: next })],
      ['a path', renamed({ kid: `../../${kid}` })],
      ['SQL', renamed({ kid: `${kid}' or '1'='1` })],
      ['a member of every object', renamed({ kid: '__proto__' })],
      ['a list', renamed({ kid: [kid] })],
      ['an object', renamed({ kid: { toString: kid } })],
      ['a number', renamed({ kid: 0 })],
      ['the ID with a zero byte', renamed({ kid: `${kid}\0` })],
      ['another algorithm', mac('EdDSA')],
      ['the algorithm none', `${renamed({ kid, alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    ]
    assert.equal((await tenant.call('/hello', token)).status, 200)
    for (const [name, text] of cases) {
      assert.equal((await tenant.call('/hello', text)).status, 401, name)
      assert.equal(await isActive(tenant, text), false, name)
    }
    assert.equal((await tenant.request('/.well-known/jwks.json')).text, jwks)
  }))

test('lists, rotates and revokes signing keys', () =>
  withTenant(async tenant => {
    const { url, admin } = tenant.server
    const env = { SLUICE_URL: url, SLUICE_ADMIN_PASSWORD: admin.password }
    const sluice = async (...line: string[]) => {
      const terminal = new TestTerminal(env)
      return { code: await runLine(commands, line, terminal), out: terminal.printed, err: terminal.printedErrors }
    }
    const listed = await sluice('keys', 'list')
    assert.match(listed.out, /^KEY +STATE .*\n\S+ +next .* - +-\n\S+ +current [\s\S]*The next key takes over at 20/)
    const rotated = await sluice('keys', 'rotate')
    assert.deepEqual([rotated.code, rotated.out.split(' next ').length], [0, 4])
    const again = await sluice('keys', 'rotate')
    assert.equal(again.code, 1)
    assert.match(again.err, /found that the next key takes over at/)
    const kid = /^(\S+) +current /m.exec(rotated.out)?.[1] ?? ''
    assert.equal((await sluice('keys', 'revoke', kid)).out, `Revoked key ${kid}.\n`)
    assert.doesNotMatch((await sluice('keys', 'list')).out, new RegExp(kid))
  }))

import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { OpenIdProvider } from '../src/testing/openid-provider.ts'
import { agreementTo, csrfTokenOf, type Visit, Visitor } from '../src/testing/visitor.ts'
import { Pipeline } from './pipeline.ts'
import { ok, Tenant } from './tenant.ts'

/** Ends whatever a text may stand in, and would be filled in again where that were done twice. */
const evil = `"'></title></script><zq7 onload=alert(1)>{user}$&\${x}`
const password = 'a good password'
const authorize = '/oauth2/api/v1/authorize?response_type=code&client_id=web&scope=read'

let tenant: Tenant
let provider: OpenIdProvider

before(async () => {
  tenant = await Tenant.start()
  provider = await OpenIdProvider.start()
  const put = async (method: string, path: string, json: object) => ok(await tenant.administer(method, path, json))
  const translations = { de: { name: evil, description: evil } }
  await put('POST', '/oauth2/api/v1/applications/deviflmap/scopes', {
    ...{ id: 'read', description: evil, translations: { de: evil } },
  })
  const client = { id: 'web', name: evil, description: evil, translations, subscription: 'deviflmap', secret: 'secret' }
  const code = { grant: 'authorization_code', redirectUri: `https://web.example/?a='%22&b=<zq7>` }
  await put('POST', '/oauth2/api/v1/clients', { ...client, ...code })
  const user = { name: `eve${evil}`, displayName: evil, password, mustChangePassword: false }
  await put('POST', '/api/identity/v1/users', user)
  const oidc = { issuer: provider.issuer, clientId: 'sluice', clientSecret: 'a secret', scopes: [] }
  await put('POST', '/api/identity/v1/identity-providers', { name: evil, description: evil, enabled: true, oidc })
  const links = Object.fromEntries(
    ['legalDisclosure', 'privacyPolicy', 'termsOfUse'].map(name => [name, "https://a.example/'onclick='zq7"]),
  )
  await put('PUT', '/oauth2/api/v1/branding', { links })
})

after(async () => {
  await tenant.close()
  await provider.close()
})

const eve = { user: `eve${evil}`, password }

/** Every page that has one of these texts, in both languages. */
async function pages(): Promise<readonly (readonly [page: string, visit: Visit])[]> {
  const all: (readonly [string, Visit])[] = []
  for (const language of ['en', 'de']) {
    const headers = { 'accept-language': language }
    const visitor = new Visitor(tenant.server.url)
    const add = (name: string, visit: Visit) => {
      assert.match(visit.headers.get('content-type') ?? '', /^text\/html/, name)
      all.push([`${name} (${language})`, visit])
      return visit
    }
    add('sign-in', await visitor.open(authorize, headers))
    add('wrong password', await visitor.send(authorize, { ...eve, password: evil }, headers))
    await visitor.signIn(authorize, eve)
    const consent = add('consent', await visitor.open(authorize, headers))
    add('code for another device', await visitor.open('/oauth2/code', headers))
    add('its scopes', await visitor.open('/oauth2/code?client_id=web', headers))
    const issued = { csrf_token: csrfTokenOf(consent), client_id: 'web', scope: 'read' }
    add('its code', await visitor.send('/oauth2/code', issued, headers))
    const { location } = await visitor.send(authorize, agreementTo(consent), headers)
    const code = new URL(location).searchParams.get('code') ?? ''
    const basic = { authorization: `Basic ${btoa('web:secret')}` }
    const body = new URLSearchParams({ grant_type: 'authorization_code', code })
    ok(await tenant.request('/oauth2/api/v1/token', { method: 'POST', headers: basic, body }))
    add('tokens', await visitor.open('/oauth2', headers))
    const query = new URLSearchParams({ provider: evil, return_to: `/oauth2?a=${evil}` })
    add('signed out', await visitor.open(`/oauth2/sign-in/ended?${query}`, headers))
    add('refused sign-in', await visitor.open(`/oauth2/sign-in/callback/${encodeURIComponent(evil)}?${query}`, headers))
    add('unknown client', await visitor.open(`/oauth2/api/v1/authorize?client_id=${evil}`, headers))
  }
  return all
}

test('what administrators, users and providers are called is text on every page', async () => {
  const found = await pages()
  for (const [page, { text }] of found) {
    assert.doesNotMatch(text, /<zq7|onload=alert\(1\)>|='onclick/, page)
    // Attributes have double quotes, within which nothing else ends them.
    for (const [tag] of text.matchAll(/<[a-z][^<>]*>/g)) {
      assert.match(tag, /^<[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*\/?>$/i, page)
    }
  }
  const without = found.filter(([, { text }]) => !text.includes('&lt;zq7')).map(([page]) => page.replace(/ \(.*/, ''))
  assert.deepEqual([...new Set(without)], ['refused sign-in', 'unknown client'])
  const consent = found.find(([page]) => page === 'consent (en)')?.[1].text ?? ''
  assert.match(consent, /&lt;zq7 onload=alert\(1\)&gt;\{user\}\$&amp;\$\{x\}/, 'a text is filled in once')
})

test('no text makes a line of a log, nor a record of the audit log, that nobody wrote', async () => {
  const visitor = new Visitor(tenant.server.url)
  const name = 'x\n{"time":"2026-01-01","user":"admin"}\r\n\u2028\u0000\u001b[31m'
  await visitor.send('/oauth2', { user: name, password: 'x' })
  await tenant.administer('DELETE', `/oauth2/api/v1/tokens?user=${encodeURIComponent(name)}`)
  await tenant.administer('GET', `/oauth2/api/v1/clients/${encodeURIComponent(name)}`)
  await tenant.administer('DELETE', `/api/identity/v1/users/${encodeURIComponent(name)}`)
  const pipeline = new Pipeline(Number(new URL(tenant.server.url).port))
  await pipeline.exchange([{ method: 'GET', text: `GET /"},{"user":"admin'<zq7>\\n HTTP/1.1\r\nHost: a"b\r\n\r\n` }])
  await pipeline.exchange([{ method: 'GET', text: `GET /${'x'.repeat(12_000)} HTTP/1.1\r\nHost: a\r\n\r\n` }])
  pipeline.close()
  const { text } = ok(await tenant.administer('GET', '/api/audit/v1/export'))
  const records = text.trimEnd().split('\n')
  const count = ok(await tenant.administer('GET', '/auditlog/v1/accounts/dev/AuditLogRecords?$count=true&$top=0')).text
  assert.equal(records.length, (JSON.parse(count) as { '@odata.count': number })['@odata.count'])
  for (const record of records) assert.ok(JSON.parse(record).object)
  tenant.server.flushAccessLog()
  const directory = join(tenant.server.dataDirectory, 'log')
  for (const file of await readdir(directory)) {
    const lines = (await readFile(join(directory, file), 'utf8')).trimEnd().split('\n')
    assert.ok(lines.every(line => line.length < 3_000))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
    for (const line of lines) assert.ok(JSON.parse(line).method && !/[\u0000-\u001f\u007f]/.test(line), line)
  }
})

import assert from 'node:assert/strict'
import {
  type FuzzRequest,
  type FuzzRequests,
  filled,
  inBatches,
  markup,
  type Pools,
  takerOf,
} from '../../../test/fuzzed-oauth.ts'
import { fuzzClients } from '../../../test/fuzzed-oauth-requests.ts'
import { csrfTokenOf, Visitor } from '../src/testing/visitor.ts'
import { Pipeline, type RawAnswer, type RawRequest } from './pipeline.ts'
import { ok, Tenant } from './tenant.ts'

export { fuzzSeed } from '../../../test/fuzzed-oauth.ts'

const { redirectUri, appUri } = fuzzClients
/** Of every client that has one. No answer may hold it, nor the password of a user. */
export const clientSecret = fuzzClients.secret
export const annPassword = 'zq7-password-of-ann'
export { challenge } from '../../../test/fuzzed-oauth-requests.ts'

/** A started server with clients of every kind, on which failures wait for nothing. */
export async function startFuzzTenant(flags: Readonly<Record<string, string>> = {}): Promise<Tenant> {
  // The clock stands still, and all requests come within one minute.
  const tenant = await Tenant.start({ flags: { 'token-requests-per-minute': '100000000', ...flags } })
  tenant.server.clock.sleep = async () => {}
  const scopes = '/oauth2/api/v1/applications/deviflmap/scopes'
  for (const id of ['read', 'write']) ok(await tenant.administer('POST', scopes, { id, description: `To ${id}` }))
  const register = async (client: object) =>
    ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { subscription: 'deviflmap', ...client }))
  const code = { grant: 'authorization_code', redirectUri }
  await register({ id: 'orders', name: 'Orders', secret: clientSecret })
  await register({ ...code, id: 'web', name: 'Web', secret: clientSecret })
  await register({ ...code, id: 'swift', name: 'Swift', secret: clientSecret, skipConsent: true })
  await register({ ...code, id: 'app', name: 'App', confidential: false, skipConsent: true, redirectUri: appUri })
  const ann = { name: 'ann', password: annPassword, mustChangePassword: false }
  ok(await tenant.administer('POST', '/api/identity/v1/users', ann))
  return tenant
}

/** What may be taken out of an answer. */
export interface Expectations {
  /** Share of answers below 400 that must be reached, so that the requests are known to get through. */
  readonly successMin: number
  /** What is right of every answer to these requests beyond its form. */
  readonly check?: (answer: RawAnswer) => void
}

/** Sends `count` requests in batches, with fresh values before each, and checks every answer. Returns a line for people. */
export async function fuzz(
  tenant: Tenant,
  requests: FuzzRequests,
  refill: () => Promise<Pools>,
  { count, seed, successMin, check }: Expectations & { readonly count: number; readonly seed: number },
): Promise<string> {
  const pipeline = pipelineTo(tenant)
  const statuses = new Map<number, number>()
  const started = process.cpuUsage()
  try {
    await inBatches(requests, { count, seed }, async list => {
      const pools = await refill()
      const take = takerOf(pools)
      const texts = list.map(request => written(request, take))
      const answers = await pipeline.exchange(texts)
      for (const [index, answer] of answers.entries()) {
        const asked = JSON.stringify(texts[index]?.text.slice(0, 4000))
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        try {
          checkForm(answer)
          check?.(answer)
        } catch (error) {
          throw new Error(
            `${(error as Error).message}\nfor ${asked}\nfound ${answer.head}\n\n${answer.body.slice(0, 2000)}`,
          )
        }
      }
    })
  } finally {
    pipeline.close()
  }
  const all = [...statuses].sort(([a], [b]) => a - b)
  const successes = all.reduce((sum, [status, number]) => (status < 400 ? sum + number : sum), 0)
  assert.ok(successes >= successMin * count, `expected ${successMin * count} successes, found ${all.join(' ')}`)
  const { user, system } = process.cpuUsage(started)
  const seconds = ((user + system) / 1e6).toFixed(1)
  return `${count} requests (seed ${seed}): ${all.map(pair => pair.join(': ')).join(', ')}; ${seconds} s of processor time`
}

function written(request: FuzzRequest, take: (pool: string) => string): RawRequest {
  const { method, path, query, headers, body } = filled(request, take)
  const bytes = Buffer.from(body).toString('latin1')
  const bodyless = method === 'GET' || method === 'HEAD'
  const target = query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`
  const fields = [['Host', 'localhost'], ...headers, ...(bodyless ? [] : [['Content-Length', bytes.length]])]
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return { method, text: `${method} ${target} HTTP/1.1\r\n${head}\r\n${bodyless ? '' : bytes}` }
}

const stackTrace = /\n\s+at .+[:)]|node:internal|file:\/\/\/|\.ts:\d+/

/** What holds for every answer: no fault of ours, nothing of the inside, the content that its type says. */
function checkForm({ status, headers, body }: RawAnswer): void {
  assert.ok(status < 500, `expected an answer below 500, found ${status}`)
  assert.doesNotMatch(body, stackTrace)
  assert.ok(!/zq7-(secret|password)/.test(body + headers.get('location')), 'expected no secret in the answer')
  const type = headers.get('content-type') ?? ''
  if (body === '') return
  assert.match(type, /^(application\/(problem\+)?json|text\/html; charset=utf-8|text\/css|image\/)/)
  if (type.startsWith('text/html')) {
    assert.match(body, /^<!doctype html>/i)
    assert.ok(!body.includes(markup), 'expected markup to be escaped')
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  }
  if (!/json/.test(type)) return
  const content = JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))
  const error = content.error ?? content.code
  if (status >= 400) assert.match(String(error), /^[a-z_-]+$/, 'expected an error with a code')
}

/** Nobody is sent anywhere but to the addresses of clients and to the server's own pages. */
export function checkRedirects({ headers }: RawAnswer): void {
  const location = headers.get('location')
  if (location === undefined) return
  const isKnown = [`${redirectUri}?`, `${appUri}?`, '/oauth2'].some(known => location.startsWith(known))
  assert.ok(isKnown, `expected a registered address, found ${location}`)
}

/** Somebody who has signed in, with the cookie and the token of the forms. */
export async function signedIn(tenant: Tenant, user: { user: string; password: string }) {
  const visitor = new Visitor(tenant.server.url)
  const page = await visitor.signIn('/oauth2', user)
  return { visitor, csrfToken: csrfTokenOf(page) }
}

/** Codes of a client that skips the consent page; `query` beyond what every request has. */
export async function codesOf(
  tenant: Tenant,
  cookie: string,
  query: Readonly<Record<string, string>>,
  count: number,
): Promise<string[]> {
  const path = `/oauth2/api/v1/authorize?${new URLSearchParams({ response_type: 'code', ...query })}`
  const text = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`
  const pipeline = pipelineTo(tenant)
  const answers = await pipeline.exchange(Array.from({ length: count }, () => ({ method: 'GET', text })))
  pipeline.close()
  return answers.map(
    ({ headers }) => /code=([0-9a-f]+)/.exec(headers.get('location') ?? '')?.[1] ?? assert.fail('no code'),
  )
}

function pipelineTo({ server }: Tenant): Pipeline {
  return new Pipeline(Number(new URL(server.url).port))
}

/** Refresh token of a user from a code of `swift`. */
export async function refreshTokenOf(tenant: Tenant, code: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'authorization_code', code })
  const headers = { authorization: `Basic ${btoa(`swift:${clientSecret}`)}` }
  const { text } = ok(await tenant.request('/oauth2/api/v1/token', { method: 'POST', headers, body }))
  return (JSON.parse(text) as { refresh_token: string }).refresh_token
}

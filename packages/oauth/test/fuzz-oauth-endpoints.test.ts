import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type FilledRequest,
  type FuzzRequests,
  filled,
  inBatches,
  fuzzSeed as seed,
  takerOf,
} from '../../../test/fuzzed-oauth.ts'
import {
  authorizationRequest,
  challenge,
  fuzzClients,
  serviceRequests,
  tokenRequests,
} from '../../../test/fuzzed-oauth-requests.ts'
import {
  introspectionEndpoint,
  type OAuthRequest,
  type OAuthResponse,
  oauthErrors,
  readAuthorizationRequest,
  revocationEndpoint,
  tokenEndpoint,
} from '../src/index.ts'
import { codeOf, mobileClient, webClient } from './authorization.ts'
import { application, World } from './world.ts'

// Part of the fuzz run of the authorization server: 200,000 requests in fuzz-oauth-*.test.ts.

const { secret, redirectUri, appUri } = fuzzClients

async function world(): Promise<World> {
  const here = new World({ requestsPerMinute: 1e9, extensions: true })
  // Refusals wait for nothing, and the clock stands still.
  here.clock.sleep = async () => {}
  here.scopes.set(
    'deviflmap',
    ['read', 'write'].map(id => ({ id, description: id, translations: {} })),
  )
  return here
    .register(application(), secret)
    .register(webClient({ redirectUri }), secret)
    .register(webClient({ id: 'swift', redirectUri, skipConsent: true }), secret)
    .register(mobileClient({ id: 'app', redirectUri: appUri }), undefined)
}

function asked({ method, query, headers, body }: FilledRequest): OAuthRequest {
  const headerOf = (name: string) => headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1]
  const address = '192.0.2.1'
  return {
    method,
    query,
    body,
    contentType: headerOf('content-type'),
    authorization: headerOf('authorization'),
    address,
  }
}

const codes = new Set<string>(Object.values(oauthErrors).map(({ error }) => error))

/** What holds for every answer of an endpoint. */
function check({ status, headers, body, reason, clientId }: OAuthResponse): void {
  assert.ok([200, 400, 401, 405, 429].includes(status), String(status))
  assert.deepEqual([headers['Content-Type'], headers['Cache-Control']], ['application/json', 'no-store'])
  assert.doesNotMatch([body, reason, clientId, ...Object.values(headers)].join(), /zq7-secret/)
  const content = body === '' ? {} : JSON.parse(body)
  if (status === 200) return
  assert.ok(codes.has(content.error), body)
  assert.equal(headers['WWW-Authenticate'] !== undefined, status === 401)
}

/** Runs `count` requests in batches; gives how many of each outcome there were. */
async function fuzz(
  requests: FuzzRequests,
  count: number,
  run: (request: FilledRequest, here: World) => Promise<string | number>,
): Promise<Map<string | number, number>> {
  const outcomes = new Map<string | number, number>()
  await inBatches(requests, { count, seed }, async list => {
    const here = await world()
    const take = takerOf(await poolsOf(here))
    for (const request of list) {
      const one = filled(request, take)
      try {
        const outcome = await run(one, here)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      } catch (error) {
        throw new Error(`${(error as Error).message}\nfor ${JSON.stringify(one).slice(0, 4000)}`, { cause: error })
      }
    }
  })
  return outcomes
}

async function poolsOf(here: World) {
  const several = (count: number, query: Record<string, string>) =>
    Promise.all(Array.from({ length: count }, () => codeOf(here, { client_id: 'swift', ...query })))
  const [first = '', ...code] = await several(16, {})
  const authorization = `Basic ${btoa(`swift:${secret}`)}`
  const body = `grant_type=authorization_code&code=${first}`
  const { refresh_token } = JSON.parse((await here.request({ body, authorization })).body)
  return {
    code,
    boundCode: await several(14, { code_challenge: challenge, code_challenge_method: 'S256' }),
    refreshToken: [refresh_token as string],
    token: [await here.token('orders', '', secret)],
    jwt: [await here.token('orders', '&token_format=jwt', secret)],
  }
}

const share = (outcomes: Map<string | number, number>, wanted: string | number) => {
  const all = [...outcomes.values()].reduce((sum, count) => sum + count, 0)
  return (outcomes.get(wanted) ?? 0) / all
}

test(`60,000 token requests are answered as they should be (seed ${seed})`, async context => {
  const outcomes = await fuzz(tokenRequests, 60_000, async (request, here) => {
    const kind = request.path.includes('apitoken') ? 'platform' : 'application'
    const answer = await tokenEndpoint(asked(request), kind, here.context)
    check(answer)
    return answer.status
  })
  context.diagnostic(JSON.stringify([...outcomes]))
  assert.ok(share(outcomes, 200) > 0.25)
})

test(`30,000 requests about tokens are answered as they should be (seed ${seed})`, async context => {
  const outcomes = await fuzz(serviceRequests, 30_000, async (request, here) => {
    const endpoint = request.path.includes('revoke') ? revocationEndpoint : introspectionEndpoint
    const answer = await endpoint(asked(request), here.context)
    check(answer)
    return answer.status
  })
  context.diagnostic(JSON.stringify([...outcomes]))
  assert.ok(share(outcomes, 200) > 0.5)
})

test(`30,000 authorization requests lead to the user, to the client or nowhere (seed ${seed})`, async context => {
  const requests = authorizationRequest.map(parameters => ({ method: 'GET', path: '', parameters, headers: [] }))
  const outcomes = await fuzz(requests, 30_000, async ({ query }, here) => {
    const verdict = await readAuthorizationRequest(query, here.context)
    if (verdict.kind === 'ask')
      assert.match(verdict.request.redirectUri, /^(https:\/\/web\.example|com\.example\.app:)\/answer$/)
    if (verdict.kind !== 'redirect') return verdict.kind
    assert.ok(
      [`${redirectUri}?`, `${appUri}?`].some(start => verdict.location.startsWith(start)),
      verdict.location,
    )
    assert.match(verdict.location, /^[\x21-\x7e]+$/)
    return verdict.kind
  })
  context.diagnostic(JSON.stringify([...outcomes]))
  assert.ok(share(outcomes, 'ask') > 0.25)
})

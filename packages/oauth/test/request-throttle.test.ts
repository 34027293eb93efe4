import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  introspectionEndpoint,
  type OAuthResponse,
  oauthErrors,
  pushedAuthorizationEndpoint,
  revocationEndpoint,
} from '../src/index.ts'
import { challenge, codeOf, mobileClient, queryOf, verifier, webClient } from './authorization.ts'
import { application, basic, settle, World } from './world.ts'

/** One request a second, sixty at once. */
const slow = () =>
  new World({ requestsPerMinute: 60 }).register(application()).register(application({ id: 'invoices' }))

const query = 'grant_type=client_credentials'
const request = { method: 'POST', query: 'token=0', contentType: undefined, body: '', address: '192.0.2.1' }

function ask(world: World, { id = 'orders', address = '192.0.2.1', more = '', secret = 'pa55-word' } = {}) {
  return world.request({ query: query + more, address, authorization: basic(id, secret) })
}

/** The delay of each of some requests at the same moment, and how many were refused at once. */
async function delaysOf(world: World, count: number, what?: Parameters<typeof ask>[1]) {
  const before = world.clock.sleeping
  const refusals: OAuthResponse[] = []
  for (let made = 0; made < count; made++)
    void ask(world, what).then(({ status, ...more }) => {
      if (status !== 200) refusals.push({ status, ...more })
    })
  await settle()
  return { waiting: world.clock.sleeping - before, delays: world.clock.delays, refusals }
}

test('a burst of a minute is answered at once, then requests wait their turn, then they are refused', async () => {
  const world = slow()
  assert.deepEqual((await delaysOf(world, 60)).delays, [])
  assert.deepEqual((await delaysOf(world, 5)).delays, [1000, 2000, 3000, 4000, 5000])
  const { refusals, waiting } = await delaysOf(world, 2)
  assert.equal(waiting, 0)
  for (const { status, headers, body } of refusals) {
    assert.deepEqual([status, headers['Retry-After'], headers['Content-Type']], [429, '6', 'application/json'])
    assert.deepEqual(Object.keys(JSON.parse(body)), ['error', 'error_description'])
    assert.equal(JSON.parse(body).error, oauthErrors.too_many_requests.error)
  }
  assert.equal(refusals.length, 2)
})

test('whoever waits as long as Retry-After says is answered', async () => {
  const world = slow()
  const { refusals } = await delaysOf(world, 66)
  world.clock.advance(Number(refusals[0]?.headers['Retry-After']) * 1000)
  assert.equal((await ask(world)).status, 200)
})

test('a sender that asks for its next token when it has one is slowed down and never refused', async () => {
  const world = slow()
  for (let made = 0; made < 500; made++) {
    const asked = ask(world)
    await settle()
    world.clock.advance(world.clock.delays[0] ?? 0)
    assert.equal((await asked).status, 200)
  }
})

test('a steady rate below the limit is never slowed down', async () => {
  const world = slow()
  for (let made = 0; made < 500; made++) {
    assert.equal((await ask(world)).status, 200)
    world.clock.advance(1000)
  }
})

test('a flood of one client from one address delays neither other clients nor the same client elsewhere', async () => {
  const world = slow()
  await delaysOf(world, 5_000)
  for (const what of [{ id: 'invoices' }, { address: '192.0.2.2' }, { id: 'invoices', address: '192.0.2.2' }]) {
    assert.equal((await ask(world, what)).status, 200)
  }
})

test('who cannot prove to be a client uses up nothing of what belongs to it', async () => {
  const world = slow()
  await ask(world)
  const wrong = Array.from({ length: 500 }, () => ask(world, { secret: 'wrong' }))
  await settle()
  for (let made = 0; made < 59; made++) assert.equal((await ask(world)).status, 200)
  world.clock.advance(60_000)
  await Promise.all(wrong)
})

test('who names a public client without a code of it uses up nothing of what belongs to it', async () => {
  const world = new World({ requestsPerMinute: 60 }).register(mobileClient(), undefined)
  const form = (more: Record<string, string>) =>
    world.request({ query: queryOf({ grant_type: 'authorization_code', client_id: 'mobile', ...more }) })
  for (let made = 0; made < 500; made++) assert.equal((await form({ code: `guess-${made}` })).status, 400)
  const revoke = { method: 'POST', contentType: undefined, authorization: undefined, address: '192.0.2.1', body: '' }
  for (let made = 0; made < 500; made++) {
    const asked = revocationEndpoint({ ...revoke, query: 'client_id=mobile&token=guess' }, world.context)
    assert.equal((await asked).status, 200)
  }
  const challenged = { code_challenge: challenge, code_challenge_method: 'S256' }
  const code = await codeOf(world, { client_id: 'mobile', ...challenged })
  assert.equal((await form({ code, code_verifier: verifier })).status, 200)
})

test('a request for a JWT counts half', async () => {
  const world = slow()
  assert.deepEqual((await delaysOf(world, 120, { more: '&token_format=jwtrfc' })).delays, [])
  assert.deepEqual((await delaysOf(world, 2, { more: '&token_format=jwtrfc' })).delays, [500, 1000])
})

test('a public client that redeems its codes is held to the rate as others are', async () => {
  const world = new World({ requestsPerMinute: 2 }).register(mobileClient(), undefined)
  const challenged = { client_id: 'mobile', code_challenge: challenge, code_challenge_method: 'S256' }
  const statuses: number[] = []
  for (let made = 0; made < 3; made++) {
    const parameters = { grant_type: 'authorization_code', client_id: 'mobile', code_verifier: verifier }
    const code = await codeOf(world, challenged)
    statuses.push((await world.request({ query: queryOf({ ...parameters, code }) })).status)
  }
  assert.deepEqual(statuses, [200, 200, 429])
})

test('introspection, revocation and pushed requests count, too', async () => {
  const world = slow().register(webClient())
  const pushed = { ...request, query: queryOf({ response_type: 'code' }), authorization: basic('web', 'pa55-word') }
  for (let made = 0; made < 60; made++) {
    assert.equal((await pushedAuthorizationEndpoint(pushed, world.context)).status, 201)
  }
  void pushedAuthorizationEndpoint(pushed, world.context)
  await settle()
  assert.deepEqual(world.clock.delays, [1000])
  world.clock.advance(1000)
  const authorization = basic('orders', 'pa55-word')
  for (let made = 0; made < 30; made++) {
    for (const endpoint of [introspectionEndpoint, revocationEndpoint]) {
      assert.equal((await endpoint({ ...request, authorization }, world.context)).status, 200)
    }
  }
  assert.deepEqual((await delaysOf(world, 1)).delays, [1000])
})

test('no more than 256 requests of one caller wait, nor more than 4,096 of all', async () => {
  const world = new World({ requestsPerMinute: 60_000 }).register(application())
  const burst = 60_000
  for (let made = 0; made < burst; made++) world.context.requests.admit({ id: 'orders', address: '192.0.2.1' })
  assert.equal((await delaysOf(world, 300)).waiting, 256)
  for (let caller = 0; caller < 20; caller++) {
    const key = { id: 'orders', address: `192.0.2.${caller + 2}` }
    for (let made = 0; made < burst; made++) world.context.requests.admit(key)
    await delaysOf(world, 300, { address: key.address })
  }
  assert.equal(world.clock.sleeping, 4096)
  assert.equal((await ask(world, { address: '192.0.2.99' })).status, 200)
})

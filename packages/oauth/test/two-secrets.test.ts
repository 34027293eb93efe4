import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OAuthResponse } from '../src/index.ts'
import { application, basic, settle, World } from './world.ts'

const query = 'grant_type=client_credentials'
const minute = 60_000

function attempt(world: World, secret: string): Promise<OAuthResponse> {
  return world.request({ query, authorization: basic('orders', secret) })
}

/** The status of a request that waits for nothing but the delay of a failure, and how long that was. */
async function outcome(world: World, secret: string): Promise<[status: number, delays: number[]]> {
  const asked = attempt(world, secret)
  await settle()
  const { delays } = world.clock
  world.clock.advance(delays[0] ?? 0)
  return [(await asked).status, delays]
}

test('a client with two secrets is known by either', async () => {
  const world = new World().register(application(), 'old', 'new')
  for (const secret of ['new', 'old', 'old', 'new']) assert.equal((await attempt(world, secret)).status, 200)
  assert.equal(world.slowChecks, 2)
})

test('a wrong secret costs one slow hash, however many secrets the client has and were used', async () => {
  for (const used of [[], ['old'], ['new'], ['old', 'new']]) {
    const world = new World().register(application(), 'old', 'new')
    for (const secret of used) assert.equal((await attempt(world, secret)).status, 200)
    const before = world.slowChecks
    assert.deepEqual(await outcome(world, 'wrong'), [401, [200]])
    assert.equal(world.slowChecks - before, used.length === 2 ? 0 : 1, used.join())
    assert.deepEqual(await outcome(world, 'wrong'), [401, [400]])
    assert.equal(world.slowChecks - before, used.length === 2 ? 0 : 1, used.join())
  }
})

test('a secret that comes from two addresses at once is known once', async () => {
  const world = new World().register(application(), 'old', 'new')
  const from = (address: string) => world.request({ query, address, authorization: basic('orders', 'old') })
  await Promise.all([from('192.0.2.1'), from('192.0.2.2')])
  assert.equal((await attempt(world, 'new')).status, 200)
  const before = world.slowChecks
  assert.deepEqual(await outcome(world, 'wrong'), [401, [200]])
  assert.equal(world.slowChecks, before)
})

test('first requests with either secret at the same time share the computations', async () => {
  const world = new World().register(application(), 'old', 'new')
  const secrets = Array.from({ length: 32 }, (_, index) => (index % 2 ? 'old' : 'new'))
  const responses = await Promise.all(secrets.map(secret => attempt(world, secret)))
  assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set([200]))
  assert.equal(world.slowChecks, 2)
})

test('a secret is refused from its expiry on as a wrong one is, and the other goes on', async () => {
  const world = new World()
  const expiresAt = world.clock.now() + minute
  world.register(application(), { text: 'old', expiresAt }, 'new')
  world.clock.advance(minute - 1)
  assert.equal((await attempt(world, 'old')).status, 200)
  world.clock.advance(1)
  const refused = attempt(world, 'old')
  await settle()
  assert.deepEqual(world.clock.delays, [200])
  world.clock.advance(200)
  const { status, body, reason } = await refused
  assert.equal(status, 401)
  assert.equal(reason, 'the client secret has expired')
  const wrong = attempt(world, 'wrong')
  await settle()
  world.clock.advance(minute)
  assert.equal((await wrong).body, body)
  assert.equal((await attempt(world, 'new')).status, 200)
})

test('a secret that had expired before it was first presented is refused', async () => {
  const world = new World()
  world.register(application(), { text: 'old', expiresAt: world.clock.now() })
  assert.deepEqual(await outcome(world, 'old'), [401, [200]])
})

test('the use of each secret is told once in five minutes, and never that of a wrong or expired one', async () => {
  const world = new World()
  const start = world.clock.now()
  world.register(application(), { text: 'old', expiresAt: start + 11 * minute }, 'new')
  for (let round = 0; round < 10; round++) await outcome(world, `wrong ${round}`)
  assert.deepEqual(world.uses, [])
  world.clock.advance(start + minute - world.clock.now())
  for (const secret of ['old', 'old', 'new']) await attempt(world, secret)
  world.clock.advance(5 * minute - 1)
  for (const secret of ['old', 'new']) await attempt(world, secret)
  world.clock.advance(1)
  await attempt(world, 'new')
  world.clock.advance(10 * minute)
  await outcome(world, 'old')
  assert.deepEqual(world.uses, [
    ['1', start + minute],
    ['2', start + minute],
    ['2', start + 6 * minute],
  ])
})

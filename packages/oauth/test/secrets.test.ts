import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OAuthResponse, oauthErrors } from '../src/index.ts'
import { application, basic, platform, settle, World } from './world.ts'

const query = 'grant_type=client_credentials'

function attempt(world: World, secret: string, id = 'orders', address = '192.0.2.1'): Promise<OAuthResponse> {
  return world.request({ query, address, authorization: basic(id, secret) })
}

/** Milliseconds until each attempt is answered; attempts are made one after the other. */
async function delaysOf(world: World, attempts: number, secret: string, id?: string): Promise<number[]> {
  const delays: number[] = []
  for (let made = 0; made < attempts; made++) {
    const asked = attempt(world, secret, id)
    await settle()
    delays.push(...world.clock.delays)
    world.clock.advance(world.clock.delays[0] ?? 0)
    await asked
  }
  return delays
}

test('after a first success the slow hash is not computed again, neither for right nor for wrong secrets', async () => {
  const world = new World().register(application())
  for (let round = 0; round < 5; round++) assert.equal((await attempt(world, 'pa55-word')).status, 200)
  await delaysOf(world, 5, 'wrong')
  assert.equal(world.slowChecks, 1)
})

test('first requests at the same time share one computation of the slow hash', async () => {
  const world = new World().register(application())
  const responses = await Promise.all(Array.from({ length: 32 }, () => attempt(world, 'pa55-word')))
  assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set([200]))
  assert.equal(world.slowChecks, 1)
})

test('a wrong secret that is tried again and again costs the slow hash once', async () => {
  const world = new World().register(application())
  await delaysOf(world, 10, 'wrong')
  assert.equal(world.slowChecks, 1)
})

test('a secret that is longer than any is not hashed', async () => {
  const world = new World().register(application())
  assert.deepEqual(await delaysOf(world, 1, 'x'.repeat(513)), [200])
  assert.equal(world.slowChecks, 0)
  assert.deepEqual(await delaysOf(world, 1, 'x'.repeat(512)), [400])
  assert.equal(world.slowChecks, 1)
})

test('a new secret counts at once, and the old one no longer', async () => {
  const world = new World().register(application())
  assert.equal((await attempt(world, 'pa55-word')).status, 200)
  world.register(application(), 'next')
  assert.equal((await attempt(world, 'next')).status, 200)
  const old = attempt(world, 'pa55-word')
  await settle()
  world.clock.advance(60_000)
  assert.equal((await old).status, 401)
})

test('a secret changed while the old one is being checked leaves nothing behind', async () => {
  const world = new World().register(application())
  const during = attempt(world, 'pa55-word')
  world.register(application(), 'next')
  await settle()
  const after = attempt(world, 'pa55-word')
  await settle()
  world.clock.advance(60_000)
  await during
  assert.equal((await after).status, 401)
  assert.equal((await attempt(world, 'next')).status, 200)
})

test('a deleted client is refused at once', async () => {
  const world = new World().register(application())
  assert.equal((await attempt(world, 'pa55-word')).status, 200)
  world.deleteClient('orders')
  const refused = attempt(world, 'pa55-word')
  await settle()
  world.clock.advance(60_000)
  assert.equal((await refused).status, 401)
})

test('each failure of a client from one address takes twice as long as the one before, up to five seconds', async () => {
  const world = new World().register(application())
  const expected = [200, 400, 800, 1600, 3200, 5000, 5000]
  assert.deepEqual(await delaysOf(world, 7, 'wrong'), expected)
})

test('whatever is wrong about ID and secret is answered after the same times, at the cost of no hash', async () => {
  const world = new World()
    .register(application())
    .register(application({ id: 'mobile', confidential: false }), undefined)
    .register(platform())
  await attempt(world, 'pa55-word')
  const wrongSecret = await delaysOf(world, 4, 'wrong')
  const others: readonly (readonly [id: string, secret: string])[] = [
    ['nobody', 'pa55-word'],
    ['no/body', 'pa55-word'],
    ['mobile', 'pa55-word'],
    ['operations', 'pa55-word'],
    ['x'.repeat(1000), 'pa55-word'],
  ]
  for (const [id, secret] of others) assert.deepEqual(await delaysOf(world, 4, secret, id), wrongSecret, id)
  world.clock.advance(600_001)
  assert.deepEqual(await delaysOf(world, 4, ''), wrongSecret, 'the right client without a secret')
  world.clock.advance(600_001)
  assert.deepEqual(await delaysOf(world, 4, 'x'.repeat(1000)), wrongSecret, 'an over-long secret')
  assert.equal(world.slowChecks, 1)
})

test('the store is asked as often about a client that there is as about one that there is not', async () => {
  const world = new World().register(application())
  await attempt(world, 'pa55-word')
  const readsFor = async (id: string, secret: string) => {
    const before = world.reads
    await delaysOf(world, 1, secret, id)
    return world.reads - before
  }
  for (const secret of ['wrong', '', 'x'.repeat(1000)]) assert.equal(await readsFor('orders', secret), 1)
  for (let round = 0; round < 2; round++) assert.equal(await readsFor('nobody', 'wrong'), 1)
})

test('failures are forgotten ten minutes after the last one', async () => {
  const world = new World().register(application())
  await delaysOf(world, 4, 'wrong')
  world.clock.advance(600_001)
  assert.deepEqual(await delaysOf(world, 1, 'wrong'), [200])
})

test('failures count per address and per client', async () => {
  const world = new World().register(application()).register(application({ id: 'invoices' }))
  await delaysOf(world, 4, 'wrong')
  const elsewhere = [attempt(world, 'wrong', 'orders', '192.0.2.2'), attempt(world, 'wrong', 'invoices')]
  await settle()
  assert.deepEqual(world.clock.delays, [200, 200])
  world.clock.advance(200)
  for (const response of await Promise.all(elsewhere)) assert.equal(response.status, 401)
})

test('the right secret is answered at once while wrong ones wait, from the same address too', async () => {
  const world = new World().register(application())
  const wrong = Array.from({ length: 50 }, (_, index) => attempt(world, `wrong ${index}`))
  await settle()
  assert.equal(world.clock.sleeping, 50)
  for (let round = 0; round < 3; round++) assert.equal((await attempt(world, 'pa55-word')).status, 200)
  assert.equal(world.clock.sleeping, 50)
  world.clock.advance(60_000)
  await Promise.all(wrong)
})

test('no flood of wrong secrets keeps the right one out, not even before it was ever used', async () => {
  const world = new World().register(application())
  const wrong = Array.from({ length: 200 }, (_, index) => attempt(world, `wrong ${index}`))
  assert.equal((await attempt(world, 'pa55-word')).status, 200)
  wrong.push(...Array.from({ length: 10_000 }, (_, index) => attempt(world, `wrong again ${index}`)))
  await settle()
  assert.equal((await attempt(world, 'pa55-word')).status, 200)
  world.clock.advance(60_000)
  const statuses = new Set((await Promise.all(wrong)).map(({ status }) => status))
  assert.deepEqual(statuses, new Set([401, 429]))
})

/** Has slow checks run until they are told to end, one after the other; gives which secrets are being checked. */
function slowed(world: World): { readonly running: string[]; endOne(): Promise<void> } {
  const { hasher } = world.context
  const { find } = hasher
  const running: string[] = []
  const waiting: (() => void)[] = []
  hasher.find = async (secret, stored) => {
    running.push(secret)
    await new Promise<void>(resolve => waiting.push(resolve))
    return find(secret, stored)
  }
  return {
    running,
    endOne: () => {
      waiting.shift()?.()
      running.shift()
      return settle()
    },
  }
}

test('who tries secrets of a client that was not used yet keeps two checks busy, and no caller elsewhere waiting', async () => {
  const world = new World().register(application()).register(application({ id: 'invoices' }))
  const { running, endOne } = slowed(world)
  const wrong = Array.from({ length: 100 }, (_, index) => attempt(world, `wrong ${index}`))
  // From the same address, a right one waits with them.
  const late = attempt(world, 'pa55-word')
  await settle()
  assert.deepEqual(running, ['wrong 0', 'wrong 1'])
  const right = [attempt(world, 'pa55-word', 'orders', '192.0.2.2'), attempt(world, 'pa55-word', 'invoices')]
  await settle()
  assert.deepEqual(running.slice(2), ['pa55-word', 'pa55-word'])
  for (let ended = 0; ended < 6; ended++) await endOne()
  for (const { status } of await Promise.all([...right, late])) assert.equal(status, 200)
  while (running.length > 0) await endOne()
  assert.ok(world.slowChecks < 8, `${world.slowChecks} checks: what waited was compared with the right secret`)
  world.clock.advance(60_000)
  const statuses = new Set((await Promise.all(wrong)).map(({ status }) => status))
  assert.deepEqual(statuses, new Set([401, 429]))
})

test('many failures at a time are answered with 429 and when to come back', async () => {
  const world = new World().register(application())
  const asked = Array.from({ length: 40 }, () => attempt(world, 'wrong'))
  await settle()
  world.clock.advance(60_000)
  const responses = await Promise.all(asked)
  const refused = responses.filter(({ status }) => status === 429)
  assert.equal(refused.length, 40 - 16)
  for (const { headers, body } of refused) {
    assert.match(headers['Retry-After'] ?? '', /^[1-5]$/)
    assert.equal(JSON.parse(body).error, oauthErrors.too_many_failures.error)
  }
})

test('a flood of wrong secrets neither piles up in memory nor computes a slow hash each', async () => {
  const world = new World().register(application())
  const asked = Array.from({ length: 1000 }, (_, index) => attempt(world, `wrong ${index}`))
  await settle()
  assert.ok(world.clock.sleeping <= 256, `${world.clock.sleeping} wait`)
  assert.ok(world.slowChecks <= 256, `${world.slowChecks} slow checks`)
  world.clock.advance(60_000)
  const statuses = new Set((await Promise.all(asked)).map(({ status }) => status))
  assert.deepEqual(statuses, new Set([401, 429]))
  assert.equal((await attempt(world, 'pa55-word')).status, 200)
})

test('failures from many addresses wait only up to a limit', async () => {
  const world = new World().register(application())
  const asked = Array.from({ length: 5000 }, (_, index) =>
    attempt(world, 'wrong', 'nobody', `2001:db8:0:${index.toString(16)}::1`),
  )
  await settle()
  assert.equal(world.clock.sleeping, 4096)
  world.clock.advance(60_000)
  const responses = await Promise.all(asked)
  assert.equal(responses.filter(({ status }) => status === 429).length, 5000 - 4096)
})

test('a store outage is no verdict about a secret', async () => {
  const world = new World().register(application())
  const { clients } = world.context
  const working = clients.findSecrets
  clients.findSecrets = () => Promise.reject(new Error('database is gone'))
  await assert.rejects(attempt(world, 'pa55-word'), /database is gone/)
  clients.findSecrets = working
  assert.equal((await attempt(world, 'pa55-word')).status, 200)
})

test('neither secrets nor made-up IDs reach the log', async () => {
  const world = new World().register(application())
  const asked = [attempt(world, 'hunter2-secret'), attempt(world, 'hunter2-secret', 'evil\nline')]
  await settle()
  world.clock.advance(60_000)
  for (const { reason, clientId, body, headers } of await Promise.all(asked)) {
    assert.doesNotMatch(JSON.stringify([reason, clientId, body, headers]), /hunter2|evil/)
  }
})

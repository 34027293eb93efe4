import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { storeTest } from '../store/each-database.test.ts'
import type { Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { openSigningKeys, type SigningKeys } from './signing-keys.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A server's keys, by a clock of the test. */
async function opened(store: Store, clock: TestClock, rotationDays = 90): Promise<SigningKeys> {
  return openSigningKeys({ store, clock, rotationDays })
}

/** States by position: the oldest key first. */
function states(keys: SigningKeys): string {
  return keys
    .list()
    .map(({ state }) => state)
    .reverse()
    .join(' ')
}

function kids(keys: SigningKeys): string[] {
  return keys
    .list()
    .map(({ kid }) => kid)
    .reverse()
}

const pem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

storeTest('the first start creates a key that signs and one that is published, later ones find them', async store => {
  const clock = new TestClock()
  const first = await opened(store, clock)
  assert.equal(states(first), 'current next')
  const second = await opened(store, clock)
  assert.deepEqual(
    second.all().map(key => key.publicJwk),
    first.all().map(key => key.publicJwk),
  )
  assert.equal(second.current().kid, first.current().kid)
  assert.equal(second.current().verify('input', first.current().sign('input')), true)
  assert.equal(second.find(first.current().kid), second.current())
})

storeTest('a key that is asked for by any other text is not there', async store => {
  const keys = await opened(store, new TestClock())
  const { kid } = keys.current()
  for (const other of [
    '',
    'other',
    '__proto__',
    'constructor',
    `${kid}\0`,
    kid.toLowerCase(),
    `../${kid}`,
    "' or 1=1--",
  ]) {
    assert.equal(keys.find(other), undefined, other)
  }
})

storeTest(
  'the keys of an older version go on: the first signs, the others verify until what they signed is over',
  async store => {
    await store.keys.put('token-signing', Buffer.from(`${pem()}${pem()}${pem()}`))
    const clock = new TestClock()
    const keys = await opened(store, clock)
    assert.equal(states(keys), 'previous previous current next')
    assert.equal(await store.keys.find('token-signing'), undefined)
    clock.advance(12 * hour + 5 * minute)
    await keys.maintain()
    assert.equal(states(keys), 'current next')
  },
)

storeTest('a value of an older version without a key stops the start', async store => {
  await store.keys.put('token-signing', Buffer.from('nothing'))
  await assert.rejects(opened(store, new TestClock()), /Expected at least one private key/)
})

storeTest('the next key signs no sooner than ten minutes after it was published', async store => {
  const clock = new TestClock()
  const keys = await opened(store, clock)
  const [first = '', second = ''] = kids(keys)
  clock.advance(4 * minute)
  assert.equal(await keys.rotate(), true)
  assert.equal(keys.rotatesAt(), clock.now() + 6 * minute)
  assert.equal(states(keys), 'current next next')
  clock.advance(6 * minute - 1)
  assert.equal(keys.current().kid, first)
  assert.equal(await keys.rotate(), false, 'while one is under way')
  clock.advance(1)
  assert.equal(keys.current().kid, second)
  assert.equal(states(keys), 'previous current next')
  clock.advance(day)
  assert.equal(await keys.rotate(), true)
  assert.equal(states(keys), 'previous previous current next', 'at once: it was published long ago')
})

storeTest(
  'a previous key verifies for twelve hours and five minutes, then it is gone from the key set and the store',
  async store => {
    const clock = new TestClock()
    const keys = await opened(store, clock)
    const old = keys.current()
    clock.advance(day)
    await keys.rotate()
    clock.advance(12 * hour + 5 * minute - 1)
    await keys.maintain()
    assert.equal(keys.find(old.kid), old)
    assert.equal(keys.all().length, 3)
    clock.advance(1)
    assert.equal(keys.find(old.kid), undefined, 'by the clock alone')
    assert.equal(keys.all().includes(old), false)
    assert.equal((await store.signingKeys.list()).length, 3)
    await keys.maintain()
    assert.equal((await store.signingKeys.list()).length, 2)
  },
)

storeTest('the key set names the key that signs first', async store => {
  const clock = new TestClock()
  const keys = await opened(store, clock)
  for (let round = 0; round < 3; round++) {
    clock.advance(hour)
    await keys.rotate()
    assert.equal(keys.all()[0], keys.current())
    assert.equal(keys.all().length, round + 3)
  }
})

storeTest('keys rotate by themselves after the days that are set, also when no server ran meanwhile', async store => {
  const clock = new TestClock()
  const keys = await opened(store, clock, 30)
  const [, second = '', third] = kids(keys)
  assert.equal(third, undefined)
  assert.equal(keys.rotatesAt(), clock.now() + 30 * day)
  clock.advance(30 * day - 1)
  assert.equal(await keys.maintain(), 'kept')
  clock.advance(1)
  assert.equal(await keys.maintain(), 'rotated')
  assert.equal(await keys.maintain(), 'kept')
  assert.equal(keys.current().kid, second)
  clock.advance(100 * day)
  const later = await opened(store, clock, 30)
  assert.equal(states(later), 'previous current next')
  assert.notEqual(later.current().kid, second)
})

storeTest('with 0 days keys rotate only when somebody says so', async store => {
  const clock = new TestClock()
  const keys = await opened(store, clock, 0)
  assert.equal(keys.rotatesAt(), undefined)
  clock.advance(1000 * day)
  assert.equal(await keys.maintain(), 'kept')
  assert.equal(await keys.rotate(), true)
  assert.equal(states(keys), 'previous current next')
})

storeTest(
  'of several servers on one store one rotates, and none signs with a key that another does not know',
  async store => {
    const clock = new TestClock()
    const servers = await Promise.all([1, 2, 3].map(() => opened(store, clock, 30)))
    const agree = (): void => {
      assert.equal(new Set(servers.map(keys => kids(keys).join())).size, 1)
      assert.equal(new Set(servers.map(keys => keys.current().kid)).size, 1)
    }
    agree()
    for (let round = 0; round < 5; round++) {
      clock.advance(30 * day)
      const outcomes = await Promise.all(servers.map(keys => keys.maintain()))
      assert.deepEqual(outcomes.toSorted(), ['kept', 'kept', 'rotated'])
      for (const keys of servers) for (const other of servers) assert.ok(other.find(keys.current().kid))
      await Promise.all(servers.map(keys => keys.maintain()))
      agree()
    }
  },
)

storeTest('a server hears of what another one does', async store => {
  const clock = new TestClock()
  const [one, other] = [await opened(store, clock), await opened(store, clock)]
  const before = other.current()
  clock.advance(hour)
  await one.rotate()
  await store.signingKeys.list()
  assert.equal(other.current().kid, one.current().kid)
  assert.equal(other.find(before.kid), before, 'the same object: verified tokens are remembered by it')
  await one.revoke(before.kid)
  await store.signingKeys.list()
  assert.equal(other.find(before.kid), undefined)
  other.close()
  clock.advance(hour)
  await one.rotate()
  await store.signingKeys.list()
  assert.notEqual(other.current().kid, one.current().kid)
})

const revocations: readonly { name: string; which: number; before: string; after: string; rotateAfter?: number }[] = [
  { name: 'one that verifies is gone', which: 0, before: 'previous current next', after: 'current next' },
  {
    name: 'after the one that signs the next one does',
    which: 1,
    before: 'previous current next',
    after: 'previous current next',
  },
  {
    name: 'in place of the next one comes another',
    which: 2,
    before: 'previous current next',
    after: 'previous current next',
  },
  {
    name: 'when the next one is about to sign, the current one goes on',
    which: 2,
    before: 'previous current next next',
    after: 'previous current next',
    rotateAfter: minute,
  },
  {
    name: 'when the one that signs goes during a rotation, the next one takes over early',
    which: 1,
    before: 'previous current next next',
    after: 'previous current next',
    rotateAfter: minute,
  },
]

for (const { name, which, before, after, rotateAfter } of revocations) {
  storeTest(`a revoked key verifies nothing from now on: ${name}`, async store => {
    const clock = new TestClock()
    const keys = await opened(store, clock)
    clock.advance(hour)
    await keys.rotate()
    if (rotateAfter !== undefined) {
      clock.advance(rotateAfter)
      await keys.rotate()
    }
    assert.equal(states(keys), before)
    const kid = kids(keys)[which] ?? ''
    const wasCurrent = keys.current().kid
    assert.equal(await keys.revoke(kid), true)
    assert.equal(keys.find(kid), undefined)
    assert.equal(
      keys.all().some(key => key.kid === kid),
      false,
    )
    assert.equal(states(keys), after)
    assert.equal(keys.current().kid === wasCurrent, which !== 1)
    assert.equal(await keys.revoke(kid), false)
    clock.advance(day)
    assert.equal(states(keys), after, 'no rotation is left half done')
    assert.equal(await keys.rotate(), true)
    assert.equal(keys.current().kid !== wasCurrent, true)
    const again = await opened(store, clock)
    assert.deepEqual(kids(again), kids(keys))
  })
}

storeTest('keys of whom one is revoked again and again never end', async store => {
  const clock = new TestClock()
  const keys = await opened(store, clock)
  for (let round = 0; round < 20; round++) {
    const signature = keys.current().sign('input')
    assert.equal(keys.find(keys.current().kid)?.verify('input', signature), true)
    await keys.revoke(keys.current().kid)
    assert.equal(states(keys), 'current next')
  }
})

storeTest('two keys of one ID are refused', async store => {
  await opened(store, new TestClock())
  await assert.rejects(
    store.signingKeys.change(rows => rows.map(row => ({ ...row, kid: rows[0]?.kid ?? '' }))),
    /UNIQUE|unique/,
  )
})

storeTest('keys that were read before a change do not come back when reading them took longer', async store => {
  const held = Promise.withResolvers<void>()
  const read = Promise.withResolvers<void>()
  let isSlow = false
  const list = async () => {
    const rows = await store.signingKeys.list()
    if (isSlow) {
      isSlow = false
      read.resolve()
      await held.promise
    }
    return rows
  }
  const keys = await opened({ ...store, signingKeys: { ...store.signingKeys, list } }, new TestClock())
  isSlow = true
  const maintained = keys.maintain()
  await read.promise
  await keys.rotate()
  const rotated = kids(keys)
  assert.equal(rotated.length, 3)
  held.resolve()
  await maintained
  assert.deepEqual(kids(keys), rotated)
})

test('keys are sealed at rest', async () => {
  const { openStore } = await import('../store/open.ts')
  const { inDirectory } = await import('../store/each-database.test.ts')
  const { readFile } = await import('node:fs/promises')
  await inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory })
    await opened(store, new TestClock())
    const [row] = await store.signingKeys.list()
    await store.close()
    const bytes = Buffer.from(row?.privateKey ?? [])
    assert.ok(bytes.length > 100)
    const file = await readFile(`${dataDirectory}/sluice.db`)
    assert.equal(file.includes(bytes.subarray(0, 40)), false)
    assert.equal(file.includes(row?.kid ?? 'missing'), true)
  })
})

storeTest('a clock that was set back stops nobody from signing', async store => {
  const clock = new TestClock()
  const { kid } = (await opened(store, clock)).current()
  clock.advance(-day)
  const keys = await opened(store, clock)
  assert.equal(keys.current().kid, kid)
  assert.equal(keys.all()[0]?.kid, kid)
})

import assert from 'node:assert/strict'
import { client, storeTest, token } from './each-database.test.ts'
import type { Store, Tokens } from './store.ts'

const numberOf = (found: { key: Uint8Array }) => found.key[31]

async function withClients({ clients }: Store): Promise<void> {
  await clients.create(client('a', { tokenLifetimeSeconds: 60 }), undefined)
  await clients.create(client('b', { tokenLifetimeSeconds: 600 }), undefined)
}

storeTest('a token is found by its key, as it was issued', async store => {
  await withClients(store)
  const issued = token(7, 'a', { user: 'ada', scopes: ['read', 'write'] })
  await store.tokens.insert(issued)
  const found = await store.tokens.find(issued.key)
  assert.deepEqual(found && { ...found, key: new Uint8Array(found.key) }, issued)
  assert.equal(await store.tokens.find(token(8, 'a').key), undefined)
})

storeTest('a token that is bound to a key is found with it, also in the list', async store => {
  await withClients(store)
  const confirmation = { jkt: 'k'.repeat(43) }
  await store.tokens.insert(token(1, 'a', { confirmation, issuedAt: 2 }))
  await store.tokens.insert(token(2, 'a', { issuedAt: 1 }))
  assert.deepEqual((await store.tokens.find(token(1, 'a').key))?.confirmation, confirmation)
  assert.deepEqual(
    (await store.tokens.list({ limit: 9 })).map(found => found.confirmation),
    [confirmation, undefined],
  )
  await assert.rejects(store.tokens.insert(token(3, 'nobody', { confirmation })))
})

storeTest('100 tokens issued at once are all there', async store => {
  await withClients(store)
  await Promise.all(Array.from({ length: 100 }, (_, index) => store.tokens.insert(token(index, 'a'))))
  const found = await store.tokens.list({ limit: 1000 })
  assert.deepEqual(found.map(numberOf).sort(), Array.from({ length: 100 }, (_, index) => index).sort())
})

storeTest('a token that cannot be stored fails alone', async store => {
  await withClients(store)
  await store.tokens.insert(token(1, 'a'))
  const results = await Promise.allSettled([
    store.tokens.insert(token(2, 'a')),
    store.tokens.insert(token(1, 'b')),
    store.tokens.insert(token(3, 'nobody')),
    store.tokens.insert(token(4, 'A')),
    store.tokens.insert(token(5, 'b')),
  ])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'],
  )
  assert.deepEqual((await store.tokens.list({ limit: 10 })).map(numberOf).sort(), [1, 2, 5])
  assert.equal((await store.tokens.find(token(1, 'a').key))?.clientId, 'a')
})

const lists: { query: Parameters<Tokens['list']>[0]; expected: number[] }[] = [
  { query: { limit: 10 }, expected: [4, 3, 2, 1] },
  { query: { limit: 2 }, expected: [4, 3] },
  { query: { clientId: 'a', limit: 10 }, expected: [3, 1] },
  { query: { clientId: 'A', limit: 10 }, expected: [] },
  { query: { user: 'ada', limit: 10 }, expected: [4, 3] },
  { query: { clientId: 'a', user: 'ada', limit: 10 }, expected: [3] },
  { query: { user: "ada' or '1'='1", limit: 10 }, expected: [] },
]

storeTest('lists are newest first, by client and user', async store => {
  await withClients(store)
  await store.tokens.insert(token(1, 'a', { issuedAt: 1 }))
  await store.tokens.insert(token(2, 'b', { issuedAt: 2 }))
  await store.tokens.insert(token(3, 'a', { issuedAt: 3, user: 'ada' }))
  await store.tokens.insert(token(4, 'b', { issuedAt: 4, user: 'ada' }))
  for (const { query, expected } of lists) {
    assert.deepEqual((await store.tokens.list(query)).map(numberOf), expected, JSON.stringify(query))
  }
})

storeTest('tokens are revoked one by one and by client', async store => {
  await withClients(store)
  for (const seed of [1, 2, 3]) await store.tokens.insert(token(seed, 'a'))
  await store.tokens.insert(token(4, 'b'))
  const heard: string[] = []
  store.changes.on('tokens', key => heard.push(key))
  assert.equal(await store.tokens.delete(token(1, 'a').key), true)
  assert.equal(await store.tokens.delete(token(1, 'a').key), false)
  assert.equal(await store.tokens.deleteByClient('a'), 2)
  assert.equal(await store.tokens.deleteByClient('nobody'), 0)
  assert.deepEqual((await store.tokens.list({ limit: 10 })).map(numberOf), [4])
  assert.deepEqual(heard, [`${'0'.repeat(62)}01`, ''])
})

storeTest('all tokens of a client, and those of everybody, are revoked however many there are', async store => {
  await withClients(store)
  const insert = (clientId: string, count: number, first: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => store.tokens.insert(token(first + index, clientId))))
  await insert('a', 1_250, 1)
  await store.tokens.insert(token(5_000, 'a', { user: 'ada' }))
  await insert('b', 2, 6_000)
  assert.equal(await store.tokens.deleteByClient('a', 'own'), 1_250)
  assert.deepEqual(
    (await store.tokens.list({ clientId: 'a', limit: 9 })).map(({ user }) => user),
    ['ada'],
  )
  await insert('a', 1_000, 1)
  assert.equal(await store.tokens.deleteByClient('a'), 1_001)
  assert.equal((await store.tokens.list({ limit: 9 })).length, 2)
  await insert('a', 600, 1)
  assert.equal(await store.tokens.deleteAll(), 602)
  assert.deepEqual(await store.tokens.list({ limit: 9 }), [])
})

storeTest('tokens are revoked by the user they are for', async store => {
  await withClients(store)
  await store.tokens.insert(token(1, 'a'))
  await store.tokens.insert(token(2, 'a', { user: 'ada' }))
  await store.tokens.insert(token(3, 'b', { user: 'ada' }))
  await store.tokens.insert(token(4, 'b', { user: 'bob' }))
  assert.equal(await store.tokens.deleteByUser('ada'), 2)
  assert.equal(await store.tokens.deleteByUser('ada'), 0)
  assert.equal(await store.tokens.deleteByClient('b', 'own'), 0)
  assert.equal(await store.tokens.deleteByClient('a', 'own'), 1)
  assert.deepEqual((await store.tokens.list({ limit: 10 })).map(numberOf), [4])
})

storeTest('tokens of a user go in whichever spelling the name came', async store => {
  await withClients(store)
  for (const [index, user] of ['ada', 'ADA', 'Ädä', 'bob'].entries()) {
    await store.tokens.insert(token(index, 'a', { user }))
  }
  assert.equal(await store.tokens.deleteByUser('Ada'), 2)
  assert.equal(await store.tokens.deleteByUser('äDÄ'), 1)
  assert.deepEqual((await store.tokens.list({ limit: 10 })).map(numberOf), [3])
})

storeTest('spellings are found among however many users', async store => {
  await withClients(store)
  const users = Array.from({ length: 1_100 }, (_, index) => `u${index}`)
  const insert = (user: string, index: number) => store.tokens.insert(token(index, 'a', { user }))
  await Promise.all([...users, 'U7', 'zed', 'Zed', 'zED'].map(insert))
  await insert('zed', 9_999)
  assert.equal(await store.tokens.deleteByUser('u7'), 2)
  assert.equal(await store.tokens.deleteByUser('ZED'), 4)
  assert.equal((await store.tokens.list({ limit: 9_999 })).length, 1_099)
})

const long: readonly [string, (store: Store) => Promise<unknown>][] = [
  ['of a user', ({ tokens }) => tokens.deleteByUser('ada')],
  ['of a client', ({ tokens }) => tokens.deleteByClient('a')],
  ['of everybody', ({ tokens }) => tokens.deleteAll()],
  ['of a deleted client', ({ clients }) => clients.delete('a')],
  [
    'that had expired before their client got a longer lifetime',
    ({ clients }) => clients.update(client('a', { tokenLifetimeSeconds: 61 }), undefined, 1_800_000_000_000),
  ],
]

for (const [whose, end] of long) {
  storeTest(`others have their turn while tokens ${whose} are deleted`, async store => {
    await withClients(store)
    const tokens = Array.from({ length: 2_000 }, (_, index) => token(index, 'a', { user: 'ada' }))
    await Promise.all(tokens.map(issued => store.tokens.insert(issued)))
    const ended = end(store).then(() => 'the end')
    let left: number
    do {
      await new Promise(resolve => setImmediate(resolve))
      left = (await store.tokens.list({ clientId: 'a', limit: 9_999 })).length
    } while (left === 2_000)
    assert.ok(left > 0, 'a part was deleted when somebody else looked')
    await ended
    assert.deepEqual(await store.tokens.list({ limit: 9 }), [])
  })
}

storeTest('expired tokens are purged by the lifetime of their client, a few at a time', async store => {
  await withClients(store)
  for (const seed of [1, 2, 3]) await store.tokens.insert(token(seed, 'a', { issuedAt: seed * 1000 }))
  for (const seed of [4, 5]) await store.tokens.insert(token(seed, 'b', { issuedAt: 1000 }))
  assert.equal(await store.tokens.deleteExpired(60_999, 10), 0)
  assert.equal(await store.tokens.deleteExpired(62_000, 1), 1)
  assert.equal(await store.tokens.deleteExpired(62_000, 10), 1)
  assert.deepEqual((await store.tokens.list({ limit: 10 })).map(numberOf), [3, 5, 4])
  assert.equal(await store.tokens.deleteExpired(601_000, 2), 2)
  assert.equal(await store.tokens.deleteExpired(601_000, 2), 1)
})

storeTest('expired tokens of many clients are found, those of the last as well as those of the first', async store => {
  const ids = Array.from({ length: 1_100 }, (_, index) => `c${index}`)
  await Promise.all(ids.map(id => store.clients.create(client(id), undefined)))
  const expired = ['c0', 'c499', 'c500', 'c1099']
  for (const [seed, id] of expired.entries()) await store.tokens.insert(token(seed, id, { issuedAt: 1000 }))
  await store.tokens.insert(token(9, 'c1000', { issuedAt: 2000 }))
  const deleted: number[] = []
  do deleted.push(await store.tokens.deleteExpired(61_000, 2))
  while (deleted.at(-1) !== 0)
  assert.equal(
    deleted.reduce((sum, count) => sum + count),
    4,
  )
  assert.equal(await store.tokens.deleteExpired(62_000, 2), 1, 'it begins anew')
})

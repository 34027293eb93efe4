import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { authorizationCodeSeconds, type Client } from '@sluice/oauth'
import { client, storeTest, token } from './each-database.test.ts'
import { DuplicateError, type Store } from './store.ts'

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())
const at = 1_700_000_000_000
const minute = 60_000

async function withClient(
  { clients, users }: Store,
  id = 'web',
  lifetimes: [number, number] = [60, 600],
): Promise<void> {
  const [tokenLifetimeSeconds, refreshTokenLifetimeSeconds] = lifetimes
  const grant = 'authorization_code'
  await clients.create(client(id, { grant, tokenLifetimeSeconds, refreshTokenLifetimeSeconds }), undefined)
  if (!(await users.find('ann'))) await users.create({ name: 'ann', createdAt: at }, 'hash')
}

async function allow(
  { userAuthorizations: authorizations }: Store,
  code: string,
  clientId = 'web',
  issuedAt = at,
): Promise<number> {
  const given = {
    clientId,
    user: 'ann',
    scopes: ['a', 'b'],
    redirectUri: undefined,
    codeChallenge: undefined,
    issuedAt,
  }
  await authorizations.insert(digest(code), given)
  return (await authorizations.findByCode(digest(code)))?.id ?? assert.fail('not stored')
}

const issued = (id: number, seed: number, refreshToken: string, issuedAt = at) => ({
  accessToken: token(seed, 'web', { user: 'ann', scopes: ['a'], issuedAt, authorization: id }),
  refreshToken: digest(refreshToken),
})

storeTest('an authorization is found by its code as it was given, and only by that', async store => {
  await withClient(store)
  const given = {
    ...{ clientId: 'web', user: 'Ann', scopes: ['a', 'b'], issuedAt: at },
    ...{ redirectUri: 'https://web.example/', codeChallenge: 'c'.repeat(43) },
  }
  await store.userAuthorizations.insert(digest('code'), given)
  const { id, ...found } = (await store.userAuthorizations.findByCode(digest('code'))) ?? assert.fail()
  assert.deepEqual(found, { ...given, isRedeemed: false })
  assert.equal(await store.userAuthorizations.findByCode(digest('other')), undefined)
  assert.equal(await store.userAuthorizations.insert(digest('x'), { ...given, clientId: 'deleted' }), false)
})

storeTest('an authorization keeps what its code, and then what its refresh tokens are bound to', async store => {
  await withClient(store)
  const given = { clientId: 'web', user: 'ann', scopes: [], redirectUri: undefined, codeChallenge: undefined }
  const confirmation = { jkt: 'first' }
  await store.userAuthorizations.insert(digest('code'), { ...given, issuedAt: at, confirmation })
  const found = (await store.userAuthorizations.findByCode(digest('code'))) ?? assert.fail()
  assert.deepEqual(found.confirmation, confirmation)
  const bound = { 'x5t#S256': 'second' }
  const { accessToken, refreshToken } = issued(found.id, 1, 'refresh')
  const tokens = { accessToken: { ...accessToken, confirmation: bound }, refreshToken, refreshBinding: bound }
  assert.equal(await store.userAuthorizations.redeem(found.id, tokens), true)
  assert.deepEqual((await store.userAuthorizations.findByRefreshToken(digest('refresh')))?.confirmation, bound)
  assert.deepEqual((await store.tokens.find(accessToken.key))?.confirmation, bound)
  await store.userAuthorizations.rotate(digest('refresh'), issued(found.id, 2, 'next'))
  assert.deepEqual((await store.userAuthorizations.findByRefreshToken(digest('next')))?.confirmation, bound)
})

storeTest('of requests that redeem a code at the same time, one gets tokens', async store => {
  await withClient(store)
  const id = await allow(store, 'code')
  const won = await Promise.all(
    [1, 2, 3].map(seed => store.userAuthorizations.redeem(id, issued(id, seed, `r${seed}`))),
  )
  assert.deepEqual(won.toSorted(), [false, false, true])
  assert.equal((await store.tokens.list({ limit: 10 })).length, 1)
  assert.equal((await store.userAuthorizations.findByCode(digest('code')))?.isRedeemed, true)
})

storeTest('a refresh token is replaced once', async store => {
  await withClient(store)
  const id = await allow(store, 'code')
  await store.userAuthorizations.redeem(id, issued(id, 1, 'first'))
  const rotated = [2, 3].map(seed =>
    store.userAuthorizations.rotate(digest('first'), issued(id, seed, `next ${seed}`, at + 5)),
  )
  assert.deepEqual((await Promise.all(rotated)).toSorted(), [false, true])
  const used = await store.userAuthorizations.findByRefreshToken(digest('first'))
  const next = await store.userAuthorizations.findByRefreshToken(digest('next 2'))
  assert.deepEqual([used?.isUsed, next?.isUsed, next?.tokenIssuedAt, next?.user], [true, false, at + 5, 'ann'])
  assert.equal(await store.userAuthorizations.rotate(digest('unknown'), issued(id, 9, 'x')), false)
})

storeTest('what ends an authorization ends all of its tokens, and those of no other', async store => {
  await withClient(store)
  const tokens: string[] = []
  store.changes.on('tokens', key => tokens.push(key))
  const [ended, kept] = [await allow(store, 'one'), await allow(store, 'two')]
  await store.userAuthorizations.redeem(ended, issued(ended, 1, 'r1'))
  await store.userAuthorizations.rotate(digest('r1'), issued(ended, 2, 'r2'))
  await store.userAuthorizations.redeem(kept, issued(kept, 3, 'r3'))
  await store.userAuthorizations.end(ended)
  assert.deepEqual(
    (await store.tokens.list({ limit: 10 })).map(({ key }) => key[31]),
    [3],
  )
  assert.equal(await store.userAuthorizations.findByRefreshToken(digest('r2')), undefined)
  assert.ok(await store.userAuthorizations.findByRefreshToken(digest('r3')))
  assert.deepEqual(tokens, [''], 'caches are told')
})

storeTest(
  'what others allowed, and what clients got for them, stays when everything of a user or a client ends',
  async store => {
    await withClient(store)
    await withClient(store, 'other')
    await store.users.create({ name: 'bob', createdAt: at }, 'hash')
    const families: [clientId: string, user: string, refreshToken: string][] = [
      ['web', 'ann', 'of ann'],
      ['web', 'bob', 'of bob'],
      ['other', 'bob', 'of bob for other'],
    ]
    for (const [seed, [clientId, user, refreshToken]] of families.entries()) {
      const given = { clientId, user, scopes: [], redirectUri: undefined, codeChallenge: undefined, issuedAt: at }
      await store.userAuthorizations.insert(digest(refreshToken), given)
      const { id } = (await store.userAuthorizations.findByCode(digest(refreshToken))) ?? assert.fail()
      const accessToken = token(seed, clientId, { user, issuedAt: at })
      await store.userAuthorizations.redeem(id, { accessToken, refreshToken: digest(refreshToken) })
    }
    const left = async () => {
      const found = families.map(([, , name]) => store.userAuthorizations.findByRefreshToken(digest(name)))
      return [(await Promise.all(found)).map(one => one !== undefined), (await store.tokens.list({ limit: 9 })).length]
    }
    await store.tokens.deleteByUser('ann')
    assert.deepEqual(await left(), [[false, true, true], 2])
    await store.tokens.deleteByClient('web')
    assert.deepEqual(await left(), [[false, false, true], 1])
  },
)

storeTest(
  'a code can be redeemed for as long as codes can, however short the lifetimes of its client are',
  async store => {
    await withClient(store, 'web', [1, 1])
    await allow(store, 'code')
    const deleteExpired = (afterMs: number) => store.userAuthorizations.deleteExpired(at + afterMs, 9)
    const end = authorizationCodeSeconds * 1000
    assert.deepEqual([await deleteExpired(end - 1), await deleteExpired(end)], [0, 1])
  },
)

const changed = (changes: Partial<Client>) => client('web', { grant: 'authorization_code', ...changes })

const endings: readonly [string, (store: Store) => Promise<unknown>][] = [
  ['its access token is revoked', ({ tokens }) => tokens.delete(token(1, 'web').key)],
  ['all tokens of its client are revoked', ({ tokens }) => tokens.deleteByClient('web')],
  ['all tokens of its user are revoked', ({ tokens }) => tokens.deleteByUser('ann')],
  [
    'all tokens of its user are revoked, in another spelling, after the access tokens have expired',
    async ({ tokens }) => {
      assert.equal(await tokens.deleteExpired(Number.MAX_SAFE_INTEGER, 10), 1)
      assert.equal(await tokens.deleteByUser('ANN'), 0)
    },
  ],
  ['its client is deleted', ({ clients }) => clients.delete('web')],
  [
    'its client is for another application',
    ({ clients }) => clients.update(changed({ subscription: 'devtmn' }), undefined, at),
  ],
  [
    'its client need not prove any more who it is',
    ({ clients }) => clients.update(changed({ confidential: false }), undefined, at),
  ],
  [
    'its client has another grant',
    ({ clients }) => clients.update(changed({ grant: 'client_credentials' }), undefined, at),
  ],
]

for (const [ending, end] of endings) {
  storeTest(`a refresh token is gone when ${ending}`, async store => {
    await withClient(store)
    const id = await allow(store, 'code')
    await store.userAuthorizations.redeem(id, issued(id, 1, 'refresh'))
    await end(store)
    assert.equal(await store.userAuthorizations.findByRefreshToken(digest('refresh')), undefined)
    assert.equal(await store.userAuthorizations.redeem(id, issued(id, 2, 'late')), false)
  })
}

storeTest('nothing is allowed in the name of a user who was disabled or deleted while saying so', async store => {
  await withClient(store)
  await store.users.create({ name: 'bob', createdAt: at }, 'hash')
  const given = {
    ...{ clientId: 'web', scopes: [], issuedAt: at },
    ...{ redirectUri: undefined, codeChallenge: undefined },
  }
  await store.users.update('bob', { email: '', displayName: '', enabled: false })
  for (const user of ['bob', 'carl']) {
    assert.equal(await store.userAuthorizations.insert(digest(user), { ...given, user }), false)
    assert.equal(await store.userAuthorizations.findByCode(digest(user)), undefined, user)
    const session = { user, provider: undefined, createdAt: at, usedAt: at }
    assert.equal(await store.sessions.create(digest(user), session), false)
    assert.equal(await store.sessions.find(digest(user)), undefined, user)
  }
})

storeTest('nothing is allowed by a session that has ended, or is of somebody else', async store => {
  await withClient(store)
  await store.users.create({ name: 'bob', createdAt: at }, 'hash')
  for (const user of ['ann', 'bob']) {
    await store.sessions.create(digest(user), { user, provider: undefined, createdAt: at, usedAt: at })
  }
  const given = {
    clientId: 'web',
    user: 'ann',
    scopes: [],
    issuedAt: at,
    redirectUri: undefined,
    codeChallenge: undefined,
  }
  const insert = (session: string) =>
    store.userAuthorizations.insert(digest(session), { ...given, session: digest(session) })
  assert.deepEqual([await insert('ann'), await insert('bob'), await insert('none')], [true, false, false])
  await store.sessions.deleteByUser('ann')
  assert.equal(await insert('ann'), false)
})

storeTest('no session begins with a password that was replaced meanwhile', async store => {
  await store.users.create({ name: 'ann', createdAt: at }, 'old hash')
  const begin = (hash: string) =>
    store.sessions.create(digest(hash), { user: 'ann', provider: undefined, createdAt: at, usedAt: at }, hash)
  assert.equal(await begin('old hash'), true)
  await store.users.setPassword('ann', 'new hash', false)
  await store.sessions.deleteByUser('ann')
  assert.deepEqual([await begin('old hash'), await begin('new hash')], [false, true])
})

storeTest('a user allows a client a hundred things at a time: the one used longest ago ends', async store => {
  await withClient(store)
  await withClient(store, 'other')
  const other = await allow(store, 'other', 'other')
  await store.userAuthorizations.redeem(other, issued(other, 999, 'other'))
  const ids: number[] = []
  for (let count = 0; count < 100; count++) {
    const id = await allow(store, `code ${count}`, 'web', at + count)
    await store.userAuthorizations.redeem(id, issued(id, count, `refresh ${count}`, at + count))
    ids.push(id)
  }
  await store.userAuthorizations.rotate(digest('refresh 0'), issued(ids[0] ?? 0, 500, 'refresh again', at + 200))
  const changed: string[] = []
  store.changes.on('tokens', key => changed.push(key))
  const waiting = await allow(store, 'one more', 'web', at + 300)
  const left = async () => (await store.userAuthorizations.list({ user: 'ann', limit: 999 })).map(({ id }) => id)
  assert.equal((await left()).length, 101, 'a code that waits ends nothing')
  await store.userAuthorizations.redeem(waiting, issued(waiting, 501, 'refresh more', at + 300))
  assert.deepEqual(new Set(await left()), new Set([other, waiting, ...ids.filter(id => id !== ids[1])]))
  assert.equal(await store.tokens.find(token(1, 'web').key), undefined)
  assert.deepEqual(changed, [''])
})

storeTest('a hundred codes of a user and a client wait at a time', async store => {
  await withClient(store)
  for (let count = 0; count <= 100; count++) await allow(store, `code ${count}`, 'web', at + count)
  const found = ['code 0', 'code 1', 'code 100'].map(code => store.userAuthorizations.findByCode(digest(code)))
  assert.deepEqual((await Promise.all(found)).map(Boolean), [false, true, true])
})

storeTest('a user has a hundred sessions at a time: the one used longest ago ends', async store => {
  for (const name of ['ann', 'bob']) await store.users.create({ name, createdAt: at }, 'hash')
  const begin = (user: string, count: number) =>
    store.sessions.create(digest(`${user} ${count}`), {
      user,
      provider: undefined,
      createdAt: at + count,
      usedAt: at + count,
    })
  for (let count = 0; count < 100; count++) await begin('ann', count)
  await begin('bob', 0)
  await store.sessions.use(digest('ann 0'), at + 1000)
  await begin('ann', 100)
  const found = ['ann 0', 'ann 1', 'ann 2', 'ann 100', 'bob 0'].map(name => store.sessions.find(digest(name)))
  assert.deepEqual((await Promise.all(found)).map(Boolean), [true, false, true, true, true])
})

/** One row at a time. */
async function deleteAllExpired({ userAuthorizations }: Store, now: number): Promise<void> {
  while ((await userAuthorizations.deleteExpiredCodes(now, 1)) > 0);
  while ((await userAuthorizations.deleteExpiredRefreshTokens(now, 1)) > 0);
  while ((await userAuthorizations.deleteExpired(now, 1)) > 0);
}

storeTest(
  'codes that nobody redeems go after ten minutes, families when their last tokens have expired',
  async store => {
    await withClient(store)
    await withClient(store, 'long', [60, 86_400])
    await allow(store, 'never redeemed')
    const families = { short: await allow(store, 'short'), long: await allow(store, 'long', 'long') }
    await store.userAuthorizations.redeem(families.short, issued(families.short, 1, 'short'))
    await store.userAuthorizations.redeem(families.long, issued(families.long, 2, 'long'))
    const purge = async (now: number) => {
      await deleteAllExpired(store, now)
      const codes = ['never redeemed', 'short', 'long'].map(code => store.userAuthorizations.findByCode(digest(code)))
      return (await Promise.all(codes)).map(Boolean)
    }
    assert.deepEqual(await purge(at + 10 * minute - 1), [true, true, true])
    assert.deepEqual(await purge(at + 10 * minute), [false, false, true])
    assert.deepEqual(await purge(at + 1440 * minute), [false, false, false])
  },
)

storeTest('a family that is used stays, without the refresh tokens that are too old to come again', async store => {
  await withClient(store)
  const id = await allow(store, 'code')
  await store.userAuthorizations.redeem(id, issued(id, 1, 'first'))
  await store.userAuthorizations.rotate(digest('first'), issued(id, 2, 'second', at + 5 * minute))
  await deleteAllExpired(store, at + 12 * minute)
  const tokens = await Promise.all(
    ['first', 'second'].map(text => store.userAuthorizations.findByRefreshToken(digest(text))),
  )
  assert.deepEqual(tokens.map(Boolean), [false, true])
})

storeTest('a longer lifetime does not bring expired refresh tokens back', async store => {
  await withClient(store)
  const id = await allow(store, 'code')
  await store.userAuthorizations.redeem(id, issued(id, 1, 'refresh'))
  const longer = client('web', { grant: 'authorization_code', refreshTokenLifetimeSeconds: 86_400 })
  await store.clients.update(longer, undefined, at + 11 * minute)
  assert.equal(await store.userAuthorizations.findByRefreshToken(digest('refresh')), undefined)
})

storeTest('scopes of an application', async ({ scopes }) => {
  const read = { id: 'read', description: 'Read', translations: { de: 'Lesen' } }
  await scopes.create('flows', read)
  await scopes.create('other', read)
  await assert.rejects(scopes.create('flows', read), DuplicateError)
  assert.equal(await scopes.update('flows', { ...read, description: 'Look' }), true)
  assert.equal(await scopes.update('flows', { ...read, id: 'none' }), false)
  assert.deepEqual(await scopes.ofApplication('flows'), [{ ...read, description: 'Look' }])
  assert.deepEqual([await scopes.delete('flows', 'read'), await scopes.delete('flows', 'read')], [true, false])
  assert.deepEqual(await scopes.ofApplication('other'), [read])
})

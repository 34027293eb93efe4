import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { client, storeTest, token } from './each-database.test.ts'
import { type AssertionUse, DuplicateError, type ExternalUser, type IdentityProvider, type Store } from './store.ts'

const issuer = 'https://login.example'
const send = { application: 'deviflmap', role: 'ESBMessaging.send' }

const oidc = { kind: 'oidc', issuer, clientId: 'sluice', scopes: [], userNameClaim: 'sub' } as const

const provider = (name: string, more: Partial<IdentityProvider> = {}): IdentityProvider => ({
  ...{ name, description: '', enabled: true, userIdPrefix: '', userIdSuffix: '' },
  trust: oidc,
  ...{ defaultGroups: [], assertionBasedGroups: [], createdAt: 1, modifiedAt: 1 },
  ...more,
})

const ann: ExternalUser = {
  ...{ name: 'Ann', provider: 'Corporate', subject: '1' },
  ...{ email: 'ann@example.com', displayName: 'Ann Lee', signedInAt: 5 },
}

const signIn = ({ externalUsers }: Pick<Store, 'externalUsers'>, user: ExternalUser, of = issuer) =>
  externalUsers.signIn(user, provider(user.provider, { trust: { ...oidc, issuer: of } }))

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

/** Ann, with a session, a token and a group that gives a role. */
async function withAnn({ identityProviders, externalUsers, clients, tokens, sessions, ...store }: Store) {
  await identityProviders.create(provider('Corporate'), undefined)
  await signIn({ externalUsers }, ann)
  await clients.create(client('shop'), undefined)
  await tokens.insert(token(1, 'shop', { user: 'Ann' }))
  await sessions.create(digest('id'), { user: 'Ann', provider: 'corporate', createdAt: 5, usedAt: 5 })
  await store.groups.create(['Staff'])
  await store.roles.assignGroups(send, ['Staff'])
  await store.mappedGroups.replace('Ann', 'corporate', ['Staff'])
}

/** Session, tokens, effective roles, and whether the name is known. */
async function left({ sessions, tokens, roles, externalUsers }: Store): Promise<readonly unknown[]> {
  return [
    (await sessions.find(digest('id'))) !== undefined,
    (await tokens.list({ user: 'Ann', limit: 9 })).length,
    (await roles.effectiveOfUser('ANN')).length,
    (await externalUsers.find('ann')) !== undefined,
  ]
}

storeTest('a user of a provider is known as of the last sign-in, in the first spelling', async store => {
  await store.identityProviders.create(provider('Corporate'), undefined)
  assert.deepEqual(await signIn(store, ann), { name: 'Ann' })
  const again = { ...ann, name: 'ANN', email: '', displayName: 'Ann Roe', signedInAt: 9 }
  assert.deepEqual(await signIn(store, again), { name: 'Ann' })
  const known = { ...again, name: 'Ann' }
  assert.deepEqual(await store.externalUsers.find('ann'), known)
  await signIn(store, { ...ann, name: 'ben', subject: '2', displayName: '50 %' })
  const found = (search: string) => store.externalUsers.list({ search, skip: 0, top: 1 })
  assert.deepEqual(await found('ROE'), { users: [known], count: 1 })
  assert.equal((await found('%')).count, 1)
  assert.equal((await found('n')).count, 2)
  assert.equal((await found('n')).users.length, 1)
})

storeTest('a name that somebody else has is refused', async store => {
  const { identityProviders, externalUsers, users } = store
  await identityProviders.create(provider('Corporate'), undefined)
  await identityProviders.create(provider('Partner'), undefined)
  await identityProviders.create(provider('Off', { enabled: false }), undefined)
  await users.create({ name: 'root', createdAt: 1 }, 'hash')
  await signIn(store, ann)
  const conflicts: readonly [more: Partial<ExternalUser>, of: string, conflict: string][] = [
    [{ subject: '2' }, issuer, 'other-account'],
    [{ provider: 'Partner' }, issuer, 'other-account'],
    [{ name: 'Root' }, issuer, 'local-user'],
    [{}, 'https://other.example', 'provider-changed'],
    [{ name: 'ben', provider: 'Off' }, issuer, 'provider-changed'],
    [{ name: 'ben', provider: 'None' }, issuer, 'provider-changed'],
  ]
  for (const [more, of, conflict] of conflicts) {
    assert.deepEqual(await signIn(store, { ...ann, ...more }, of), { conflict }, JSON.stringify(more))
  }
  assert.deepEqual(await externalUsers.find('ann'), ann)
})

storeTest('mapped groups give roles beside assigned ones', async store => {
  await withAnn(store)
  assert.deepEqual(await store.roles.effectiveOfUser('ann'), [send])
  await store.roles.assignUsers(send, ['ann'])
  assert.deepEqual(await store.roles.effectiveOfUser('ann'), [send])
  await store.roles.unassignUsers(send, ['ann'])
  await store.mappedGroups.replace('ann', 'corporate', [])
  assert.deepEqual(await store.roles.effectiveOfUser('ann'), [])
})

const ends: readonly [name: string, end: (store: Store) => Promise<unknown>, after: readonly unknown[]][] = [
  [
    'disabled',
    s => s.identityProviders.update(provider('Corporate', { enabled: false }), undefined),
    [false, 0, 0, true],
  ],
  ['deleted', s => s.identityProviders.delete('CORPORATE'), [false, 0, 0, false]],
  [
    'given another issuer',
    ({ identityProviders }) => {
      const { trust } = provider('Corporate')
      const other = { ...trust, issuer: 'https://other.example' }
      return identityProviders.update(provider('Corporate', { trust: other }), undefined)
    },
    [false, 0, 0, false],
  ],
  [
    'told to put something before their names',
    s => s.identityProviders.update(provider('Corporate', { userIdPrefix: 'corp/' }), undefined),
    [false, 0, 0, false],
  ],
  [
    'told to put something behind their names',
    s => s.identityProviders.update(provider('Corporate', { userIdSuffix: '@corp' }), undefined),
    [false, 0, 0, false],
  ],
  [
    'told to take their names from another claim',
    ({ identityProviders }) =>
      identityProviders.update(provider('Corporate', { trust: { ...oidc, userNameClaim: 'email' } }), undefined),
    [false, 0, 0, false],
  ],
  [
    'described anew',
    s => s.identityProviders.update(provider('Corporate', { description: 'x' }), undefined),
    [true, 1, 1, true],
  ],
]

for (const [name, end, after] of ends) {
  storeTest(`what users of a provider have when it is ${name}`, async store => {
    await withAnn(store)
    await store.identityProviders.create(provider('Partner'), undefined)
    await signIn(store, { ...ann, name: 'pat', provider: 'Partner' })
    await store.sessions.create(digest('pat'), { user: 'pat', provider: 'partner', createdAt: 5, usedAt: 5 })
    assert.deepEqual(await left(store), [true, 1, 1, true])
    const heard: string[] = []
    for (const topic of ['tokens', 'authorizations'] as const) store.changes.on(topic, () => void heard.push(topic))
    await end(store)
    assert.deepEqual(await left(store), after)
    assert.deepEqual(heard.sort(), ['authorizations', 'tokens'])
    assert.ok(await store.sessions.find(digest('pat')), 'others are not concerned')
  })
}

storeTest(
  'nobody gets a session or gives an authorization for a provider that vouches for them no more',
  async store => {
    await withAnn(store)
    await store.identityProviders.update(provider('Corporate', { enabled: false }), undefined)
    await store.sessions.create(digest('new'), { user: 'Ann', provider: 'corporate', createdAt: 6, usedAt: 6 })
    assert.equal(await store.sessions.find(digest('new')), undefined)
    const given = { clientId: 'shop', user: 'Ann', scopes: [], issuedAt: 6 }
    const code = { redirectUri: undefined, codeChallenge: undefined }
    await store.userAuthorizations.insert(digest('code'), { ...given, ...code })
    assert.equal(await store.userAuthorizations.findByCode(digest('code')), undefined)
  },
)

const saml = { kind: 'saml', issuer: 'https://idp.example', certificates: ['PEM'], userIdAttribute: '' } as const
const partner = (more: Partial<IdentityProvider> = {}) => provider('Partner', { trust: saml, ...more })

const redeem = ({ usedAssertions }: Pick<Store, 'usedAssertions'>, id: string, more: Partial<AssertionUse> = {}) =>
  usedAssertions.redeem({
    ...{ key: digest(id), usedAt: 7, expiresAt: 99, user: 'Sam', provider: partner(), groups: ['Staff'] },
    ...more,
  })

/** Of the provider, as long as nothing has ended. */
const word = { provider: 'Partner', trustedSince: 1 }

/** Sam, for whom a SAML provider has vouched, with a token and a group that gives a role. */
async function withSam(store: Store) {
  await store.identityProviders.create(partner(), undefined)
  await store.groups.create(['Staff'])
  await store.roles.assignGroups(send, ['Staff'])
  await store.clients.create(client('shop'), undefined)
  assert.deepEqual(await redeem(store, 'first'), { user: 'Sam', word })
  await store.tokens.insert(token(1, 'shop', { user: 'Sam' }))
}

/** Tokens, effective roles, and whether the name is known. */
async function leftOfSam({ tokens, roles, externalUsers }: Store): Promise<readonly unknown[]> {
  const listed = await tokens.list({ user: 'Sam', limit: 9 })
  return [listed.length, (await roles.effectiveOfUser('sam')).length, (await externalUsers.find('SAM')) !== undefined]
}

const endsOfSaml: typeof ends = [
  ['disabled', s => s.identityProviders.update(partner({ enabled: false }), undefined), [0, 0, true]],
  ['deleted', s => s.identityProviders.delete('partner'), [0, 0, false]],
  [
    'given another issuer',
    s => s.identityProviders.update(partner({ trust: { ...saml, issuer: 'x' } }), undefined),
    [0, 0, false],
  ],
  [
    'told to take names from an attribute',
    s => s.identityProviders.update(partner({ trust: { ...saml, userIdAttribute: 'mail' } }), undefined),
    [0, 0, false],
  ],
  [
    'given another certificate',
    s => s.identityProviders.update(partner({ trust: { ...saml, certificates: ['PEM', 'next'] } }), undefined),
    [1, 1, true],
  ],
]

for (const [name, end, after] of endsOfSaml) {
  storeTest(`what users of a SAML provider have when it is ${name}`, async store => {
    await withSam(store)
    await store.tokens.insert(token(2, 'shop', { user: 'somebody else' }))
    assert.deepEqual(await leftOfSam(store), [1, 1, true])
    await end(store)
    assert.deepEqual(await leftOfSam(store), after)
    assert.equal((await store.tokens.list({ user: 'somebody else', limit: 9 })).length, 1)
  })
}

for (const [name, end, [tokens]] of endsOfSaml) {
  const goesOn = tokens === 1
  storeTest(
    `the word of a SAML provider ${goesOn ? 'counts' : 'has ended for good'} when it is ${name}`,
    async store => {
      const { identityProviders, usedAssertions } = store
      await withSam(store)
      assert.equal(await usedAssertions.counts('sam', word), true)
      assert.equal(await usedAssertions.counts('somebody else', word), false)
      await end(store)
      assert.equal(await usedAssertions.counts('SAM', word), goesOn)
      if (!(await identityProviders.update(partner(), undefined))) {
        await identityProviders.create(partner({ createdAt: 5 }), undefined)
      }
      const outcome = await redeem(store, 'next')
      assert.ok(typeof outcome === 'object')
      assert.equal(await usedAssertions.counts('sam', word), goesOn)
      assert.equal(await usedAssertions.counts('sam', outcome.word), true)
    },
  )
}

storeTest('an assertion is used up for a user as it was spelled first, or has no effect', async store => {
  await withSam(store)
  await store.users.create({ name: 'root', createdAt: 1 }, 'hash')
  assert.deepEqual(await redeem(store, 'second', { user: 'SAM', usedAt: 8, groups: [] }), { user: 'Sam', word })
  const sam = { name: 'Sam', provider: 'Partner', subject: '', email: '', displayName: '', signedInAt: 8 }
  assert.deepEqual(await store.externalUsers.find('sam'), sam)
  const refused: readonly [id: string, more: Partial<AssertionUse>, outcome: string][] = [
    ['first', { usedAt: 9 }, 'used'],
    ['third', { user: 'ROOT' }, 'local-user'],
    ['third', { provider: partner({ userIdPrefix: 'x' }) }, 'not-trusted'],
    ['third', { provider: partner({ defaultGroups: ['Staff'] }) }, 'not-trusted'],
    ['third', { provider: provider('Gone', { trust: saml }) }, 'not-trusted'],
  ]
  for (const [id, more, outcome] of refused) assert.equal(await redeem(store, id, more), outcome)
  assert.deepEqual((await store.externalUsers.list({ search: '', skip: 0, top: 9 })).users, [sam])
  assert.deepEqual(await store.mappedGroups.ofUser('sam'), [])
  await store.identityProviders.update(partner({ enabled: false }), undefined)
  assert.equal(await redeem(store, 'third'), 'not-trusted')
  await store.identityProviders.update(partner(), undefined)
  const later = { user: 'Sam', word: { ...word, trustedSince: 2 } }
  assert.deepEqual(await redeem(store, 'third'), later, 'it was not used up')
})

storeTest('no local user gets a name that a SAML provider vouches for, nor what came with it', async store => {
  await withSam(store)
  await assert.rejects(store.users.create({ name: 'sAM', createdAt: 1 }, 'hash'), new DuplicateError('sAM'))
  assert.equal(await store.externalUsers.delete('SAM'), true)
  await store.users.create({ name: 'sAM', createdAt: 1 }, 'hash')
  assert.deepEqual(await store.roles.effectiveOfUser('sam'), [])
})

storeTest('a SAML provider may vouch for a user of an OpenID provider, who keeps what is theirs', async store => {
  await withAnn(store)
  await store.identityProviders.create(partner(), undefined)
  const given = { clientId: 'shop', user: 'Ann', scopes: [], issuedAt: 6, redirectUri: undefined }
  await store.userAuthorizations.insert(digest('code'), { ...given, codeChallenge: undefined })
  assert.deepEqual(await redeem(store, 'a', { user: 'Ann' }), { user: 'Ann', word })
  assert.deepEqual(await signIn(store, { ...ann, signedInAt: 9 }), { name: 'Ann' }, 'after that, too')
  assert.deepEqual(await store.externalUsers.find('ann'), { ...ann, signedInAt: 9 })
  const { users, count } = await store.externalUsers.list({ search: 'ann', skip: 0, top: 9 })
  assert.deepEqual(
    [count, users.map(user => `${user.name} of ${user.provider}`)],
    [2, ['Ann of Corporate', 'Ann of Partner']],
  )
  await store.tokens.insert(token(3, 'shop', { user: 'Ann' }))
  const { id } = (await store.userAuthorizations.findByCode(digest('code'))) ?? assert.fail('no authorization')
  const allowed = token(4, 'shop', { user: 'Ann' })
  await store.userAuthorizations.redeem(id, { accessToken: allowed, refreshToken: digest('refresh') })

  await store.identityProviders.update(partner({ enabled: false }), undefined)
  assert.ok(await store.userAuthorizations.findByCode(digest('code')), 'what Ann allowed')
  assert.deepEqual(await left(store), [true, 1, 1, true])
  assert.ok(await store.tokens.find(allowed.key), 'which gave this token')
  await store.identityProviders.update(partner(), undefined)
  await store.identityProviders.update(provider('Corporate', { enabled: false }), undefined)
  assert.equal(
    await store.sessions.create(digest('new'), { user: 'Ann', provider: 'corporate', createdAt: 9, usedAt: 9 }),
    false,
  )
  assert.equal(await store.externalUsers.delete('ann'), true)
  assert.deepEqual([await store.externalUsers.find('ann'), await store.mappedGroups.ofUser('ann')], [undefined, []])
})

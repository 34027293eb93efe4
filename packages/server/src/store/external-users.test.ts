import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { client, storeTest, token } from './each-database.test.ts'
import type { ExternalUser, IdentityProvider, Store } from './store.ts'

const issuer = 'https://login.example'
const send = { application: 'deviflmap', role: 'ESBMessaging.send' }

const provider = (name: string, more: Partial<IdentityProvider> = {}): IdentityProvider => ({
  ...{ name, description: '', enabled: true, userIdPrefix: '', userIdSuffix: '' },
  trust: { kind: 'oidc', issuer, clientId: 'sluice', scopes: [], userNameClaim: 'sub' },
  ...{ defaultGroups: [], assertionBasedGroups: [], createdAt: 1, modifiedAt: 1 },
  ...more,
})

const ann: ExternalUser = {
  ...{ name: 'Ann', provider: 'Corporate', subject: '1' },
  ...{ email: 'ann@example.com', displayName: 'Ann Lee', signedInAt: 5 },
}

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

/** Ann, with a session, a token and a group that gives a role. */
async function withAnn({ identityProviders, externalUsers, clients, tokens, sessions, ...store }: Store) {
  await identityProviders.create(provider('Corporate'), undefined)
  await externalUsers.signIn(ann, issuer)
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
  assert.deepEqual(await store.externalUsers.signIn(ann, issuer), { name: 'Ann' })
  const again = { ...ann, name: 'ANN', email: '', displayName: 'Ann Roe', signedInAt: 9 }
  assert.deepEqual(await store.externalUsers.signIn(again, issuer), { name: 'Ann' })
  const known = { ...again, name: 'Ann' }
  assert.deepEqual(await store.externalUsers.find('ann'), known)
  await store.externalUsers.signIn({ ...ann, name: 'ben', subject: '2', displayName: '50 %' }, issuer)
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
  await externalUsers.signIn(ann, issuer)
  const conflicts: readonly [more: Partial<ExternalUser>, of: string, conflict: string][] = [
    [{ subject: '2' }, issuer, 'other-account'],
    [{ provider: 'Partner' }, issuer, 'other-account'],
    [{ name: 'Root' }, issuer, 'local-user'],
    [{}, 'https://other.example', 'provider-changed'],
    [{ name: 'ben', provider: 'Off' }, issuer, 'provider-changed'],
    [{ name: 'ben', provider: 'None' }, issuer, 'provider-changed'],
  ]
  for (const [more, of, conflict] of conflicts) {
    assert.deepEqual(await externalUsers.signIn({ ...ann, ...more }, of), { conflict }, JSON.stringify(more))
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
    'described anew',
    s => s.identityProviders.update(provider('Corporate', { description: 'x' }), undefined),
    [true, 1, 1, true],
  ],
]

for (const [name, end, after] of ends) {
  storeTest(`what users of a provider have when it is ${name}`, async store => {
    await withAnn(store)
    await store.identityProviders.create(provider('Partner'), undefined)
    await store.externalUsers.signIn({ ...ann, name: 'pat', provider: 'Partner' }, issuer)
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

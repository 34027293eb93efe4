import assert from 'node:assert/strict'
import { storeTest } from './each-database.test.ts'
import { DuplicateError, type IdentityProvider } from './store.ts'

const provider = (name: string, more: Partial<IdentityProvider> = {}): IdentityProvider => ({
  name,
  description: '',
  enabled: true,
  userIdPrefix: '',
  userIdSuffix: '',
  trust: { kind: 'saml', issuer: `https://${name}.example`, certificates: ['PEM'], userIdAttribute: '' },
  defaultGroups: [],
  assertionBasedGroups: [],
  createdAt: 1,
  modifiedAt: 2,
  ...more,
})

const full = provider('Corporate', {
  description: 'Ünïcode',
  enabled: false,
  userIdPrefix: 'corp\\',
  userIdSuffix: '@example.com',
  trust: {
    kind: 'oidc',
    issuer: 'https://login.example.com',
    clientId: 'sluice',
    scopes: ['openid', 'groups'],
    userNameClaim: 'email',
  },
  defaultGroups: ['Staff'],
  assertionBasedGroups: [
    { group: 'IT', rules: [{ assertionAttribute: 'groups', operation: 'regexp', value: 'it-.*' }] },
  ],
})

storeTest('an identity provider comes back as it was registered, its secret apart', async ({ identityProviders }) => {
  await identityProviders.create(full, 'tøp secret')
  await identityProviders.create(provider('another'), undefined)
  assert.deepEqual(await identityProviders.find('CORPORATE'), full)
  assert.deepEqual(await identityProviders.list(), [provider('another'), full])
  assert.equal(await identityProviders.findClientSecret('corporate'), 'tøp secret')
  assert.equal(await identityProviders.findClientSecret('another'), undefined)
  assert.equal(await identityProviders.find('third'), undefined)
  await assert.rejects(identityProviders.create(provider('ANOTHER'), undefined), new DuplicateError('ANOTHER'))
})

storeTest('an update keeps the secret unless given one, and when it was created', async ({ identityProviders }) => {
  await identityProviders.create(full, 'first')
  const changed = { ...full, enabled: true, modifiedAt: 9 }
  assert.equal(await identityProviders.update({ ...changed, createdAt: 8 }, undefined), true)
  assert.deepEqual(await identityProviders.find('corporate'), changed)
  assert.equal(await identityProviders.findClientSecret('corporate'), 'first')
  await identityProviders.update(changed, 'second')
  assert.equal(await identityProviders.findClientSecret('corporate'), 'second')
  assert.equal(await identityProviders.update(provider('unknown'), undefined), false)
})

storeTest('mapped groups are those that exist, of enabled providers, and are replaced', async store => {
  const { identityProviders, mappedGroups, groups, changes } = store
  await identityProviders.create(provider('a'), undefined)
  await identityProviders.create(provider('b'), undefined)
  await groups.create(['Staff', 'IT', 'Sales'])
  await mappedGroups.replace('Ada', 'A', ['staff', 'STAFF', 'IT', 'unknown'])
  await mappedGroups.replace('ada', 'b', ['Sales', 'IT'])
  assert.deepEqual(await mappedGroups.ofUser('ADA'), [
    { provider: 'a', group: 'IT' },
    { provider: 'b', group: 'IT' },
    { provider: 'b', group: 'Sales' },
    { provider: 'a', group: 'Staff' },
  ])
  const heard: string[] = []
  changes.on('authorizations', key => heard.push(key))
  await mappedGroups.replace('ada', 'b', ['it', 'sales'])
  assert.deepEqual(heard, [], 'nothing changed')
  await mappedGroups.replace('ADA', 'b', ['Sales'])
  assert.deepEqual(heard, ['ada'])
  await identityProviders.update(provider('a', { enabled: false }), undefined)
  assert.deepEqual(await mappedGroups.ofUser('ada'), [{ provider: 'b', group: 'Sales' }])
  await groups.delete(['sales'])
  assert.deepEqual(await mappedGroups.ofUser('ada'), [])
  await identityProviders.update(provider('a'), undefined)
  assert.deepEqual((await mappedGroups.ofUser('ada')).length, 2)
  await mappedGroups.replace('ada', 'a', [])
  assert.deepEqual(await mappedGroups.ofUser('ada'), [])
})

storeTest('what a deleted provider gave ends, also for one of that name that comes after it', async store => {
  const { identityProviders, mappedGroups, groups } = store
  await identityProviders.create(provider('a'), undefined)
  await groups.create(['IT'])
  await mappedGroups.replace('ada', 'a', ['IT'])
  assert.equal(await identityProviders.delete('A'), true)
  assert.equal(await identityProviders.delete('A'), false)
  await identityProviders.create(provider('a'), undefined)
  assert.deepEqual(await mappedGroups.ofUser('ada'), [])
})

const rule = (value: string) => ({ assertionAttribute: 'groups', operation: 'equals', value }) as const
const entry = (...values: string[]) => ({ group: 'IT', rules: values.map(rule) })
const mapping = (defaultGroups: string[], ...assertionBasedGroups: ReturnType<typeof entry>[]) =>
  provider('a', { defaultGroups, assertionBasedGroups })

const changes: readonly [what: string, before: IdentityProvider, after: IdentityProvider, isKept: boolean][] = [
  ['its entry is gone', mapping([], entry('x')), mapping([]), false],
  ['its entry has another rule', mapping([], entry('x')), mapping([], entry('y')), false],
  ['its entry has one rule more', mapping([], entry('x')), mapping([], entry('x', 'y')), false],
  ['one of its entries is gone', mapping([], entry('x'), entry('y')), mapping([], entry('x')), false],
  ['not all users are in it any more', mapping(['IT']), mapping([], entry('x')), false],
  ['it has one entry more', mapping([], entry('x')), mapping([], entry('y'), entry('x')), true],
  ['all users are in it now', mapping([], entry('x')), mapping(['it']), true],
  ['another group is gone', mapping(['IT', 'Staff']), mapping(['IT']), true],
]

for (const [what, before, after, isKept] of changes) {
  storeTest(`a membership ${isKept ? 'goes on' : 'ends'} where ${what}`, async ({ identityProviders, ...store }) => {
    for (const each of [before, provider('b')]) await identityProviders.create(each, undefined)
    await store.groups.create(['IT', 'Staff'])
    for (const name of ['a', 'b']) await store.mappedGroups.replace('ada', name, ['IT'])
    await identityProviders.update(after, undefined)
    const left = (await store.mappedGroups.ofUser('ada')).map(group => group.provider)
    assert.deepEqual(left, isKept ? ['a', 'b'] : ['b'])
  })
}

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openStore } from '../store/open.ts'
import type { IdentityProvider, Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { Accounts } from './accounts.ts'
import { Administrators } from './administrators.ts'
import { createDigests } from './digests.ts'
import { createLocalUsers, ensureAdministrator, type LocalUsers } from './local-users.ts'
import { rolesCatalogue } from './roles-catalogue.ts'
import { createSecretHashers, type PasswordHasher } from './secret-hasher.ts'

let directory: string
let store: Store
let clock: TestClock
let verifications: number
let beforeVerdict: () => Promise<unknown>
let hasher: PasswordHasher
let hashAsBefore: PasswordHasher['hash']
let localUsers: LocalUsers

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sluice-users-'))
  store = await openStore({ dataDirectory: directory })
  clock = new TestClock()
  verifications = 0
  beforeVerdict = async () => {}
  const { passwords, secrets: real } = createSecretHashers(createDigests())
  hashAsBefore = passwords.hash
  hasher = {
    ...real,
    // The cheaper one counts as that of today.
    isOutdated: stored => !stored.includes(',p=1$'),
    verify: async (secret, stored) => {
      verifications += 1
      const isRight = await real.verify(secret, stored)
      await beforeVerdict()
      return isRight
    },
  }
  const { users, changes } = store
  localUsers = createLocalUsers({
    ...{ users, changes, hasher, digests: createDigests(), clock },
    audit: { record: () => {} },
    lockRule: { failuresMax: 5, lockMs: 3_600_000 },
  })
})

afterEach(async () => {
  localUsers.close()
  await store.close()
  await rm(directory, { recursive: true })
})

const create = async (name: string, password: string) =>
  store.users.create({ name, createdAt: clock.now() }, await hasher.hash(password))

describe('signing in with a password', () => {
  test('hashes once, then compares in memory, and gives the name as it is stored', async () => {
    await create('Anna', 'right')
    for (const name of ['Anna', 'anna', 'ANNA']) {
      const passwordHash = await store.users.findPasswordHash('Anna')
      const expected = { accepted: true, user: 'Anna', passwordHash }
      assert.deepEqual(await localUsers.verify(name, 'right', '10.0.0.1'), expected)
    }
    assert.equal(verifications, 1)
    assert.equal((await localUsers.verify('anna', 'wrong', '10.0.0.1')).accepted, false)
    assert.equal(verifications, 1, 'a wrong password is as cheap from then on')
  })

  test('slows failures per user and address, not those who know the password', async () => {
    await create('anna', 'right')
    const start = clock.now()
    const elapsed = () => clock.now() - start
    assert.equal((await localUsers.verify('anna', 'wrong', 'a')).accepted, false)
    const first = elapsed()
    assert.ok(first >= 500, 'longer than a check takes')
    await localUsers.verify('Anna', 'wrong', 'a')
    assert.ok(elapsed() - first > first, 'the second failure waits longer')
    const before = elapsed()
    assert.equal((await localUsers.verify('anna', 'right', 'a')).accepted, true)
    assert.equal(elapsed(), before)
    await localUsers.verify('anna', 'wrong', 'b')
    assert.equal(elapsed() - before, first, 'another address starts anew')
  })

  test('takes as long for users that do not exist, and tells them apart only in the log', async () => {
    await create('anna', 'right')
    const outcomes: unknown[] = []
    for (const name of ['anna', 'nobody']) {
      const start = clock.now()
      const outcome = await localUsers.verify(name, 'wrong', name)
      outcomes.push([outcome.accepted, clock.now() - start])
    }
    assert.deepEqual(outcomes[0], outcomes[1])
  })

  const changesMeanwhile: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['was disabled', () => store.users.update('anna', { email: '', displayName: '', enabled: false })],
    ['was given another password', () => store.users.setPassword('anna', 'scrypt$other', false)],
    ['was deleted', () => store.users.delete('anna')],
  ]
  for (const [what, change] of changesMeanwhile) {
    test(`does not let in a user who ${what} while the password was checked`, async () => {
      await create('anna', 'right')
      beforeVerdict = change
      assert.equal((await localUsers.verify('anna', 'right', 'a')).accepted, false)
    })
  }

  test('a password that an administrator sets while the user changes it stays', async () => {
    await create('anna', 'right')
    const anna = (await store.users.find('anna')) ?? assert.fail()
    const shown = await store.users.findPasswordHash('anna')
    const administrators = new Administrators({ store, catalogue: rolesCatalogue('dev') })
    const accounts = new Accounts({ store, hasher, administrators })
    assert.equal(await accounts.setPassword(anna, 'set by an administrator', true), true)
    assert.equal(await accounts.setPassword(anna, 'chosen by anna', false, shown), false)
    const verdict = await localUsers.verify('anna', 'set by an administrator', 'a')
    assert.equal(!verdict.accepted && verdict.mustChange, 'anna')
  })

  test('does not check passwords of a user who is locked, so that nobody keeps the user locked', async () => {
    await create('anna', 'right')
    const wrong = async (address: string) => {
      for (let tries = 0; tries < 5; tries++) await localUsers.verify('anna', 'wrong', address)
    }
    await wrong('a')
    const lockedUntil = (await store.users.find('anna'))?.lockedUntil ?? assert.fail('not locked')
    const before = verifications
    await wrong('b')
    assert.equal((await localUsers.verify('anna', 'right', 'c')).accepted, false)
    assert.deepEqual([verifications, (await store.users.find('anna'))?.lockedUntil], [before, lockedUntil])
    clock.advance(lockedUntil - clock.now())
    assert.equal((await localUsers.verify('anna', 'right', 'c')).accepted, true)
  })

  test('hashes a password anew that was hashed as it was before', async () => {
    const older = await hashAsBefore('right')
    await store.users.create({ name: 'Anna', createdAt: clock.now() }, older)
    await localUsers.verify('anna', 'wrong', 'a')
    assert.equal(await store.users.findPasswordHash('anna'), older, 'not for a wrong one')
    // All but one find that it was done.
    const verdicts = await Promise.all([1, 2, 3].map(() => localUsers.verify('anna', 'right', 'b')))
    const passwordHash = await store.users.findPasswordHash('anna')
    assert.match(passwordHash ?? '', /^\$scrypt\$ln=15,r=8,p=1\$/)
    for (const verdict of verdicts) assert.deepEqual(verdict, { accepted: true, user: 'Anna', passwordHash })
    await localUsers.verify('anna', 'right', 'b')
    const before = verifications
    const again = await localUsers.verify('anna', 'right', 'b')
    assert.deepEqual([again, verifications], [{ accepted: true, user: 'Anna', passwordHash }, before])
  })

  test('forgets what it knows of a user who is changed, and of nobody else', async () => {
    for (const name of ['anna', 'ben']) {
      await create(name, 'right')
      await localUsers.verify(name, 'right', 'a')
    }
    await store.users.update('anna', { email: '', displayName: 'Anna', enabled: true })
    const before = verifications
    for (const name of ['ben', 'anna']) assert.equal((await localUsers.verify(name, 'right', 'a')).accepted, true)
    assert.equal(verifications, before + 1)
  })

  test('refuses over-long passwords without hashing them', async () => {
    await create('anna', 'right')
    assert.equal((await localUsers.verify('anna', 'x'.repeat(10_000), 'a')).accepted, false)
    assert.equal(verifications, 0)
  })
})

describe('the first administrator', () => {
  const catalogue = rolesCatalogue('dev')
  const ensure = (name: string, password: string) =>
    ensureAdministrator({
      ...{
        users: store.users,
        externalUsers: store.externalUsers,
        roles: store.roles,
        catalogue,
        hasher,
        now: clock.now(),
        name,
        password,
      },
      random: { bytes: count => randomBytes(count) },
      audit: { change: (_event, work) => work() },
    })

  test('is created with a generated password, which works, and may administer, design and keep partners', async () => {
    const outcome = await ensure('admin', '')
    assert.ok(outcome.created && outcome.generatedPassword)
    assert.match(outcome.generatedPassword, /^[\w-]{24}$/)
    assert.equal((await localUsers.verify('admin', outcome.generatedPassword, 'a')).accepted, true)
    const roles = await store.roles.effectiveOfUser('admin')
    assert.deepEqual(
      roles.map(({ application, role }) => `${application} ${role}`),
      [
        'cockpit Administrator',
        'devtmn AuthGroup.Administrator',
        'devtmn AuthGroup.BusinessExpert',
        'devtmn AuthGroup.IntegrationDeveloper',
        'devtmn AuthGroup.TenantPartnerDirectoryConfigurator',
      ],
    )
  })

  test('is created with a given password, which is not shown', async () => {
    assert.deepEqual(await ensure('root', 'given'), { created: true, name: 'root', generatedPassword: undefined })
    assert.equal((await localUsers.verify('root', 'given', 'a')).accepted, true)
  })

  test('is left alone by later starts, whatever password they are given', async () => {
    await ensure('admin', 'first')
    assert.deepEqual(await ensure('admin', ''), { created: false, name: 'admin', passwordIgnored: false })
    assert.deepEqual(await ensure('ADMIN', 'second'), { created: false, name: 'ADMIN', passwordIgnored: true })
    assert.equal((await localUsers.verify('admin', 'first', 'a')).accepted, true)
    assert.equal((await localUsers.verify('admin', 'second', 'a')).accepted, false)
  })

  test('is not somebody for whom an identity provider vouches, who gets no role either', async () => {
    await ensure('admin', 'first')
    const provider: IdentityProvider = {
      ...{ name: 'idp', description: '', enabled: true, userIdPrefix: '', userIdSuffix: '' },
      trust: { kind: 'oidc', issuer: 'https://idp.example', clientId: 'x', scopes: [], userNameClaim: 'sub' },
      ...{ defaultGroups: [], assertionBasedGroups: [], createdAt: 0, modifiedAt: 0 },
    }
    await store.identityProviders.create(provider, undefined)
    const ann = { name: 'Ann', provider: 'idp', subject: '1', email: '', displayName: '', signedInAt: 0 }
    await store.externalUsers.signIn(ann, provider)
    await assert.rejects(ensure('ann', 'known'), /that no identity provider vouches for, found "ann"/)
    assert.deepEqual(await store.roles.effectiveOfUser('ann'), [])
  })

  test('can be joined by another one, given a name and a password, but not by a name alone', async () => {
    await ensure('admin', 'lost')
    assert.equal((await ensure('rescue', '')).created, false)
    assert.equal((await ensure('rescue', 'known')).created, true)
    assert.equal((await localUsers.verify('rescue', 'known', 'a')).accepted, true)
    assert.equal(await store.users.count(), 2)
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openStore } from '../store/open.ts'
import type { RoleReference, Store } from '../store/store.ts'
import { createAuthorizer } from './authorizer.ts'
import { rolesCatalogue } from './roles-catalogue.ts'

const catalogue = rolesCatalogue('dev')
const send: RoleReference = { application: 'deviflmap', role: 'ESBMessaging.send' }

describe('the authorizer', () => {
  let directory: string
  let store: Store
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sluice-authorizer-'))
    store = await openStore({ dataDirectory: directory })
  })
  after(async () => {
    await store.close()
    await rm(directory, { recursive: true })
  })

  test('answers at once when it knows the user, and again from the store after a change', async () => {
    const authorizer = createAuthorizer({ roles: store.roles, changes: store.changes, catalogue })
    const ask = () => authorizer.hasRole('Anna', 'deviflmap', 'ESBMessaging.send')
    assert.ok(ask() instanceof Promise)
    assert.equal(await ask(), false)
    assert.equal(ask(), false)
    await store.roles.assignUsers(send, ['anna'])
    assert.equal(await ask(), true)
    assert.equal(ask(), true)
    await store.roles.unassignUsers(send, ['ANNA'])
    assert.equal(await ask(), false)
    authorizer.close()
  })

  test('counts roles that come from groups, until the membership or the group ends', async () => {
    const authorizer = createAuthorizer({ roles: store.roles, changes: store.changes, catalogue })
    const ask = () => authorizer.hasRole('ben', 'deviflmap', 'ESBMessaging.send')
    await store.groups.create(['Senders'])
    await store.groups.addUsers('senders', ['ben'])
    assert.equal(await ask(), false)
    await store.roles.assignGroups(send, ['SENDERS'])
    assert.equal(await ask(), true)
    await store.groups.removeUsers('Senders', ['Ben'])
    assert.equal(await ask(), false)
    await store.groups.addUsers('Senders', ['ben'])
    assert.equal(await ask(), true)
    await store.groups.delete(['Senders'])
    assert.equal(await ask(), false)
    authorizer.close()
  })

  test('expands authorization groups, keeps applications apart and compares role names exactly', async () => {
    const authorizer = createAuthorizer({ roles: store.roles, changes: store.changes, catalogue })
    await store.roles.assignUsers({ application: 'devtmn', role: 'AuthGroup.ReadOnly' }, ['cleo'])
    const cases: [application: string, roles: string[], expected: boolean][] = [
      ['devtmn', ['WebToolingWorkspace.Read'], true],
      ['devtmn', ['AuthGroup.ReadOnly'], true],
      ['devtmn', ['WebToolingWorkspace.Write', 'NodeManager.read'], true],
      ['devtmn', ['WebToolingWorkspace.Write'], false],
      ['devtmn', ['webtoolingworkspace.read'], false],
      ['devtmn', [], false],
      ['deviflmap', ['WebToolingWorkspace.Read'], false],
      ['__proto__', ['constructor'], false],
    ]
    for (const [application, roles, expected] of cases) {
      assert.equal(await authorizer.hasRole('cleo', application, ...roles), expected, `${application} ${roles}`)
    }
    authorizer.close()
  })

  test('does not keep an answer that a change overtook', async () => {
    let finish: (roles: RoleReference[]) => void = () => {}
    const slow = { effectiveOfUser: () => new Promise<RoleReference[]>(resolve => (finish = resolve)) }
    const authorizer = createAuthorizer({ roles: slow, changes: store.changes, catalogue })
    const early = authorizer.hasRole('dora', 'deviflmap', 'ESBMessaging.send')
    const finishEarly = finish
    await store.roles.unassignUsers(send, ['dora'])
    const late = authorizer.hasRole('dora', 'deviflmap', 'ESBMessaging.send')
    finish([])
    finishEarly([send])
    assert.deepEqual([await early, await late], [true, false])
    assert.equal(authorizer.hasRole('dora', 'deviflmap', 'ESBMessaging.send'), false)
    authorizer.close()
  })

  test('asks the store once for questions about the same user that come together', async () => {
    let asked = 0
    const counting = {
      effectiveOfUser: async () => {
        asked += 1
        return [send]
      },
    }
    const authorizer = createAuthorizer({ roles: counting, changes: store.changes, catalogue, cachedUsersMax: 2 })
    const ask = (user: string) => authorizer.hasRole(user, 'deviflmap', 'ESBMessaging.send')
    assert.deepEqual(await Promise.all([ask('eve'), ask('EVE'), ask('eve')]), [true, true, true])
    assert.equal(asked, 1)
    await ask('fay')
    await ask('gus')
    assert.ok(ask('eve') instanceof Promise, 'the oldest of more than two users is forgotten')
    authorizer.close()
  })

  test('an outage of the store is passed on and not remembered', async () => {
    let works = false
    const flaky = {
      effectiveOfUser: async () => {
        if (!works) throw new Error('disk full')
        return [send]
      },
    }
    const authorizer = createAuthorizer({ roles: flaky, changes: store.changes, catalogue })
    const ask = () => authorizer.hasRole('hal', 'deviflmap', 'ESBMessaging.send')
    await assert.rejects(async () => ask(), /disk full/)
    works = true
    assert.equal(await ask(), true)
    authorizer.close()
  })
})

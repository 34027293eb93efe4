import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inDirectory, stoppedTimers, storeTest } from './each-database.test.ts'
import { openStore } from './open.ts'
import { type DeployedCredential, DuplicateError } from './store.ts'

function credential(name: string, more: Partial<DeployedCredential> = {}): DeployedCredential {
  return {
    name,
    kind: 'user',
    description: '',
    attributes: { user: 'ada' },
    customParameters: [],
    deployedBy: 'admin',
    deployedAt: 1,
    ...more,
  }
}

storeTest('a credential is found with and without its secret', async ({ credentials }) => {
  await credentials.create(credential('erp', { description: 'ERP' }), 'pä ss')
  assert.deepEqual(await credentials.find('erp'), credential('erp', { description: 'ERP' }))
  assert.equal((await credentials.findWithSecret('erp'))?.secret, 'pä ss')
  assert.equal(await credentials.find('ERP'), undefined)
  assert.equal(await credentials.findWithSecret('other'), undefined)
})

storeTest('a name is taken for all kinds', async ({ credentials }) => {
  await credentials.create(credential('erp'), 'a')
  await assert.rejects(credentials.create(credential('erp', { kind: 'secure-parameter' }), 'b'), DuplicateError)
  assert.equal((await credentials.findWithSecret('erp'))?.secret, 'a')
})

storeTest('an update keeps the secret unless it brings one, and cannot change the kind', async ({ credentials }) => {
  await credentials.create(credential('erp'), 'a')
  const changed = credential('erp', { attributes: { user: 'bob' }, deployedAt: 2 })
  assert.equal(await credentials.update(changed, undefined), true)
  assert.deepEqual(await credentials.findWithSecret('erp'), { ...changed, secret: 'a' })
  assert.equal(await credentials.update(changed, 'b'), true)
  assert.equal((await credentials.findWithSecret('erp'))?.secret, 'b')
  assert.equal(await credentials.update({ ...changed, kind: 'secure-parameter' }, 'c'), false)
  assert.equal(await credentials.update(credential('none'), 'c'), false)
})

storeTest('credentials are listed by kind and name, and deleted', async ({ credentials }) => {
  await credentials.create(credential('b'), 'x')
  await credentials.create(credential('a'), 'x')
  await credentials.create(credential('c', { kind: 'oauth2-client' }), 'x')
  assert.deepEqual(
    (await credentials.ofKind('user').list({})).map(({ name }) => name),
    ['a', 'b'],
  )
  assert.deepEqual(
    (await credentials.ofKind('oauth2-client').list({})).map(({ name }) => name),
    ['c'],
  )
  assert.equal(await credentials.delete('a'), true)
  assert.equal(await credentials.delete('a'), false)
  assert.deepEqual(
    (await credentials.ofKind('user').list({})).map(({ name }) => name),
    ['b'],
  )
})

storeTest('credentials of partners are user credentials and go with their partner', async store => {
  const { credentials, partnerDirectory, changes } = store
  const told: string[] = []
  changes.on('credentials', name => told.push(name))
  const mine = { partnerId: 'ACME', id: 'Id1', user: 'ada', deployedBy: 'admin', deployedAt: 1 }
  await credentials.ofPartners.put(mine, 'a')
  await credentials.ofPartners.put({ ...mine, user: 'bob', deployedAt: 2 }, 'b')
  const name = 'pd:ACME:Id1:UserCredential'
  assert.deepEqual(await credentials.findWithSecret(name), {
    ...credential(name, { attributes: { user: 'bob' }, deployedAt: 2 }),
    secret: 'b',
  })
  assert.deepEqual(await credentials.ofPartners.list({}), [{ ...mine, user: 'bob', deployedAt: 2 }])
  assert.deepEqual(await partnerDirectory.partners.list({}), ['ACME'])
  assert.equal(await partnerDirectory.deletePartner('ACME'), true)
  assert.equal(await credentials.find(name), undefined)
  assert.deepEqual(told, [name, name, name])
})

storeTest('every change is told', async ({ credentials, changes }) => {
  const told: string[] = []
  changes.on('credentials', name => told.push(name))
  await credentials.create(credential('a'), 'x')
  await credentials.update(credential('a'), 'y')
  await credentials.delete('a')
  await credentials.delete('a')
  assert.deepEqual(told, ['a', 'a', 'a'])
})

test('no secret lies in the files in plain text', () =>
  inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory, timers: stoppedTimers })
    await store.credentials.create(credential('erp'), 'correct horse battery staple')
    const written = (name: string) => readFileSync(join(dataDirectory, name)).toString('latin1')
    assert.match(written('sluice.db-wal') + written('sluice.db'), /erp/)
    assert.doesNotMatch(written('sluice.db-wal') + written('sluice.db'), /correct horse/)
    await store.close()
  }))

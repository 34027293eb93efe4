import assert from 'node:assert/strict'
import { artifact, integrationPackage, storeTest } from './each-database.test.ts'
import { DuplicateError, type Store } from './store.ts'

const entry = (id: string) => ({
  partnerId: 'p',
  id,
  value: 'v',
  createdBy: 'ada',
  createdAt: 1,
  modifiedBy: 'ada',
  modifiedAt: 1,
})

async function ids({ partnerDirectory }: Pick<Store, 'partnerDirectory'>): Promise<string> {
  return (await partnerDirectory.stringParameters.list({})).map(({ id }) => id).join('')
}

storeTest('what a transaction wrote is there when it resolves, also for itself before', async store => {
  const seen = await store.transaction(async inside => {
    await Promise.all(['a', 'b'].map(id => inside.partnerDirectory.stringParameters.create(entry(id))))
    await inside.packages.create(integrationPackage('sales'))
    return ids(inside)
  })
  assert.deepEqual([seen, await ids(store), (await store.packages.find('sales'))?.id], ['ab', 'ab', 'sales'])
})

storeTest('nothing of a transaction stays that rejects, and the store goes on', async store => {
  await store.partnerDirectory.stringParameters.create(entry('a'))
  const failing = store.transaction(async inside => {
    await inside.partnerDirectory.stringParameters.create(entry('b'))
    await inside.partnerDirectory.stringParameters.create(entry('a'))
  })
  await assert.rejects(failing, DuplicateError)
  assert.equal(await ids(store), 'a')
  await store.partnerDirectory.stringParameters.create(entry('c'))
  assert.equal(await ids(store), 'ac')
})

storeTest('a write that fails leaves nothing behind when the transaction goes on', async store => {
  await store.packages.create(integrationPackage('sales'))
  await store.transaction(async inside => {
    await inside.partnerDirectory.stringParameters.create(entry('a'))
    // Its last row is refused.
    await assert.rejects(inside.artifacts.create(artifact('x'), null as never))
    await inside.partnerDirectory.stringParameters.create(entry('b'))
  })
  assert.equal(await ids(store), 'ab')
  assert.equal(await store.artifacts.count({}), 0)
})

storeTest('listeners hear of changes after the commit, and of none when there is none', async store => {
  const heard: string[] = []
  store.changes.on('authorizations', user => heard.push(user))
  const reference = { application: 'a', role: 'r' }
  await store.transaction(async inside => {
    await inside.roles.assignUsers(reference, ['Ada'])
    assert.deepEqual(heard, [])
  })
  assert.deepEqual(heard, ['ada'])
  await assert.rejects(
    store.transaction(async inside => {
      await inside.roles.assignUsers(reference, ['Bob'])
      throw new Error('no')
    }),
    /no/,
  )
  assert.deepEqual(heard, ['ada'])
  assert.deepEqual(await store.roles.usersOf(reference), ['Ada'])
})

storeTest('writes of others wait for the end of a transaction', async store => {
  const order: string[] = []
  const inside = store.transaction(async ({ partnerDirectory }) => {
    await partnerDirectory.stringParameters.create(entry('a'))
    await new Promise(resolve => setImmediate(resolve))
    order.push('transaction')
  })
  const outside = store.partnerDirectory.stringParameters.create(entry('b')).then(() => order.push('other'))
  await Promise.all([inside, outside])
  assert.deepEqual(order, ['transaction', 'other'])
  assert.equal(await ids(store), 'ab')
})

import assert from 'node:assert/strict'
import { client, storeTest } from './each-database.test.ts'
import type { Store } from './store.ts'

/** Hashes by client, oldest secret first. */
async function hashes({ clients }: Store, id = 'a'): Promise<string> {
  return (await clients.findSecrets(id)).map(({ hash }) => hash).join()
}

const secret = (hash: string, createdAt: number, expiresAt?: number) => ({ hash, createdAt, expiresAt })

storeTest('a secret is added beside the first, and no third one', async store => {
  await store.clients.create(client('a'), 'first')
  const added = await store.clientSecrets.add('a', secret('second', 10, 20))
  assert.ok(typeof added === 'object')
  assert.deepEqual(added, { id: added.id, createdAt: 10, expiresAt: 20, lastUsedAt: undefined })
  assert.equal(await store.clientSecrets.add('a', secret('third', 11)), 'full')
  assert.equal(await hashes(store), 'first,second')
  assert.deepEqual(await store.clients.findSecrets('a'), [
    { id: (await store.clientSecrets.list('a'))[0]?.id, hash: 'first', expiresAt: undefined },
    { id: added.id, hash: 'second', expiresAt: 20 },
  ])
  assert.equal(await store.clientSecrets.add('A', secret('x', 11)), undefined)
  assert.equal(await store.clientSecrets.add('nobody', secret('x', 11)), undefined)
})

storeTest('an expired secret makes room', async store => {
  await store.clients.create(client('a'), 'first')
  await store.clientSecrets.add('a', secret('second', 10, 20))
  assert.equal(await store.clientSecrets.add('a', secret('third', 19)), 'full')
  assert.ok(typeof (await store.clientSecrets.add('a', secret('third', 20))) === 'object')
  assert.equal(await hashes(store), 'first,third')
})

storeTest('of secrets added at the same moment one finds room', async store => {
  await store.clients.create(client('a'), 'first')
  const added = await Promise.all([1, 2, 3, 4, 5].map(n => store.clientSecrets.add('a', secret(`next ${n}`, n))))
  assert.equal(added.filter(one => one === 'full').length, 4)
  assert.equal((await store.clients.findSecrets('a')).length, 2)
})

storeTest('the last valid secret stays, whichever of two goes first', async store => {
  const { clients, clientSecrets } = store
  await clients.create(client('a'), 'first')
  const [first] = await clientSecrets.list('a')
  const id = first?.id ?? ''
  assert.equal(await clientSecrets.delete('a', id, 0), 'last')
  const second = await clientSecrets.add('a', secret('second', 10, 20))
  assert.ok(typeof second === 'object')
  assert.equal(await clientSecrets.delete('a', id, 20), 'last', 'the other one has expired')
  const outcomes = await Promise.all([clientSecrets.delete('a', id, 15), clientSecrets.delete('a', second.id, 15)])
  assert.deepEqual(outcomes.toSorted(), ['last', true])
  assert.equal((await clientSecrets.list('a')).length, 1)
  assert.equal(await clientSecrets.delete('a', 'nothing', 0), false)
  await clients.create(client('b'), 'of b')
  assert.equal(await clientSecrets.delete('b', second.id, 0), false, 'of another client')
})

storeTest('a secret that replaces takes the place of both; one that is not given leaves both', async store => {
  const { clients, clientSecrets } = store
  await clients.create(client('a'), 'first')
  await clientSecrets.add('a', secret('second', 10))
  await clients.update(client('a', { name: 'New' }), undefined, 11)
  assert.equal(await hashes(store), 'first,second')
  await clients.update(client('a'), 'third', 12)
  assert.equal(await hashes(store), 'third')
  assert.equal((await clientSecrets.list('a'))[0]?.createdAt, 12)
})

const withoutSecrets = {
  'becomes public': { confidential: false, grant: 'authorization_code' },
  'authenticates by a key': { keyAuthentication: { method: 'private_key_jwt', keys: [] } },
} as const

for (const [name, more] of Object.entries(withoutSecrets)) {
  storeTest(`a client that ${name} keeps no secret`, async store => {
    await store.clients.create(client('a'), 'first')
    await store.clientSecrets.add('a', secret('second', 10))
    await store.clients.update({ ...client('a'), ...more } as ReturnType<typeof client>, undefined, 11)
    assert.equal(await hashes(store), '')
  })
}

storeTest('secrets go with their client', async store => {
  await store.clients.create(client('a'), 'first')
  await store.clients.create(client('b'), 'of b')
  assert.deepEqual([...(await store.clientSecrets.listAll()).keys()], ['a', 'b'])
  await store.clients.delete('a')
  assert.deepEqual([...(await store.clientSecrets.listAll()).keys()], ['b'])
  await store.clients.create(client('a'), undefined)
  assert.deepEqual(await store.clientSecrets.list('a'), [])
})

storeTest('the last use is the latest that was told, and no change of the client', async store => {
  await store.clients.create(client('a'), 'first')
  const [first] = await store.clientSecrets.list('a')
  const heard: string[] = []
  store.changes.on('clients', id => heard.push(id))
  for (const at of [20, 30, 25]) store.clients.secretUsed(first?.id ?? '', at)
  await store.clients.create(client('b'), undefined)
  assert.equal((await store.clientSecrets.list('a'))[0]?.lastUsedAt, 30)
  assert.deepEqual(heard, ['b'])
})

storeTest('changes of secrets are told as changes of their client', async store => {
  await store.clients.create(client('a'), 'first')
  const heard: string[] = []
  store.changes.on('clients', id => heard.push(id))
  const added = await store.clientSecrets.add('a', secret('second', 10))
  assert.ok(typeof added === 'object')
  await store.clientSecrets.add('a', secret('third', 10))
  assert.equal(await store.clientSecrets.setExpiry('a', added.id, 50), true)
  assert.equal(await store.clientSecrets.setExpiry('b', added.id, 50), false)
  await store.clientSecrets.delete('a', added.id, 10)
  assert.deepEqual(heard, ['a', 'a', 'a'])
})

import assert from 'node:assert/strict'
import { client, storeTest } from './each-database.test.ts'

const key = (seed: number) => new Uint8Array(32).fill(seed)
const request = { clientId: 'web', parameters: 'response_type=code', expiresAt: 60 }

storeTest('a pushed request is opened in time, then lives on until it is taken, once', async store => {
  await store.clients.create(client('web'), undefined)
  const { pushedRequests } = store
  assert.equal(await pushedRequests.insert(key(1), request, 'here', { perClient: 9, perAddress: 9 }), true)
  assert.deepEqual(await pushedRequests.find(key(1), 59), { ...request, isOpened: false })
  assert.equal(await pushedRequests.find(key(1), 60), undefined)
  await pushedRequests.open(key(1), 600)
  await pushedRequests.open(key(1), 10_000)
  assert.deepEqual(await pushedRequests.find(key(1), 599), { ...request, isOpened: true, expiresAt: 600 })
  assert.equal(await pushedRequests.find(key(1), 600), undefined)
  assert.equal(await pushedRequests.find(key(2), 0), undefined)
  assert.deepEqual(await Promise.all([pushedRequests.take(key(1)), pushedRequests.take(key(1))]), [true, false])
  assert.equal(await pushedRequests.find(key(1), 0), undefined)
})

storeTest(
  'a client has so many pushed requests at most, also from one address, and none when it is gone',
  async store => {
    const max = { perClient: 3, perAddress: 2 }
    const { pushedRequests, clients } = store
    assert.equal(await pushedRequests.insert(key(1), request, 'here', max), false)
    await clients.create(client('web'), undefined)
    await clients.create(client('other'), undefined)
    const inserted = []
    for (const [index, address] of ['here', 'here', 'here', 'there', 'elsewhere'].entries()) {
      inserted.push(await pushedRequests.insert(key(index + 1), request, address, max))
    }
    assert.deepEqual(inserted, [true, true, false, true, false])
    assert.equal(await pushedRequests.insert(key(9), { ...request, clientId: 'other' }, 'here', max), true)
    assert.equal(await pushedRequests.deleteExpired(60, 1), 1)
    assert.equal(await pushedRequests.deleteExpired(59, 9), 0)
    await clients.delete('web')
    assert.ok((await pushedRequests.deleteExpired(60, 9)) <= 1)
  },
)

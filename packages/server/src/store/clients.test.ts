import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LocalChanges } from './changes.ts'
import { createClients } from './clients.ts'
import { client, storeTest, token } from './each-database.test.ts'
import { openQueryPlans } from './query-plans.test.ts'
import { type Clients, DuplicateError } from './store.ts'
import { createTokens } from './tokens.ts'
import { createUserAuthorizations } from './user-authorizations.ts'
import { createUsers } from './users.ts'
import { GroupWriter, type Writer } from './writer.ts'

const full = client('Robot', {
  kind: 'platform',
  description: 'Ünïcode "quoted" \'text\'',
  scopes: ['hcp.readAuthorizationSettings', 'hcp.manageAuthorizationSettings'],
  grant: 'authorization_code',
  confidential: false,
  redirectUri: 'https://example.com/callback',
  skipConsent: true,
  translations: { de: { name: 'Bestellungen' }, 'pt-BR': { description: 'Pedidos' } },
  keyAuthentication: { method: 'private_key_jwt', keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: '1' }] },
  tokenBinding: 'dpop',
  requirePushedAuthorizationRequests: true,
})

async function hashes(clients: Clients, id: string): Promise<string> {
  return (await clients.findSecrets(id)).map(({ hash }) => hash).join()
}

storeTest('a client comes back as it was registered', async ({ clients }) => {
  await clients.create(full, undefined)
  await clients.create(client('plain'), 'scrypt$…')
  assert.deepEqual(await clients.find('Robot'), full)
  assert.equal(await hashes(clients, 'Robot'), '')
  assert.equal(await hashes(clients, 'plain'), 'scrypt$…')
  assert.deepEqual(await clients.list(), [client('plain'), full])
})

storeTest('an ID is found by its exact spelling only, and taken in every spelling', async ({ clients }) => {
  await clients.create(client('Ärger'), 'first')
  assert.equal(await clients.find('ärger'), undefined)
  assert.equal(await hashes(clients, 'ärger'), '')
  await assert.rejects(clients.create(client('äRGER'), 'second'), new DuplicateError('äRGER'))
  assert.equal(await hashes(clients, 'Ärger'), 'first')
})

storeTest('an update keeps ID, kind and, unless given a new one, the secret', async ({ clients }) => {
  await clients.create(client('a'), 'first')
  assert.equal(await clients.update(client('a', { kind: 'platform', name: 'New' }), undefined, 0), true)
  assert.deepEqual(await clients.find('a'), client('a', { name: 'New' }))
  assert.equal(await hashes(clients, 'a'), 'first')
  await clients.update(client('a'), 'second', 0)
  assert.equal(await hashes(clients, 'a'), 'second')
  assert.equal(await clients.update(client('A'), undefined, 0), false)
})

storeTest('a longer lifetime does not revive tokens that had expired', async ({ clients, tokens }) => {
  await clients.create(client('a', { tokenLifetimeSeconds: 60 }), undefined)
  await tokens.insert(token(1, 'a', { issuedAt: 1000 }))
  await tokens.insert(token(2, 'a', { issuedAt: 1001 }))
  await clients.update(client('a', { tokenLifetimeSeconds: 120 }), undefined, 61_000)
  assert.equal(await tokens.find(token(1, 'a').key), undefined)
  assert.ok(await tokens.find(token(2, 'a').key))
})

storeTest('a shorter lifetime deletes nothing', async ({ clients, tokens }) => {
  await clients.create(client('a', { tokenLifetimeSeconds: 60 }), undefined)
  await tokens.insert(token(1, 'a', { issuedAt: 1000 }))
  await clients.update(client('a', { tokenLifetimeSeconds: 30 }), undefined, 61_000)
  assert.ok(await tokens.find(token(1, 'a').key))
})

storeTest('deleting a client deletes its tokens and nobody else’s', async ({ clients, tokens }) => {
  await clients.create(client('a'), undefined)
  await clients.create(client('b'), undefined)
  await tokens.insert(token(1, 'a'))
  await tokens.insert(token(2, 'b'))
  assert.equal(await clients.delete('a'), true)
  assert.equal(await clients.delete('a'), false)
  assert.equal(await clients.find('a'), undefined)
  assert.equal(await tokens.find(token(1, 'a').key), undefined)
  assert.ok(await tokens.find(token(2, 'b').key))
})

storeTest('a client registered again under an old ID has none of the old tokens', async ({ clients, tokens }) => {
  await clients.create(client('a'), undefined)
  await tokens.insert(token(1, 'a'))
  await clients.delete('a')
  await clients.create(client('a'), undefined)
  await tokens.insert(token(2, 'a'))
  const [found, ...others] = await tokens.list({ clientId: 'a', limit: 10 })
  assert.deepEqual(found && new Uint8Array(found.key), token(2, 'a').key)
  assert.deepEqual(others, [])
})

storeTest('listeners hear of a change when it is committed, and not after they unsubscribed', async store => {
  const heard: string[] = []
  const stop = store.changes.on('clients', key => heard.push(`client ${key}`))
  store.changes.on('tokens', key => heard.push(`token ${key}`))
  await store.clients.create(client('a'), undefined)
  await assert.rejects(store.clients.create(client('a'), undefined))
  await store.clients.update(client('a', { tokenLifetimeSeconds: 61 }), undefined, 0)
  stop()
  await store.clients.delete('a')
  assert.deepEqual(heard, ['client a', 'client a', 'token ', 'token '])
})

const endings: Readonly<Record<string, (clients: Clients) => Promise<unknown>>> = {
  'a client is deleted': clients => clients.delete('a'),
  'a client gets longer lifetimes': clients => clients.update(client('a', { tokenLifetimeSeconds: 61 }), undefined, 1),
}

for (const [name, end] of Object.entries(endings)) {
  test(`where ${name} and the disk is full half way, caches forget the tokens that have ended`, async () => {
    const { database, close } = await openQueryPlans()
    const [group, changes] = [new GroupWriter(database), new LocalChanges()]
    await createClients(database, group, changes).create(client('a'), undefined)
    const heard: string[] = []
    changes.on('tokens', key => heard.push(key))
    let writes = 0
    const failing: Writer = {
      write: work => (++writes < 2 ? group.write(work) : Promise.reject(new Error('disk full'))),
    }
    await assert.rejects(end(createClients(database, failing, changes)), /disk full/)
    assert.deepEqual(heard, [''])
    await close()
  })
}

test('what expires, or is allowed, while a client is changed has ended when it is', async () => {
  const { database, close } = await openQueryPlans()
  const [group, changes] = [new GroupWriter(database), new LocalChanges()]
  const tokens = createTokens(database, group, changes)
  const authorizations = createUserAuthorizations(database, group, changes)
  await createUsers(database, group, changes).create({ name: 'ada', createdAt: 1 }, 'hash')
  await createClients(database, group, changes).create(client('a'), undefined)
  const given = { clientId: 'a', user: 'ada', scopes: [], redirectUri: undefined, codeChallenge: undefined }
  let writes = 0
  const interrupted: Writer = {
    async write(work) {
      const written = await group.write(work)
      // After the last batch.
      if (++writes === 3) {
        await tokens.insert(token(1, 'a', { issuedAt: 1 }))
        await authorizations.insert(new Uint8Array(32), { ...given, issuedAt: 1 })
      }
      return written
    },
  }
  const other = client('a', { tokenLifetimeSeconds: 61, subscription: 'devtmn' })
  await createClients(database, interrupted, changes).update(other, undefined, 1_700_000_000_000)
  assert.deepEqual([writes, await tokens.list({ limit: 9 })], [4, []])
  assert.equal(await authorizations.findByCode(new Uint8Array(32)), undefined)
  await close()
})

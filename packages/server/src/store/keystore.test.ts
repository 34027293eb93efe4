import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inDirectory, stoppedTimers, storeTest } from './each-database.test.ts'
import { openStore } from './open.ts'
import { DuplicateError, type KeystoreEntry } from './store.ts'

const privateKey = new Uint8Array(Buffer.from('correct horse battery staple'))

function entry(alias: string, more: Partial<KeystoreEntry> = {}): KeystoreEntry {
  return {
    alias,
    kind: 'key-pair',
    certificates: [new Uint8Array([1, 2]), new Uint8Array([3])],
    createdBy: 'ada',
    createdAt: 1,
    modifiedBy: 'ada',
    modifiedAt: 1,
    ...more,
  }
}

storeTest('a key pair is found by its alias in any case, with and without its private key', async ({ keystore }) => {
  await keystore.create(entry('Partner'), privateKey)
  assert.deepEqual(await keystore.find('PARTNER'), entry('Partner'))
  assert.deepEqual(await keystore.keyPair('partner'), { privateKey, certificates: entry('').certificates })
  assert.deepEqual(await keystore.certificates('partner'), entry('').certificates)
  assert.equal(await keystore.keyPair('other'), undefined)
  assert.equal(await keystore.certificates('other'), undefined)
})

storeTest('a certificate has no private key', async ({ keystore }) => {
  const certificate = entry('root', { kind: 'certificate', certificates: [new Uint8Array([9])] })
  await keystore.create(certificate, undefined)
  assert.equal(await keystore.keyPair('root'), undefined)
  assert.deepEqual(await keystore.certificates('root'), [new Uint8Array([9])])
})

storeTest('an alias is taken once, whatever its case, and keeps its kind', async ({ keystore }) => {
  await keystore.create(entry('a'), privateKey)
  await assert.rejects(keystore.create(entry('A'), privateKey), DuplicateError)
  assert.equal(await keystore.update(entry('a', { kind: 'certificate' }), undefined), false)
  const changed = entry('A', { certificates: [new Uint8Array([7])], createdAt: 5, modifiedBy: 'bob', modifiedAt: 5 })
  assert.equal(await keystore.update(changed, new Uint8Array([8])), true)
  assert.deepEqual(await keystore.find('a'), { ...changed, alias: 'a', createdAt: 1 })
  assert.deepEqual((await keystore.keyPair('a'))?.privateKey, new Uint8Array([8]))
})

storeTest('entries are listed by alias, deleted, and every change is told', async ({ keystore, changes }) => {
  const told: string[] = []
  changes.on('keystore', alias => told.push(alias))
  await keystore.create(entry('b'), privateKey)
  await keystore.create(entry('A'), privateKey)
  assert.deepEqual(await keystore.aliases(), ['A', 'b'])
  assert.deepEqual(
    (await keystore.list()).map(({ alias }) => alias),
    ['A', 'b'],
  )
  assert.equal(await keystore.delete('a'), true)
  assert.equal(await keystore.delete('a'), false)
  assert.deepEqual(told, ['b', 'A', 'a'])
})

test('no private key lies in the files in plain', () =>
  inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory, timers: stoppedTimers })
    await store.keystore.create(entry('visible alias'), privateKey)
    const written = readFileSync(join(dataDirectory, 'sluice.db-wal')).toString('latin1')
    assert.match(written, /visible alias/)
    assert.doesNotMatch(written, /correct horse/)
    await store.close()
  }))

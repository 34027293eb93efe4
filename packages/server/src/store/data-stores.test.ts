import assert from 'node:assert/strict'
import Database from 'node:sqlite'
import { test } from 'node:test'
import type { DataStoreEntry, PutEntry } from '@sluice/iflow'
import { inDirectory, stoppedTimers, storeTest } from './each-database.test.ts'
import { openStore } from './open.ts'
import { DuplicateError } from './store.ts'

const orders = { flowId: '', store: 'Orders' }
const text = (entry: DataStoreEntry | undefined) => entry && Buffer.from(entry.body).toString()

function put(id: string, body: string, more: Partial<PutEntry> = {}): PutEntry {
  const entry = {
    id,
    body: Buffer.from(body),
    headers: { no: 1, ok: true, t: 'ü' },
    messageGuid: 'm',
    createdAt: 10,
    expiresAt: 100,
  }
  return { kind: 'put-entry', ...orders, entry, overdueAt: 50, encrypted: true, overwrites: false, ...more }
}

storeTest('an entry comes back whole, from its store only, until it expires', async ({ dataStores }) => {
  await dataStores.apply([put('1', 'a'), put('1', 'b', { flowId: 'flow', encrypted: false })])
  const found = await dataStores.find({ ...orders, id: '1' }, 99)
  assert.equal(text(found), 'a')
  assert.deepEqual(
    [found?.headers, found?.messageGuid, found?.createdAt, found?.expiresAt],
    [{ no: 1, ok: true, t: 'ü' }, 'm', 10, 100],
  )
  assert.equal(text(await dataStores.find({ flowId: 'flow', store: 'Orders', id: '1' }, 99)), 'b')
  assert.equal(await dataStores.find({ flowId: 'other', store: 'Orders', id: '1' }, 99), undefined)
  assert.equal(await dataStores.find({ ...orders, id: '1' }, 100), undefined)
})

storeTest(
  'an entry that another message has written since stays when it is to go with its writer',
  async ({ dataStores }) => {
    const remove = (id: string, writtenBy: string) => ({ kind: 'delete-entry', ...orders, id, writtenBy }) as const
    await dataStores.apply([put('1', 'a'), put('2', 'b')])
    await dataStores.apply([remove('1', 'm'), remove('2', 'another')])
    assert.equal(await dataStores.find({ ...orders, id: '1' }, 20), undefined)
    assert.equal(text(await dataStores.find({ ...orders, id: '2' }, 20)), 'b')
  },
)

storeTest('an entry is replaced only when it may be; one that has expired does not count', async ({ dataStores }) => {
  await dataStores.apply([put('1', 'a')])
  await assert.rejects(dataStores.apply([put('2', 'x'), put('1', 'b')]), DuplicateError)
  assert.equal(await dataStores.find({ ...orders, id: '2' }, 20), undefined)
  await dataStores.apply([put('1', 'c', { overwrites: true })])
  assert.equal(text(await dataStores.find({ ...orders, id: '1' }, 20)), 'c')
  const later = put('1', 'd')
  await dataStores.apply([{ ...later, entry: { ...later.entry, createdAt: 100, expiresAt: 200 } }])
  assert.equal(text(await dataStores.find({ ...orders, id: '1' }, 150)), 'd')
})

storeTest('a selection stops at its number and its bytes, but not before the first entry', async ({ dataStores }) => {
  const many = Array.from({ length: 120 }, (_, index) => put(String(index).padStart(3, '0'), '12345'))
  await dataStores.apply(many)
  const select = async (count: number, bytesMax: number) =>
    (await dataStores.select(orders, { count, bytesMax }, 20)).map(({ id }) => id)
  assert.equal((await select(110, 10_000)).length, 110)
  assert.deepEqual(await select(110, 10), ['000', '001'])
  assert.deepEqual(await select(110, 1), ['000'])
  assert.deepEqual(await select(0, 10), [])
  assert.deepEqual(await dataStores.select({ flowId: 'x', store: 'Orders' }, { count: 5, bytesMax: 5 }, 20), [])
})

storeTest('stores and entries are listed with what is overdue, and deleted', async ({ dataStores }) => {
  await dataStores.apply([put('1', 'ab'), put('2', 'b', { overdueAt: 500 }), put('1', 'c', { flowId: 'flow' })])
  assert.deepEqual(await dataStores.stores(60).list({}), [
    { ...orders, entries: 2, overdue: 1 },
    { flowId: 'flow', store: 'Orders', entries: 1, overdue: 1 },
  ])
  assert.deepEqual(await dataStores.entries({ store: 'Orders', flowId: '' }, 60).list({ top: 1 }), [
    { ...orders, id: '1', messageGuid: 'm', createdAt: 10, overdueAt: 50, expiresAt: 100, encrypted: true, size: 2 },
  ])
  assert.equal(await dataStores.entries({}, 60).count({}), 3)
  assert.equal(await dataStores.delete({ ...orders, id: '1' }), true)
  assert.equal(await dataStores.delete({ ...orders, id: '1' }), false)
  assert.equal(await dataStores.deleteExpired(100, 1), 1)
  assert.equal(await dataStores.deleteExpired(100, 5), 1)
  assert.deepEqual(await dataStores.stores(0).list({}), [])
})

storeTest('a store is deleted with all of its entries, however many', async ({ dataStores }) => {
  await dataStores.apply(Array.from({ length: 450 }, (_, index) => put(`${index}`, 'x')))
  await dataStores.apply([put('1', 'y', { flowId: 'flow' })])
  assert.equal(await dataStores.deleteStore(orders), true)
  assert.equal(await dataStores.deleteStore(orders), false)
  assert.deepEqual(await dataStores.stores(20).list({}), [{ flowId: 'flow', store: 'Orders', entries: 1, overdue: 0 }])
})

storeTest('variables are listed without values, deleted, and cleared away', async ({ dataStores, variables }) => {
  const write = (name: string, expiresAt: number) =>
    ({ kind: 'write-variable', flowId: '', name, value: 'v', writtenAt: 5, expiresAt, encrypted: true }) as const
  await dataStores.apply([write('a', 100), write('b', 200), write('c', 300)])
  assert.deepEqual(await variables.all(150).list({}), [
    { flowId: '', name: 'b', writtenAt: 5, expiresAt: 200 },
    { flowId: '', name: 'c', writtenAt: 5, expiresAt: 300 },
  ])
  await dataStores.apply([{ kind: 'delete-variable', flowId: '', name: 'b' }])
  assert.deepEqual([await variables.delete('', 'c'), await variables.delete('', 'c')], [true, false])
  assert.deepEqual([await variables.deleteExpired(100, 9), await variables.deleteExpired(100, 9)], [1, 0])
})

storeTest(
  'persisted messages are found by their run, with what they held',
  async ({ dataStores, persistedMessages }) => {
    const persist = (stepId: string, createdAt: number, files: readonly string[]) =>
      ({
        kind: 'persist-message',
        flowId: 'flow',
        messageGuid: 'm',
        stepId,
        body: Buffer.from(stepId),
        headers: { a: 'b' },
        attachments: files.map(name => ({ name, contentType: 'text/plain', content: Buffer.from(`in ${name}`) })),
        createdAt,
        expiresAt: 100,
        encrypted: createdAt === 1,
      }) as const
    await dataStores.apply([persist('second', 2, []), persist('first', 1, ['y', 'x'])])
    const [first, second] = await persistedMessages.ofRun('m', 50).list({})
    assert.deepEqual([first?.stepId, first?.hasAttachments, second?.stepId], ['first', true, 'second'])
    for (const entry of [first, second]) {
      const content = await persistedMessages.content(entry?.id ?? '', 50)
      assert.deepEqual([Buffer.from(content?.body ?? []).toString(), content?.headers], [entry?.stepId, { a: 'b' }])
    }
    const [y, x] = await persistedMessages.attachments(first?.id ?? '', 50).list({})
    assert.deepEqual([y?.name, x?.name, x?.contentType], ['y', 'x', 'text/plain'])
    assert.equal(String(Buffer.from((await persistedMessages.attachmentContent(x?.id ?? '', 50)) ?? [])), 'in x')
    assert.equal(await persistedMessages.attachmentContent(x?.id ?? '', 100), undefined)
    assert.deepEqual(await persistedMessages.ofRun('m', 100).list({}), [])
    assert.equal(await persistedMessages.deleteExpired(100, 5), 2)
  },
)

storeTest('a processed message is known at its step, until it expires', async ({ processedMessages }) => {
  const key = { flowId: 'flow', stepId: 's', messageId: '1' }
  await processedMessages.add(key, 1, 100)
  await processedMessages.add(key, 2, 200)
  assert.equal(await processedMessages.contains(key, 199), true)
  assert.equal(await processedMessages.contains({ ...key, stepId: 't' }, 199), false)
  assert.equal(await processedMessages.contains(key, 200), false)
  assert.equal(await processedMessages.deleteExpired(200, 5), 1)
})

test('encrypted messages and variables are not readable in the file, and cannot be exchanged', async () => {
  await inDirectory(async path => {
    const store = await openStore({ dataDirectory: path, timers: stoppedTimers })
    await store.dataStores.apply([
      put('1', 'very secret'),
      put('2', 'plain', { encrypted: false }),
      put('3', 'other'),
      { kind: 'write-variable', flowId: '', name: 'v', value: 'secret', writtenAt: 1, expiresAt: 100, encrypted: true },
    ])
    await store.close()
    const database = new Database.DatabaseSync(`${path}/sluice.db`)
    const rows = database.prepare('select content from data_store_entries order by id').all()
    const readable = rows.map(row => Buffer.from(row.content as Uint8Array).includes(Buffer.from('plain')))
    assert.deepEqual(readable, [false, true, false])
    assert.equal(Buffer.from(rows[0]?.content as Uint8Array).includes(Buffer.from('secret')), false)
    assert.deepEqual({ ...database.prepare('select value from variables').get() }, { value: '' })
    database.exec(
      "update data_store_entries set content = (select content from data_store_entries where id = '3') where id = '1'",
    )
    database.close()
    const again = await openStore({ dataDirectory: path, timers: stoppedTimers })
    await assert.rejects(again.dataStores.find({ ...orders, id: '1' }, 20), /as it was sealed/)
    await again.close()
  })
})

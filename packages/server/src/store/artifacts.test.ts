import assert from 'node:assert/strict'
import type { FilterExpression } from '@sluice/odata'
import { artifact, integrationPackage, storeTest } from './each-database.test.ts'
import { type Artifact, DuplicateError, type Store } from './store.ts'

const zip = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

/** A store whose package `sales` has the artifact `orders` with the content `1`. */
function artifactTest(name: string, body: (store: Store) => Promise<void>): void {
  storeTest(name, async store => {
    await store.packages.create(integrationPackage('sales'))
    assert.equal(await store.artifacts.create(artifact('orders'), zip('1')), true)
    await body(store)
  })
}

async function orders({ artifacts }: Store): Promise<Artifact> {
  return (await artifacts.find('orders')) ?? assert.fail('an artifact')
}

async function contentOf({ artifacts }: Store, version?: string): Promise<string | undefined> {
  return textOf((await artifacts.open('orders', version))?.content)
}

/** The versions that a list of all shows, each with its content. */
async function versionsOf(store: Store): Promise<string[]> {
  const filter: FilterExpression = {
    kind: 'compare',
    operator: 'eq',
    left: { kind: 'property', path: 'Id' },
    right: { kind: 'literal', value: 'orders' },
  }
  const found = await store.artifacts.listVersions({ filter })
  assert.equal(await store.artifacts.countVersions({ filter }), found.length)
  return Promise.all(
    found.map(async ({ version, isDraft, isCurrent }) => {
      const content = await contentOf(store, isCurrent ? 'active' : version)
      return `${isDraft ? 'Active' : version}: ${content}`
    }),
  )
}

artifactTest('an artifact keeps its zip byte by byte', async store => {
  const { artifacts } = store
  const content = Uint8Array.from({ length: 256 }, (_, index) => index)
  await artifacts.create(artifact('returns'), content)
  await assert.rejects(artifacts.create(artifact('returns'), zip('other')), new DuplicateError('returns'))
  const created = { ...artifact('returns'), isDraft: false, isCurrent: true, revision: 1 }
  assert.deepEqual(await artifacts.find('returns'), created)
  const opened = await artifacts.open('returns')
  assert.deepEqual(opened && { ...opened, content: new Uint8Array(opened.content) }, {
    artifact: created,
    content,
    configurations: new Map(),
  })
  assert.equal(await artifacts.open('none'), undefined)
  assert.equal(await artifacts.create(artifact('x', { packageId: 'none' }), content), false)
  assert.equal(await artifacts.find('x'), undefined)
})

artifactTest('an update replaces the zip when there is a new one, and keeps configured values', async store => {
  const { artifacts } = store
  await artifacts.configure(await orders(store), { name: 'host', value: 'a', before: undefined }, { by: 'ada', at: 3 })
  assert.equal(await artifacts.update({ ...(await orders(store)), name: 'N' }, undefined), true)
  assert.deepEqual([(await orders(store)).name, await contentOf(store)], ['N', '1'])
  assert.equal(await artifacts.update({ ...(await orders(store)), version: '1.0.2' }, zip('2')), true)
  assert.deepEqual([(await orders(store)).version, await contentOf(store)], ['1.0.2', '2'])
  assert.deepEqual((await artifacts.open('orders'))?.configurations, new Map([['host', 'a']]))
  assert.equal(await artifacts.update({ ...(await orders(store)), id: 'none' }, zip('2')), false)
})

artifactTest('of two changes that began from the same state the second is refused', async store => {
  const { artifacts } = store
  const [first, second] = [await orders(store), await orders(store)]
  assert.equal(await artifacts.update({ ...first, name: 'first' }, zip('2')), true)
  assert.equal(await artifacts.update({ ...second, name: 'second' }, zip('3')), false)
  assert.equal(await artifacts.saveAsVersion({ ...second, version: '2' }, zip('3'), 9), 'refused')
  const change = { name: 'host', value: 'a', before: undefined }
  assert.equal(await artifacts.configure(second, change, { by: 'ada', at: 3 }), false)
  assert.deepEqual([(await orders(store)).name, await contentOf(store)], ['first', '2'])
  assert.deepEqual((await artifacts.open('orders'))?.configurations, new Map())
})

artifactTest('values are configured at the same time for different parameters, not for the same', async store => {
  const { artifacts } = store
  const found = await orders(store)
  const configure = (name: string, value: string, before?: string) =>
    artifacts.configure(found, { name, value, before }, { by: 'ada', at: 3 })
  assert.equal(await configure('host', 'a'), true)
  assert.equal(await configure('__proto__', 'x'), true)
  assert.equal(await configure('host', 'b'), false)
  assert.equal(await configure('host', 'b', 'a'), true)
  const { configurations } = (await artifacts.open('orders')) ?? assert.fail('an artifact')
  assert.deepEqual([...configurations].sort(), [
    ['__proto__', 'x'],
    ['host', 'b'],
  ])
  assert.equal(
    await artifacts.configure({ ...found, id: 'none' }, { name: 'a', value: '', before: undefined }, { by: '', at: 0 }),
    false,
  )
})

artifactTest('what was created and what was saved as a version stays, other uploads do not', async store => {
  const { artifacts } = store
  assert.equal(await contentOf(store, '1.0.0'), '1')
  await artifacts.update(await orders(store), zip('2'))
  assert.deepEqual([await contentOf(store, '1.0.0'), await contentOf(store, 'ACTIVE')], ['2', '2'])
  assert.equal(await artifacts.saveAsVersion({ ...(await orders(store)), version: '1.0.1' }, zip('3'), 9), 'saved')
  await artifacts.update({ ...(await orders(store)), version: '1.0.2' }, zip('4'))
  await artifacts.update({ ...(await orders(store)), version: '1.0.3' }, zip('5'))
  assert.deepEqual(await versionsOf(store), ['1.0.3: 5', '1.0.1: 3', '1.0.0: 1'])
  assert.equal(await artifacts.find('orders', '1.0.2'), undefined)
  assert.equal((await artifacts.find('orders', '1.0.1'))?.isCurrent, false)
  assert.equal(await artifacts.deleteVersion('orders', '1.0.1'), true)
  assert.equal(await artifacts.deleteVersion('orders', '1.0.1'), false)
  assert.deepEqual(await versionsOf(store), ['1.0.3: 5', '1.0.0: 1'])
})

artifactTest('a version is saved once, whatever is asked for again', async store => {
  const { artifacts } = store
  const save = async (version: string, content?: string) =>
    artifacts.saveAsVersion({ ...(await orders(store)), version }, content === undefined ? undefined : zip(content), 9)
  assert.deepEqual([await save('1.0.0'), await save('1.0.1', '2'), await save('1.0.1')], ['saved', 'saved', 'saved'])
  assert.deepEqual([await save('1.0.0', '3'), (await orders(store)).revision], ['taken', 2])
  await artifacts.update(await orders(store), zip('4'))
  assert.deepEqual([await save('1.0.1'), await save('1.0.2')], ['taken', 'saved'])
  assert.deepEqual(await versionsOf(store), ['1.0.2: 4', '1.0.1: 2', '1.0.0: 1'])
})

artifactTest('a draft has no number, and what it replaces is kept', async store => {
  const { artifacts } = store
  await artifacts.update({ ...(await orders(store)), version: '1.0.1' }, zip('2'))
  await artifacts.update({ ...(await orders(store)), isDraft: true }, zip('3'))
  assert.deepEqual(await versionsOf(store), ['Active: 3', '1.0.1: 2', '1.0.0: 1'])
  assert.deepEqual([await contentOf(store, '1.0.1'), await contentOf(store)], ['2', '3'])
  await artifacts.update({ ...(await orders(store)), isDraft: true }, zip('4'))
  assert.deepEqual(await versionsOf(store), ['Active: 4', '1.0.1: 2', '1.0.0: 1'])
  await artifacts.saveAsVersion({ ...(await orders(store)), version: '1.0.2' }, zip('5'), 9)
  assert.deepEqual(await versionsOf(store), ['1.0.2: 5', '1.0.1: 2', '1.0.0: 1'])
  assert.equal((await orders(store)).isDraft, false)
})

artifactTest('a version keeps the values that were configured then', async store => {
  const { artifacts } = store
  const configure = async (value: string, before?: string) =>
    artifacts.configure(await orders(store), { name: 'host', value, before }, { by: 'ada', at: 3 })
  await configure('a')
  await artifacts.saveAsVersion({ ...(await orders(store)), version: '1.0.1' }, zip('2'), 9)
  await configure('b', 'a')
  await artifacts.saveAsVersion({ ...(await orders(store)), version: '1.0.2' }, zip('3'), 9)
  const values = async (version: string) => (await artifacts.open('orders', version))?.configurations.get('host')
  assert.deepEqual([await values('1.0.0'), await values('1.0.1'), await values('active')], [undefined, 'a', 'b'])
})

artifactTest('beyond the limit the oldest versions go', async store => {
  const { artifacts } = store
  for (const version of ['1.0.3', '1.0.2', '1.0.1']) {
    await artifacts.saveAsVersion({ ...(await orders(store)), version }, zip(version), 2)
  }
  assert.deepEqual(await versionsOf(store), ['1.0.1: 1.0.1', '1.0.2: 1.0.2'])
})

artifactTest('artifacts go with their package, and what belongs to them with them', async store => {
  const { packages, artifacts, artifactLocks } = store
  await artifacts.saveAsVersion({ ...(await orders(store)), version: '1.0.1' }, zip('2'), 9)
  await artifactLocks.lock('orders', { by: 'ada', at: 5 }, 9)
  assert.equal(await artifacts.delete('orders'), true)
  assert.equal(await artifacts.delete('orders'), false)
  await artifacts.create(artifact('orders'), zip('3'))
  assert.deepEqual(await versionsOf(store), ['1.0.0: 3'])
  assert.equal(await artifactLocks.find('orders', 5), undefined)
  await packages.delete('sales')
  assert.equal(await artifacts.countVersions({}), 0)
  assert.equal(await contentOf(store), undefined)
})

artifactTest(
  'one user locks an artifact at a time, until the lock expires or is deleted',
  async ({ artifactLocks }) => {
    const holder = async (by: string, at: number, expiresAt = at + 10) => {
      const lock = await artifactLocks.lock('orders', { by, at }, expiresAt)
      return lock && [lock.lockedBy, lock.lockedAt]
    }
    assert.equal(await artifactLocks.lock('none', { by: 'ada', at: 1 }, 9), undefined)
    assert.deepEqual(await holder('ada', 100), ['ada', 100])
    assert.deepEqual(await holder('bob', 105), ['ada', 100])
    assert.deepEqual(await holder('Ada', 108), ['ada', 100])
    assert.deepEqual(await holder('bob', 117), ['ada', 100])
    assert.deepEqual(await holder('bob', 118), ['bob', 118])
    assert.deepEqual(await artifactLocks.find('orders', 127), {
      artifactId: 'orders',
      artifactName: 'Name of orders',
      artifactType: 'IntegrationFlow',
      packageId: 'sales',
      packageName: 'Name of sales',
      lockedBy: 'bob',
      lockedAt: 118,
    })
    assert.deepEqual([await artifactLocks.count({}, 127), await artifactLocks.count({}, 128)], [1, 0])
    assert.deepEqual(
      (await artifactLocks.list({}, 127)).map(({ lockedBy }) => lockedBy),
      ['bob'],
    )
    assert.equal(await artifactLocks.unlock('orders'), true)
    assert.equal(await artifactLocks.unlock('orders'), false)
    assert.deepEqual(await holder('ada', 119), ['ada', 119])
  },
)

artifactTest('nobody but its holder changes what is locked, as long as the lock lasts', async store => {
  const { artifacts, artifactLocks } = store
  await artifactLocks.lock('orders', { by: 'ada', at: 100 }, 110)
  const update = async (modifiedBy: string, modifiedAt: number) =>
    artifacts.update({ ...(await orders(store)), modifiedBy, modifiedAt }, zip('2'))
  const configure = async (by: string, at: number) =>
    artifacts.configure(await orders(store), { name: by, value: '', before: undefined }, { by, at })
  for (const change of [update, configure]) {
    assert.deepEqual(
      [await change('bob', 109), await change('ADA', 109), await change('bob', 110)],
      [false, true, true],
      change.name,
    )
  }
})

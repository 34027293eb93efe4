import assert from 'node:assert/strict'
import { artifact, integrationPackage, storeTest } from './each-database.test.ts'
import { DuplicateError, type PackageContent, type PackageResource, type Store } from './store.ts'

const zip = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

async function configure({ artifacts }: Pick<Store, 'artifacts'>, id: string, name: string, value: string) {
  const found = (await artifacts.find(id)) ?? assert.fail('an artifact')
  assert.equal(await artifacts.configure(found, { name, value, before: undefined }, { by: 'ada', at: 0 }), true)
}

async function configured({ artifacts }: Pick<Store, 'artifacts'>, id: string) {
  return Object.fromEntries((await artifacts.open(id))?.configurations ?? [])
}

storeTest('a package is created once, changed and deleted', async ({ packages }) => {
  await packages.create(integrationPackage('sales'))
  await assert.rejects(packages.create(integrationPackage('sales')), new DuplicateError('sales'))
  assert.deepEqual(await packages.find('sales'), integrationPackage('sales'))
  const changed = integrationPackage('sales', { name: 'Sales', shortText: 's', vendor: 'v', modifiedAt: 9 })
  assert.equal(await packages.update(changed), true)
  assert.deepEqual(await packages.find('sales'), changed)
  assert.equal(await packages.update(integrationPackage('none')), false)
  assert.equal(await packages.delete('sales'), true)
  assert.equal(await packages.delete('sales'), false)
  assert.equal(await packages.find('sales'), undefined)
})

storeTest('lists are in the order of IDs, filtered, paged and counted', async ({ packages }) => {
  for (const id of ['c', 'a', 'b']) await packages.create(integrationPackage(id))
  const ids = async (query: Parameters<Store['packages']['list']>[0]) =>
    (await packages.list(query)).map(({ id }) => id)
  assert.deepEqual(await ids({}), ['a', 'b', 'c'])
  assert.deepEqual(await ids({ top: 1 }), ['a'])
  assert.deepEqual(await ids({ skip: 1 }), ['b', 'c'])
  assert.deepEqual(await ids({ top: 1, skip: 1 }), ['b'])
  assert.deepEqual(await ids({ top: 0 }), [])
  assert.deepEqual(await ids({ orderBy: [{ property: 'Name', descending: true }] }), ['c', 'b', 'a'])
  assert.deepEqual(await ids({ orderBy: [{ property: 'Vendor', descending: true }] }), ['a', 'b', 'c'])
  assert.equal(await packages.count({}), 3)
})

storeTest('a package is imported whole or not at all', async store => {
  const { packages, artifacts } = store
  const content = (id: string, artifactIds: readonly string[], more: Partial<PackageContent> = {}): PackageContent => ({
    package: integrationPackage(id),
    tags: new Map(),
    artifacts: artifactIds.map(artifactId => ({ artifact: artifact(artifactId, { packageId: id }), content: zip(id) })),
    resources: [],
    ...more,
  })
  await packages.import(content('sales', ['orders', 'prices']), 'create')
  await assert.rejects(packages.import(content('sales', ['more']), 'create'), new DuplicateError('sales'))
  for (const mode of ['create', 'merge', 'replace'] as const) {
    const clash = packages.import(content('other', ['new', 'orders']), mode)
    await assert.rejects(clash, new DuplicateError('orders'), mode)
    assert.equal(await packages.find('other'), undefined, mode)
    assert.equal(await artifacts.find('new'), undefined, mode)
  }
  await configure(store, 'orders', 'host', 'a')
  const changed = {
    ...content('sales', ['orders']),
    package: integrationPackage('sales', { createdBy: 'bob', name: 'N' }),
  }
  await packages.import(changed, 'merge')
  const { createdBy, name } = (await packages.find('sales')) ?? {}
  assert.deepEqual([createdBy, name], ['ada', 'N'])
  assert.deepEqual(await configured(store, 'orders'), { host: 'a' })
  assert.notEqual(await artifacts.find('prices'), undefined, 'what is not in the import stays')
  await packages.import(content('sales', ['orders']), 'replace')
  assert.deepEqual(await configured(store, 'orders'), {})
})

storeTest('what an imported package holds besides artifacts is replaced piece by piece', async ({ packages }) => {
  const resource = (id: string, uniqueId: string, entry = id): PackageResource => {
    return {
      id,
      type: 'File',
      uniqueId,
      relation: 'Default',
      entry,
      content: uniqueId === 'u' ? undefined : zip(entry),
    }
  }
  const importing = (...resources: readonly PackageResource[]) =>
    packages.import(
      { package: integrationPackage('p'), tags: new Map([['A', 'x']]), artifacts: [], resources },
      'merge',
    )
  await importing(resource('1', 'a'), resource('2', 'b'), resource('3', 'u'))
  await importing(resource('4', 'c'), resource('5', 'b', 'new'))
  const found = await packages.resources('p')
  assert.deepEqual(
    found.map(({ id, content }) => [id, textOf(content)]),
    [
      ['4', '4'],
      ['5', 'new'],
      ['1', '1'],
      ['3', undefined],
    ],
  )
  assert.deepEqual(await packages.tags('p'), new Map([['A', 'x']]))
  await packages.delete('p')
  assert.deepEqual(await packages.resources('p'), [])
})

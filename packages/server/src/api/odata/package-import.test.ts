import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { packageAttribute, readPackage } from '@sluice/iflow'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import { ownResource, packaged, packageZip, plainArtifact } from './testing/test-package.ts'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const importing = (zip: Uint8Array, query = '') =>
  service.call('POST', `IntegrationPackages${query}`, { body: { PackageContent: base64(zip) } })
const create = (Id: string) => service.call('POST', 'IntegrationPackages', { body: { Id, Name: Id, ShortText: 's' } })
const artifactIds = async (id: string) => {
  const { results } = (await service.call('GET', `IntegrationPackages('${id}')/ScriptCollectionDesigntimeArtifacts`))
    .json.d
  return results.map((row: { Id: string }) => row.Id)
}
const scripts = async (id: string, text = '1') =>
  packaged('ScriptCollection', `r${id}`, {
    uniqueId: id,
    content: await plainArtifact('ScriptCollection', id, { 'src/main/resources/script/a.groovy': text }),
  })
const exported = async (id: string) => {
  const { status, bytes, headers } = await service.call('GET', `IntegrationPackages('${id}')/$value`)
  assert.equal(status, 200)
  return { bytes, headers, files: await readArchive(bytes) }
}

test('a package is imported with its properties, artifacts and documents, and exported again', async () => {
  const flow = await helloArchive()
  const document = { displayName: 'Guide', additionalAttributes: { any: { attributeValues: ['kept'] } } }
  const own = ownResource('Sales', { shortText: ['Short'], Description: ['<p>d</p>'], Product: ['A', 'B'], Vendor: [] })
  const resources = [
    packaged('Url', 'link', { entry: { additionalAttributes: { url: { attributeValues: ['https://x.example'] } } } }),
    packaged('IFlow', 'flow', { uniqueId: 'hello', content: flow }),
    own,
    packaged('File', 'doc', { relation: 'Licenses', content: Buffer.from('text'), entry: document }),
    packaged('Unknown', 'new', { content: Buffer.from([0, 255]) }),
  ]
  const created = await importing(await packageZip(...resources))
  assert.equal(created.status, 201, created.text)
  const { Id, Name, ShortText, Products, Vendor, ResourceId, CreatedBy, Description } = created.json.d
  assert.deepEqual(
    { Id, Name, ShortText, Products, Vendor, ResourceId, CreatedBy, Description },
    {
      ...{ Id: 'Sales', Name: 'Name of own', ShortText: 'Short', Products: 'A,B', Vendor: '', ResourceId: 'own' },
      ...{ CreatedBy: 'developer', Description: '<p>d</p>' },
    },
  )
  const value = await service.call('GET', "IntegrationDesigntimeArtifacts(Id='hello',Version='active')/$value")
  assert.deepEqual(Uint8Array.from(value.bytes), Uint8Array.from(flow))

  const { headers, files } = await exported('Sales')
  assert.equal(headers['content-type'], 'application/zip')
  assert.equal(headers['content-disposition'], 'attachment; filename=Sales.zip')
  const again = readPackage(files)
  assert.ok(!('code' in again))
  assert.deepEqual(
    again.map(({ id, relation, content }) => [id, relation, content && Buffer.from(content).toString('hex')]),
    resources.map(({ id, relation, content }) => [id, relation, content && Buffer.from(content).toString('hex')]),
  )
  assert.deepEqual(again[3]?.entry, resources[3]?.entry)
  assert.deepEqual(packageAttribute(again[2]?.entry ?? {}, 'Product'), ['A', 'B'])
  const hashes = JSON.parse(Buffer.from(files.get('hash') ?? []).toString())
  assert.equal(hashes.length, 2)
  for (const hash of hashes) assert.match(hash, /^[0-9a-f]{64}$/)
})

test('an export is of the current state, and the same bytes but for the date', async () => {
  await create('Fresh')
  const flow = await helloArchive({ 'META-INF/MANIFEST.MF': (await manifest()).replace('hello;', 'fresh;') })
  const body = { Id: 'fresh', Name: 'F', PackageId: 'Fresh', ArtifactContent: base64(flow) }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
  const [first, second] = [await exported('Fresh'), await exported('Fresh')]
  assert.deepEqual(first.bytes, second.bytes)
  service.clock.advance(60_000)
  const later = await exported('Fresh')
  const differing = [...later.files].filter(([path, data]) => Buffer.compare(data, first.files.get(path) ?? data) !== 0)
  assert.deepEqual(
    differing.map(([path]) => path),
    ['ExportInformation.info'],
  )
  const key = "IntegrationDesigntimeArtifacts(Id='fresh',Version='active')"
  await service.call('PUT', `${key}/$links/Configurations('Greeting')`, { body: { ParameterValue: 'Hi' } })
  const [artifact] = await inside('Fresh')
  const parameters = (await readArchive(artifact?.content ?? new Uint8Array())).get(
    'src/main/resources/parameters.prop',
  )
  assert.match(Buffer.from(parameters ?? []).toString(), /^Greeting=Hi$/m)
  assert.equal((await importing((await exported('Fresh')).bytes, '?Overwrite=true')).status, 201)
  await service.call('DELETE', key)
  assert.deepEqual(
    (await inside('Fresh')).map(({ type }) => type),
    ['ContentPackage'],
  )
})

test('a package with a draft inside is not exported, and an import replaces the draft', async () => {
  const zip = await packageZip(ownResource('Draft'), await scripts('draft'))
  await importing(zip)
  const ArtifactContent = base64((await scripts('draft', '2')).content ?? new Uint8Array())
  const key = "ScriptCollectionDesigntimeArtifacts(Id='draft',Version='active')"
  assert.equal((await service.call('PUT', `${key}?SaveAsDraft=true`, { body: { ArtifactContent } })).status, 200)
  const refused = await service.call('GET', "IntegrationPackages('Draft')/$value")
  assert.equal(refused.status, 400)
  assert.match(refused.json.error.message.value, /no drafts in the package, found "draft"/)
  assert.equal((await importing(zip, '?Overwrite=true')).status, 201)
  await exported('Draft')
})

async function inside(id: string) {
  const resources = readPackage((await exported(id)).files)
  assert.ok(!('code' in resources))
  return resources
}

async function manifest(): Promise<string> {
  return Buffer.from((await readArchive(await helloArchive())).get('META-INF/MANIFEST.MF') ?? []).toString()
}

test('a package that exists is imported only with Overwrite, and what else it holds stays', async () => {
  assert.equal(
    (await importing(await packageZip(ownResource('Twice'), await scripts('t1'), await scripts('t2')))).status,
    201,
  )
  const changed = await packageZip(
    ownResource('Twice', { Version: ['2.0.0'] }),
    await scripts('t1', '2'),
    await scripts('t3'),
  )
  for (const query of ['', '?Overwrite=false']) {
    const { status, json } = await importing(changed, query)
    assert.equal(status, 409, query)
    assert.match(json.error.message.value, /no package "Twice", found it already: Overwrite=true/)
  }
  assert.deepEqual(await artifactIds('Twice'), ['t1', 't2'])
  const merged = await importing(changed, '?Overwrite=true')
  assert.deepEqual([merged.status, merged.json.d.Version], [201, '2.0.0'])
  assert.deepEqual(await artifactIds('Twice'), ['t1', 't2', 't3'])
  const content = (await service.store.artifacts.open('t1'))?.content
  const script = (await readArchive(content ?? new Uint8Array())).get('src/main/resources/script/a.groovy')
  assert.equal(Buffer.from(script ?? []).toString(), '2')
})

test('of two imports of one package at the same time one creates it', async () => {
  const zip = await packageZip(ownResource('Race'), await scripts('raced'))
  const answers = await Promise.all([importing(zip), importing(zip)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409])
})

test('an artifact of another package refuses the whole import', async () => {
  await importing(await packageZip(ownResource('Holder'), await scripts('held')))
  const clash = await packageZip(ownResource('Clash'), await scripts('fine'), await scripts('held'))
  for (const query of ['', '?Overwrite=true']) {
    const { status, json } = await importing(clash, query)
    assert.equal(status, 409)
    assert.match(json.error.message.value, /to be in no other package, found "held" in package "Holder"/)
  }
  assert.equal((await service.call('GET', "IntegrationPackages('Clash')")).status, 404)
  assert.equal(await service.store.artifacts.find('fine'), undefined)
})

test('values of custom tags travel with a package', async () => {
  const tags = { customTagsConfiguration: [{ tagName: 'Owner' }, { tagName: 'Vendor' }] }
  await service.call('POST', 'CustomTagConfigurations', {
    headers: { authorization: 'Bearer administrator' },
    body: { CustomTagsConfigurationContent: Buffer.from(JSON.stringify(tags)).toString('base64') },
  })
  await create('Tags')
  for (const name of ['Owner', 'Vendor'])
    await service.call('PUT', `IntegrationPackages('Tags')/$links/CustomTags('${name}')`, { body: { Value: 'ada' } })
  const { bytes } = await exported('Tags')
  await service.call('DELETE', "IntegrationPackages('Tags')")
  assert.equal((await importing(bytes)).json.d.Vendor, '')
  const { results } = (await service.call('GET', "IntegrationPackages('Tags')/CustomTags")).json.d
  assert.deepEqual(
    results.map((row: { Value: string | null }) => row.Value),
    ['ada', null],
  )
})

test('what is wrong with a package is said, and nothing of it is kept', async () => {
  const bomb = await writeArchive(new Map([['z', new Uint8Array(2 * 1024 * 1024)]]))
  const own = ownResource('Wrong')
  const flowAs = async (type: string) => packaged(type, 'f', { uniqueId: 'hello', content: await helloArchive() })
  const cases: readonly (readonly [zip: Uint8Array, code: string, message: RegExp])[] = [
    [Buffer.from('text'), 'not-a-zip', /not a zip/],
    [bomb, 'archive-bomb', /ratio/],
    [await helloArchive(), 'broken-package', /found a single artifact, which is created by POST/],
    [await writeArchive(new Map([['a', Buffer.from('')]])), 'broken-package', /found none among 1 files/],
    [await writeArchive(new Map([['resources.cnt', Buffer.from('')]])), 'broken-package', /list "resources"/],
    [await packageZip(), 'broken-package', /one resource of type ContentPackage.*found none/],
    [await packageZip(own, packaged('ContentPackage', 'b')), 'broken-package', /ContentPackage.*found 2/],
    [await packageZip(ownResource('a/b')), 'invalid-value', /"Id" to be/],
    [await packageZip(own, packaged('Url', '')), 'broken-package', /letters and digits, found ""/],
    [await packageZip(own, packaged('Url', '../x')), 'broken-package', /found "\.\.\/x"/],
    [await packageZip(own, packaged('Url', 'own')), 'broken-package', /once in resources.cnt, found "own" twice/],
    [await packageZip(own, packaged('IFlow', 'f')), 'broken-package', /content of "Name of f" in the package/],
    [await packageZip(own, await flowAs('ScriptCollection')), 'wrong-type', /"IntegrationFlow" \(artifact "Name of f"/],
    [await packageZip(own, packaged('IFlow', 'f', { content: bomb })), 'archive-bomb', /artifact "Name of f"/],
    [
      await packageZip(own, await flowAs('IFlow'), {
        ...(await flowAs('IFlow')),
        id: 'g',
        entry: { id: 'g', resourceType: 'IFlow' },
      }),
      'broken-package',
      /each artifact once in the package, found "hello" twice/,
    ],
  ]
  for (const [zip, code, message] of cases) {
    const { status, json } = await importing(zip)
    assert.equal(status, 400, code)
    assert.match(json.error.message.value, message)
    assert.equal(json.error.innererror.code, code)
  }
  const { status, json } = await service.call('POST', 'IntegrationPackages', { body: { PackageContent: '%' } })
  assert.deepEqual([status, json.error.innererror.code], [400, 'not-base64'])
  assert.equal((await service.call('GET', "IntegrationPackages('Wrong')")).status, 404)
})

test('documents that have no ID of their own are all kept, also when they are imported again', async () => {
  const documents = ['one', 'two'].map(text => packaged('File', text, { uniqueId: '', content: Buffer.from(text) }))
  const zip = await packageZip(ownResource('Docs'), ...documents)
  for (const query of ['', '?Overwrite=true']) {
    const imported = await importing(zip, query)
    assert.equal(imported.status, 201, imported.text)
    const contents = [...(await exported('Docs')).files.keys()].filter(name => name.endsWith('_content'))
    assert.deepEqual(contents, ['one_content', 'two_content'])
  }
})

test('an entry that is nested too deep is refused', async () => {
  const depth = 200_000
  const deep = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
  const resources = `{"resources":[{"id":"a","resourceType":"File","x":${'['.repeat(depth)}${']'.repeat(depth)}}]}`
  assert.throws(() => JSON.stringify(deep), RangeError)
  const own = JSON.stringify({ id: 'own', resourceType: 'ContentPackage', uniqueId: 'Deep' })
  const index = resources.replace('[{', `[${own},{`)
  const zip = await writeArchive(new Map([['resources.cnt', Buffer.from(Buffer.from(index).toString('base64'))]]))
  const { status, json } = await importing(zip)
  assert.equal(status, 400)
  assert.match(json.error.message.value, /fewer levels, found more at "a"/)
})

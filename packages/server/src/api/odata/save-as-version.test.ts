import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseManifest } from '@sluice/iflow'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
})
after(() => service.close())

const manifestFile = 'META-INF/MANIFEST.MF'
const prop = 'src/main/resources/parameters.prop'
const manifestOf = (id: string, version: string) =>
  `Manifest-Version: 1.0\r\nBundle-SymbolicName: ${id}; singleton:=true\r\nBundle-Name: Name of ${id}\r\nOrigin-Bundle-Na\r\n me: folded\r\nBundle-Version: ${version}\r\nSAP-BundleType: IntegrationFlow\r\nLast: x\r\n\r\n`

async function zipOf(id: string, version: string, greeting: string): Promise<string> {
  return base64(await helloArchive({ [manifestFile]: manifestOf(id, version), [prop]: `Greeting=${greeting}\n` }))
}

/** Uploads a flow with version 1.0.0 and gives what a test does to it. */
async function uploaded(id: string) {
  const key = (version = 'active') => `IntegrationDesigntimeArtifacts(Id='${id}',Version='${version}')`
  const body = { Id: id, PackageId: 'Pack', ArtifactContent: await zipOf(id, '1.0.0', 'created') }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
  const greeting = async (version?: string) => {
    const answer = await service.call('GET', `${key(version)}/Configurations('Greeting')`)
    return answer.status === 200 ? answer.json.d.ParameterValue : answer.status
  }
  const versions = async (options = 'allVersions=true&') => {
    const { json } = await service.call('GET', `IntegrationDesigntimeArtifacts?${options}$filter=Id eq '${id}'`)
    return json.d.results.map((row: { Version: string }) => row.Version)
  }
  const put = async (version: string, value: string, options = '') => {
    const content = { ArtifactContent: await zipOf(id, version, value) }
    return (await service.call('PUT', `${key()}${options}`, { body: content })).status
  }
  const save = (version: string) =>
    service.call('POST', `IntegrationDesigntimeArtifactSaveAsVersion?Id='${id}'&SaveAsVersion='${version}'`)
  return { key, greeting, versions, put, save }
}

test('what is current is kept as a version, and later changes leave it alone', async () => {
  const { key, greeting, versions, put, save } = await uploaded('kept')
  assert.equal(await put('1.0.0', 'changed'), 200)
  const saved = await save('1.0.1')
  assert.deepEqual([saved.status, saved.json.d.Version, saved.json.d.Id], [200, '1.0.1', 'kept'])
  assert.equal(await put('1.0.1', 'again'), 200)
  assert.equal((await save('1.0.2')).status, 200)
  const expected = ['again', 'again', 'changed', 'created', 404]
  assert.deepEqual(
    await Promise.all(['active', '1.0.2', '1.0.1', '1.0.0', '9'].map(version => greeting(version))),
    expected,
  )
  assert.deepEqual(await versions(), ['1.0.2', '1.0.1', '1.0.0'])
  assert.deepEqual(await versions(''), ['1.0.2'])
  const count = `IntegrationDesigntimeArtifacts/$count?$filter=Id eq 'kept'`
  assert.equal((await service.call('GET', `${count}&allVersions=true`)).text, '3')
  const inPackage = `IntegrationPackages('Pack')/IntegrationDesigntimeArtifacts?$filter=Id eq 'kept'`
  assert.equal((await service.call('GET', `${inPackage}&allVersions=true`)).json.d.results.length, 3)
  assert.equal((await service.call('GET', inPackage)).json.d.results.length, 1)
  const { d } = (await service.call('GET', key('1.0.1'))).json
  assert.match(d.__metadata.uri, /\(Id='kept',Version='1\.0\.1'\)$/)
  assert.deepEqual((await service.call('GET', `${key('1.0.1')}/Resources`)).status, 200)
})

test('the version is set in the manifest, and nothing else changes', async () => {
  const { key, save } = await uploaded('manifest')
  const filesOf = async (version?: string) => readArchive((await service.call('GET', `${key(version)}/$value`)).bytes)
  const before = await filesOf()
  await save('2.0.0')
  const after = await filesOf('2.0.0')
  assert.equal(Buffer.from(after.get(manifestFile) ?? []).toString(), manifestOf('manifest', '2.0.0'))
  assert.deepEqual([...after.keys()], [...before.keys()])
  for (const [path, bytes] of before) if (path !== manifestFile) assert.deepEqual(after.get(path), bytes, path)
  assert.equal(
    parseManifest((await filesOf('1.0.0')).get(manifestFile) ?? Buffer.alloc(0)).get('Bundle-Version'),
    '1.0.0',
  )
})

test('content whose manifest has the version is kept byte by byte', async () => {
  const { key, put, save } = await uploaded('bytes')
  await put('1.0.1', 'changed')
  const upload = (await service.call('GET', `${key()}/$value`)).bytes
  assert.equal((await save('1.0.1')).status, 200)
  assert.equal((await save('1.0.1')).status, 200)
  assert.deepEqual((await service.call('GET', `${key('1.0.1')}/$value`)).bytes, upload)
})

test('a version that exists with other content is left alone', async () => {
  const { greeting, put, save } = await uploaded('taken')
  await put('1.0.0', 'changed')
  const { status, json } = await save('1.0.0')
  assert.equal(status, 409)
  assert.match(json.error.message.value, /found "1\.0\.0" with other content\. Save it as another version\./)
  assert.equal((await save('1.0.1')).status, 200)
  assert.deepEqual([await greeting('1.0.0'), await greeting('1.0.1')], ['created', 'changed'])
})

for (const version of ['', 'active', '1.0.x', 'a', '1..0', '1.0.0.0.0', '-1', "1'' or ''", '1'.repeat(99)])
  test(`"${version}" is no version to save as`, async () => {
    const path = `IntegrationDesigntimeArtifactSaveAsVersion?Id='kept'&SaveAsVersion='${encodeURIComponent(version)}'`
    assert.equal((await service.call('POST', path)).status, 400)
  })

test('whoever saves as a version needs an artifact of the kind, and the role', async () => {
  const { save } = await uploaded('roles')
  for (const name of ['ScriptCollection', 'MessageMapping', 'ValueMapping']) {
    const path = `${name}DesigntimeArtifactSaveAsVersion?Id='roles'&SaveAsVersion='1.0.1'`
    assert.equal((await service.call('POST', path)).status, 404, name)
  }
  const path = "IntegrationDesigntimeArtifactSaveAsVersion?Id='roles'&SaveAsVersion='1.0.1'"
  assert.equal((await service.call('POST', path, { headers: { authorization: 'Bearer reader' } })).status, 403)
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifactSaveAsVersion?Id=%27roles%27')).status, 400)
  assert.equal((await save('1.0.4.Final-1')).json.d.Version, '1.0.4.Final-1')
})

test('a draft is shown as Active until it is saved as a version or uploaded', async () => {
  const { greeting, versions, put, save } = await uploaded('draft')
  await put('1.0.5', 'uploaded')
  assert.equal(await put('1.0.5', 'draft', '?SaveAsDraft=true'), 200)
  assert.deepEqual([await versions(), await versions('')], [['Active', '1.0.5', '1.0.0'], ['Active']])
  assert.deepEqual([await greeting('1.0.5'), await greeting('Active')], ['uploaded', 'draft'])
  const active = `IntegrationDesigntimeArtifacts?$filter=Id eq 'draft' and Version eq 'Active'`
  assert.equal((await service.call('GET', active)).json.d.results.length, 1)
  assert.equal((await service.store.artifacts.find('draft'))?.isDraft, true)
  assert.equal((await save('1.0.6')).json.d.Version, '1.0.6')
  assert.deepEqual(await versions(), ['1.0.6', '1.0.5', '1.0.0'])
  await put('1.0.6', 'draft again', '?SaveAsDraft=true')
  assert.equal(await put('1.0.7', 'uploaded again'), 200)
  assert.deepEqual(await versions(), ['1.0.7', '1.0.6', '1.0.5', '1.0.0'])
})

test('a change of a resource or a name is no draft, unless it is saved as one', async () => {
  const { key, versions } = await uploaded('resource')
  const body = { Name: 'a.groovy', ResourceType: 'groovy', ResourceContent: base64(Buffer.from('x')) }
  assert.equal((await service.call('POST', `${key()}/Resources`, { body })).status, 201)
  assert.deepEqual(await versions(''), ['1.0.0'])
  const links = `${key()}/$links/Resources(Name='a.groovy',ResourceType='groovy')?SaveAsDraft=true`
  assert.equal((await service.call('PUT', links, { body })).status, 200)
  assert.equal((await service.call('PUT', key(), { body: { Name: 'N' } })).status, 200)
  assert.deepEqual(await versions(''), ['Active'])
})

test('only what is current can be changed; a saved version can be deleted alone', async () => {
  const { key, put, save, versions } = await uploaded('old')
  await save('1.0.1')
  const body = { ParameterValue: 'x', DataType: 'xsd:string' }
  const resource = { Name: 'a.groovy', ResourceType: 'groovy', ResourceContent: '' }
  for (const [method, path, sent] of [
    ['PUT', key('1.0.0'), { Name: 'N' }],
    ['PUT', `${key('1.0.0')}/$links/Configurations('Greeting')`, body],
    ['POST', `${key('1.0.0')}/Resources`, resource],
  ] as const) {
    const { status, json } = await service.call(method, path, { body: sent })
    assert.equal(status, 400, path)
    assert.match(json.error.message.value, /found the saved version "1\.0\.0": change "old" as Version 'active'/)
  }
  assert.equal((await service.call('DELETE', key('1.0.0'))).status, 200)
  assert.deepEqual(await versions(), ['1.0.1'])
  assert.equal(await put('1.0.2', 'x'), 200)
  assert.equal((await service.call('DELETE', key('1.0.2'))).status, 200)
  assert.deepEqual(await versions(), [])
})

test('a deployment is of the version that is asked for, with the values configured then', async () => {
  const { key, save } = await uploaded('deployed')
  const configure = (value: string) =>
    service.call('PUT', `${key()}/$links/Configurations('Greeting')`, { body: { ParameterValue: value } })
  await configure('one')
  await save('1.0.1')
  await configure('two')
  for (const [version, value] of [
    ['1.0.1', 'two'],
    ['1.0.0', 'created'],
    ['active', 'two'],
  ] as const) {
    const path = `DeployIntegrationDesigntimeArtifact?Id=%27deployed%27&Version=%27${version}%27`
    const { status } = await service.call('POST', path, { body: 'null' })
    assert.equal(status, 202, version)
    const { configurations } = service.deployer.deployed.at(-1) ?? assert.fail('a deployment')
    assert.equal(configurations.get('Greeting') ?? 'created', value)
    const runtime = (await service.call('GET', "IntegrationRuntimeArtifacts('deployed')")).json.d
    assert.equal(runtime.Version, version === 'active' ? '1.0.1' : version)
  }
  const missing = "DeployIntegrationDesigntimeArtifact?Id='deployed'&Version='3.0.0'"
  assert.equal((await service.call('POST', missing)).status, 404)
})

test('beyond the limit the oldest versions are deleted', async () => {
  const { versions, save } = await uploaded('many')
  for (const version of ['2', '3', '4', '5', '6', '7']) assert.equal((await save(version)).status, 200)
  assert.deepEqual(await versions(), ['7', '6', '5', '4', '3'])
})

for (const kind of ['ScriptCollection', 'MessageMapping', 'ValueMapping'] as const)
  test(`a ${kind} has versions, too`, async () => {
    const manifest = `Bundle-SymbolicName: V${kind}\r\nBundle-Name: N\r\nBundle-Version: 1.0.0\r\nSAP-BundleType: ${kind}\r\n`
    const files = new Map([
      [manifestFile, Buffer.from(manifest)],
      ['value_mapping.xml', Buffer.from('<vm version="2.0"></vm>')],
    ])
    const content = base64(await writeArchive(files))
    const set = `${kind}DesigntimeArtifacts`
    const body = { Id: `V${kind}`, Name: 'N', PackageId: 'Pack', ArtifactContent: content }
    assert.equal((await service.call('POST', set, { body })).status, 201)
    const path = `${kind}DesigntimeArtifactSaveAsVersion?Id='V${kind}'&SaveAsVersion='1.0.1'`
    assert.deepEqual((await service.call('POST', path)).json.d.Version, '1.0.1')
    const { json } = await service.call('GET', `${set}?allVersions=true`)
    assert.deepEqual(
      json.d.results.map((row: { Version: string }) => row.Version),
      ['1.0.1', '1.0.0'],
    )
    const old = await service.call('GET', `${set}(Id='V${kind}',Version='1.0.0')/$value`)
    assert.deepEqual(base64(old.bytes), content)
  })

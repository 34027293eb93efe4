import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openBundle, parseProperties } from '@sluice/iflow'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
})
beforeEach(async () => {
  await service.call('DELETE', flow)
  const body = { Name: 'Hello!', Id: 'hello', PackageId: 'Pack', ArtifactContent: base64(await helloArchive()) }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
})
after(() => service.close())

const manifest = 'META-INF/MANIFEST.MF'
const flow = "IntegrationDesigntimeArtifacts(Id='hello',Version='active')"
const text = (id: string, version = '1.0.0', type = 'IntegrationFlow') =>
  `Manifest-Version: 1.0\r\nBundle-SymbolicName: ${id}; singleton:=true\r\nBundle-Name: Name of ${id}\r\n` +
  `Bundle-Version: ${version}\r\nSAP-BundleType: ${type}\r\n\r\n`

async function upload(id: string, changes: Readonly<Record<string, string>> = {}) {
  const ArtifactContent = base64(await helloArchive({ [manifest]: text(id), ...changes }))
  const body = { Id: id, PackageId: 'Pack', ArtifactContent }
  return service.call('POST', 'IntegrationDesigntimeArtifacts', { body })
}

test('an uploaded artifact is found by active in any case and by its number', async () => {
  await service.call('DELETE', flow)
  const content = await helloArchive()
  const body = { Name: 'Hello!', Id: 'hello', PackageId: 'Pack', ArtifactContent: base64(content) }
  const created = await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })
  assert.equal(created.status, 201)
  const { d } = created.json
  assert.deepEqual(
    [d.Id, d.Version, d.PackageId, d.Name, d.Sender, d.ArtifactContent, d.CreatedBy],
    ['hello', '1.0.0', 'Pack', 'Hello!', 'Caller', null, 'developer'],
  )
  assert.equal(d.Description, 'Answers every call to /http/hello with a greeting')
  assert.equal(
    d.__metadata.uri,
    "https://tenant.example/api/v1/IntegrationDesigntimeArtifacts(Id='hello',Version='1.0.0')",
  )
  for (const version of ['active', 'Active', 'ACTIVE', '1.0.0']) {
    const key = `IntegrationDesigntimeArtifacts(Version='${version}',Id='hello')`
    assert.equal((await service.call('GET', key)).status, 200, version)
  }
  const missing = await service.call('GET', "IntegrationDesigntimeArtifacts(Id='hello',Version='2.0.0')")
  assert.equal(missing.status, 404)
  assert.deepEqual(missing.json.error.code, 'Not Found')
  assert.equal(missing.json.error.message.value, 'Integration design time artifact not found')
})

test('the download is the upload, byte by byte', async () => {
  const content = await helloArchive()
  const { status, headers, bytes } = await service.call('GET', `${flow}/$value`, { headers: { accept: '*/*' } })
  assert.deepEqual([status, headers['content-type']], [200, 'application/zip'])
  assert.equal(headers['content-disposition'], 'attachment; filename=hello.zip')
  assert.deepEqual(bytes, Buffer.from(content))
})

test('the three updates of real clients change content, version and name', async () => {
  const changed = base64(await helloArchive({ [manifest]: text('hello', '1.0.1') }))
  const properties = async () => {
    const { d } = (await service.call('GET', flow)).json
    return [d.Version, d.Name]
  }
  const put = (body: unknown) => service.call('PUT', flow, { body })
  assert.deepEqual(
    [(await put({ ArtifactContent: changed })).status, await properties()],
    [200, ['1.0.1', 'Name of hello']],
  )
  await put({ Name: 'Other', ArtifactContent: changed })
  assert.deepEqual(await properties(), ['1.0.1', 'Other'])
  const again = base64(await helloArchive({ [manifest]: text('hello', '1.0.2') }))
  await put({ Version: 'active', Id: 'hello', ArtifactContent: again })
  assert.deepEqual(await properties(), ['1.0.2', 'Name of hello'])
  await put({ Name: 'Only the name' })
  assert.deepEqual(await properties(), ['1.0.2', 'Only the name'])
  assert.equal((await service.call('GET', `${flow}/Name/$value`)).text, 'Only the name')
})

test('PATCH changes what it mentions', async () => {
  const before = (await service.call('GET', flow)).json.d
  const { status } = await service.call('PATCH', flow, { body: { Name: 'By PATCH' } })
  const { Name, Version } = (await service.call('GET', flow)).json.d
  assert.deepEqual([status, Name, Version], [200, 'By PATCH', before.Version])
})

test('configured values are listed, changed, downloaded and survive an update', async () => {
  const prop = 'src/main/resources/parameters.prop'
  await upload('configured', { [prop]: '#c\nGreeting=Hello\nMy\\ Key=a\\:b\n' })
  const path = "IntegrationDesigntimeArtifacts(Id='configured',Version='active')"
  const list = async () => {
    const { d } = (await service.call('GET', `${path}/Configurations`)).json
    return d.results.map((row: Record<string, string>) => [row.ParameterKey, row.ParameterValue, row.DataType])
  }
  assert.deepEqual(await list(), [
    ['Greeting', 'Hello', 'xsd:string'],
    ['My Key', 'a:b', 'xsd:string'],
  ])
  assert.equal((await service.call('GET', `${path}/Configurations/$count`)).text, '2')
  assert.equal(
    (await service.call('GET', `${path}/Configurations/$count?$filter=ParameterKey eq 'Greeting'`)).text,
    '1',
  )
  assert.equal((await service.call('GET', `${path}/Configurations('My%20Key')`)).json.d.ParameterValue, 'a:b')

  const links = `${path.replace('active', '1.0.0')}/$links/Configurations`
  const body = { ParameterValue: 'c=d', DataType: 'xsd:string' }
  assert.equal((await service.call('PUT', `${links}('My%20Key')`, { body })).status, 202)
  assert.equal((await service.call('PUT', `${links}('Other')`, { body })).status, 404)
  for (const bad of ['', '{}', '{"ParameterValue":null}', '{"ParameterValue":5}']) {
    assert.equal((await service.call('PUT', `${links}('Greeting')`, { body: bad })).status, 400, bad)
  }
  assert.equal((await service.call('PUT', links, { body })).status, 405)

  const downloaded = async () => {
    const { bytes } = await service.call('GET', `${path}/$value`)
    const files = await readArchive(bytes)
    return Object.fromEntries(parseProperties(files.get(prop) ?? new Uint8Array()))
  }
  assert.deepEqual(await downloaded(), { Greeting: 'Hello', 'My Key': 'c=d' })

  const changes = { [manifest]: text('configured', '2.0.0'), [prop]: 'My\\ Key=new\nAdded=x\n' }
  const ArtifactContent = base64(await helloArchive(changes))
  await service.call('PUT', path, { body: { ArtifactContent } })
  assert.deepEqual(await list(), [
    ['Greeting', '', 'xsd:string'],
    ['My Key', 'c=d', 'xsd:string'],
    ['Added', 'x', 'xsd:string'],
  ])
  assert.deepEqual(await downloaded(), { 'My Key': 'c=d', Added: 'x' })
})

test('without content a skeleton is made that opens as an artifact', async () => {
  const body = { Id: 'Fresh', Name: 'Fresh & new', PackageId: 'Pack' }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
  const { bytes } = await service.call('GET', "IntegrationDesigntimeArtifacts(Id='Fresh',Version='active')/$value")
  const { bundle, diagnostics } = openBundle(await readArchive(bytes))
  assert.deepEqual(diagnostics, [])
  assert.deepEqual([bundle?.id, bundle?.name, bundle?.version], ['Fresh', 'Fresh & new', '1.0.0'])
  assert.equal(
    (await service.call('GET', "IntegrationDesigntimeArtifacts(Id='Fresh',Version='active')/Configurations/$count"))
      .text,
    '0',
  )
})

test('an upload that cannot be used is refused with what is wrong', async () => {
  const bomb = await writeArchive(new Map([['a', new Uint8Array(2_000_000)]]))
  const escaping = Buffer.from(
    await writeArchive(new Map([['aa/x', new Uint8Array(1)]])).then(bytes => Buffer.from(bytes)),
  )
  const unsafe = Buffer.from(escaping.toString('latin1').replaceAll('aa/x', '../x'), 'latin1')
  const cases: readonly (readonly [title: string, content: string, code: string, message: RegExp])[] = [
    ['not base64', '%%%', 'not-base64', /in base64/],
    ['not a zip', base64(Buffer.from('no zip')), 'not-a-zip', /zip archive, found 6 bytes/],
    ['a bomb', base64(bomb), 'archive-bomb', /compression ratio/],
    ['a path that leaves the archive', base64(unsafe), 'unsafe-path', /paths inside the archive/],
    ['no manifest', base64(await helloArchive({ [manifest]: undefined })), 'no-manifest', /META-INF\/MANIFEST.MF/],
    ['another Id', base64(await helloArchive()), 'wrong-id', /Id to be "Bad", found "hello"/],
    [
      'another type',
      base64(await helloArchive({ [manifest]: text('Bad', '1', 'ValueMapping') })),
      'wrong-type',
      /found "ValueMapping"/,
    ],
  ]
  for (const [title, ArtifactContent, code, message] of cases) {
    const body = { Id: 'Bad', PackageId: 'Pack', ArtifactContent }
    const { status, json } = await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })
    assert.deepEqual([status, json.error.code, json.error.innererror.code], [400, 'Bad Request', code], title)
    assert.match(json.error.message.value, message, title)
  }
  const body = { PackageId: 'Nothing', Id: 'Bad' }
  const { status, json } = await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })
  assert.deepEqual([status, json.error.message.value], [400, 'Expected "PackageId" to name a package, found "Nothing"'])
  const wrong = await service.call('PUT', flow, {
    body: { ArtifactContent: base64(await helloArchive({ [manifest]: text('x') })) },
  })
  assert.equal(wrong.json.error.innererror.code, 'wrong-id')
})

test('an Id is taken once', async () => {
  assert.equal((await upload('Once')).status, 201)
  assert.equal((await upload('Once')).status, 409)
})

test('a deleted artifact is gone', async () => {
  await upload('Gone')
  const path = "IntegrationDesigntimeArtifacts(Id='Gone',Version='active')"
  assert.equal((await service.call('DELETE', path)).status, 200)
  for (const url of [path, `${path}/$value`, `${path}/Configurations`]) {
    assert.equal((await service.call('GET', url)).status, 404, url)
  }
})

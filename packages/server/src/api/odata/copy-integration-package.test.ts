import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseManifest, parseProperties, readPackage } from '@sluice/iflow'
import { readArchive } from '../../runtime/archive.ts'
import { ownResource, packaged, packageZip, plainArtifact } from './testing/test-package.ts'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  const files = { 'src/main/resources/script/a.groovy': 'x' }
  const headers = 'Provide-Capability: scriptcollection.scripts;version:Version="1.0.0"\r\n'
  const scripts = await plainArtifact('ScriptCollection', 'scripts', files, headers)
  const zip = await packageZip(
    ownResource('Sales', { shortText: ['s'] }),
    packaged('IFlow', 'f', { uniqueId: 'hello', content: await helloArchive() }),
    packaged('ScriptCollection', 's', { uniqueId: 'scripts', content: scripts }),
    packaged('File', 'd', { content: Buffer.from('text') }),
  )
  const body = { PackageContent: base64(zip) }
  assert.equal((await service.call('POST', 'IntegrationPackages', { body })).status, 201)
  await configure('hello', 'Hi')
})
after(() => service.close())

const flow = (id: string) => `IntegrationDesigntimeArtifacts(Id='${id}',Version='active')`
const configure = (id: string, ParameterValue: string) =>
  service.call('PUT', `${flow(id)}/$links/Configurations('Greeting')`, { body: { ParameterValue } })
const copy = (query: string) => service.call('POST', `CopyIntegrationPackage?${query}`)
const download = async (path: string) => readArchive((await service.call('GET', `${path}/$value`)).bytes)
const greeting = async (id: string) =>
  (await service.call('GET', `${flow(id)}/Configurations('Greeting')`)).json.d.ParameterValue

test('a copy has the suffix in its ID and name, and in those of its artifacts', async () => {
  const copied = await copy("Id='Sales'&ImportMode='CREATE_COPY'&Suffix='B'")
  assert.equal(copied.status, 201, copied.text)
  const { Id, Name, ShortText } = copied.json.d
  assert.deepEqual({ Id, Name, ShortText }, { Id: 'Sales.B', Name: 'Name of own.B', ShortText: 's' })
  assert.equal(copied.headers.location, "https://tenant.example/api/v1/IntegrationPackages('Sales.B')")

  const [before, after] = [await download(flow('hello')), await download(flow('hello.B'))]
  const [old, manifest] = [before, after].map(files =>
    parseManifest(files.get('META-INF/MANIFEST.MF') ?? new Uint8Array()),
  )
  assert.deepEqual(
    [manifest?.get('Bundle-SymbolicName'), manifest?.get('Bundle-Name'), manifest?.get('Import-Package')],
    ['hello.B; singleton:=true', 'Name of f.B', old?.get('Import-Package')],
  )
  for (const [path, data] of before) if (!path.endsWith('MANIFEST.MF')) assert.deepEqual(after.get(path), data, path)
  const parameters = parseProperties(after.get('src/main/resources/parameters.prop') ?? new Uint8Array())
  assert.equal(parameters.get('Greeting'), 'Hi', 'configured values are part of the copy')

  const scripts = await download("ScriptCollectionDesigntimeArtifacts(Id='scripts.B',Version='active')")
  const provided = parseManifest(scripts.get('META-INF/MANIFEST.MF') ?? new Uint8Array()).get('Provide-Capability')
  assert.equal(provided, 'scriptcollection.scripts.B;version:Version="1.0.0"')
  const exported = readPackage(await download("IntegrationPackages('Sales.B')"))
  assert.ok(!('code' in exported))
  assert.deepEqual(
    exported.map(({ type, uniqueId }) => [type, uniqueId]),
    [
      ['ContentPackage', 'Sales.B'],
      ['IFlow', 'hello.B'],
      ['ScriptCollection', 'scripts.B'],
      ['File', 'unique d'],
    ],
  )
  assert.equal(new Set(exported.map(({ id }) => id)).size, 4)
  assert.equal((await copy("Id='Sales'&Suffix='B'")).status, 409)
})

test('a copy is overwritten from its source, with or without what is configured in it', async () => {
  assert.equal((await copy("Id='Sales'&Suffix='C'")).status, 201)
  await configure('hello.C', 'Moin')
  const merged = await copy("Id='Sales'&ImportMode='OVERWRITE_MERGE'&Suffix='C'")
  assert.deepEqual([merged.status, merged.json.d.Id, await greeting('hello.C')], [200, 'Sales.C', 'Moin'])
  const overwritten = await copy("Id='Sales'&ImportMode='OVERWRITE'&Suffix='C'")
  assert.deepEqual([overwritten.status, await greeting('hello.C')], [200, 'Hi'])
})

test('what cannot be copied is said', async () => {
  const cases: readonly (readonly [query: string, status: number, message: RegExp])[] = [
    ["Id='None'&Suffix='X'", 404, /found no "None"/],
    ["Id='Sales'", 409, /"Suffix" for the copy, as there is "Sales" already/],
    ["Id='Sales'&ImportMode='OVERWRITE'", 400, /no catalog here/],
    ["Id='Sales'&ImportMode='toString'&Suffix='X'", 400, /one of CREATE_COPY, OVERWRITE, OVERWRITE_MERGE/],
    ["Id='Sales'&Suffix='a/b'", 400, /"Suffix" to be/],
    [`Id='Sales'&Suffix='${'x'.repeat(150)}'`, 400, /"Id" to be/],
  ]
  for (const [query, status, message] of cases) {
    const answer = await copy(query)
    assert.equal(answer.status, status, query)
    assert.match(answer.json.error.message.value, message)
  }
})

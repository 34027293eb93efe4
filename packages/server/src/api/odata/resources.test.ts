import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
})
after(() => service.close())

const root = 'src/main/resources'
const b64 = (text: string) => Buffer.from(text).toString('base64')

/** Uploads the example flow as `id` with more files, and gives its path. */
async function uploadFlow(id: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const manifest = `Bundle-SymbolicName: ${id}\r\nBundle-Name: ${id}\r\nBundle-Version: 1.0.0\r\nSAP-BundleType: IntegrationFlow\r\n`
  const content = await helloArchive({ 'META-INF/MANIFEST.MF': manifest, ...files })
  const body = { Id: id, PackageId: 'Pack', ArtifactContent: base64(content) }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
  return `IntegrationDesigntimeArtifacts(Id='${id}',Version='active')`
}

async function names(path: string): Promise<string[]> {
  const { json } = await service.call('GET', path)
  return json.d.results.map((row: Record<string, string>) => `${row.ResourceType} ${row.Name}`)
}

async function filesOf(artifact: string) {
  return readArchive((await service.call('GET', `${artifact}/$value`)).bytes)
}

test('resources are listed, filtered, sorted, counted and read by their names', async () => {
  const flow = await uploadFlow('listed', {
    [`${root}/script/a b.groovy`]: 'groovy',
    [`${root}/script/old.gsh`]: 'gsh',
    [`${root}/script/x.js`]: 'js',
    [`${root}/mapping/m.mmap`]: 'mmap',
    [`${root}/mapping/o.opmap`]: 'opmap',
    [`${root}/mapping/s.XSL`]: 'xsl',
    [`${root}/mapping/t.xslt`]: 'xslt',
    [`${root}/xsd/Order.xsd`]: 'schema',
    [`${root}/wsdl/Order.xsd`]: 'schema of a WSDL',
    [`${root}/wsdl/types/Item.xsd`]: 'deep',
    [`${root}/wsdl/Order.wsdl`]: 'wsdl',
    [`${root}/edmx/E.edmx`]: 'edmx',
    [`${root}/json/J.json`]: 'json',
    [`${root}/lib/l.jar`]: 'jar',
    [`${root}/script/notes.txt`]: 'none of them',
    'json/elsewhere.json': 'none of them',
  })
  const all = `edmx E.edmx,json J.json,jar l.jar,mmap m.mmap,opmap o.opmap,xslt s.XSL,xslt t.xslt,groovy a b.groovy,
    groovy old.gsh,js x.js,wsdl Order.wsdl,xsd Order.xsd,xsd types/Item.xsd,xsd Order.xsd`
  assert.deepEqual(await names(`${flow}/Resources`), all.split(/,\s*/))
  assert.equal((await service.call('GET', `${flow}/Resources/$count`)).text, '14')
  const filter = "$filter=substringof('Order',Name) eq true and ResourceType ne 'wsdl'"
  assert.deepEqual(await names(`${flow}/Resources?${filter}`), ['xsd Order.xsd', 'xsd Order.xsd'])
  assert.equal((await service.call('GET', `${flow}/Resources/$count?${filter}`)).text, '2')
  const sorted = await names(
    `${flow}/Resources?$orderby=ResourceType desc,Name&$top=2&$select=Name&$select=ResourceType`,
  )
  assert.deepEqual(sorted, ['xslt s.XSL', 'xslt t.xslt'])

  const key = `${flow}/Resources(Name='a%20b.groovy',ResourceType='groovy')`
  const { d } = (await service.call('GET', key)).json
  const shown = [
    d.Name,
    d.ResourceType,
    d.ReferencedResourceType,
    d.ResourceSize,
    d.ResourceSizeUnit,
    d.ResourceContent,
  ]
  assert.deepEqual(shown, ['a b.groovy', 'groovy', '', '6', 'B', null])
  const value = await service.call('GET', `${key}/$value`)
  assert.deepEqual([value.status, value.text], [200, 'groovy'])
  assert.equal(value.headers['content-disposition'], `attachment; filename="a b.groovy"; filename*=UTF-8''a%20b.groovy`)
  const deep = `${flow}/Resources(ResourceType='xsd',Name='types%2FItem.xsd')/$value`
  assert.equal((await service.call('GET', deep)).text, 'deep')
  const schema = `${flow}/Resources(Name='Order.xsd',ResourceType='xsd')/$value`
  assert.equal((await service.call('GET', `${schema}?ReferencedResourceType=wsdl`)).text, 'schema of a WSDL')
  assert.equal((await service.call('GET', `${schema}?ReferencedResourceType=`)).text, 'schema')
  const expanded = (await service.call('GET', `${flow}?$expand=Resources,Configurations&$select=Id`)).json.d
  assert.deepEqual([expanded.Resources.results.length, expanded.Configurations.results.length], [14, 1])
  for (const missing of ["Name='a b.groovy',ResourceType='js'", "Name='none.js',ResourceType='js'"]) {
    assert.equal((await service.call('GET', `${flow}/Resources(${missing})`)).status, 404, missing)
  }
  assert.equal((await service.call('GET', 'Resources')).status, 404)
})

test('a resource is added, replaced and deleted, and every other file stays as it was, in its order', async () => {
  const flow = await uploadFlow('edited', { [`${root}/script/old.groovy`]: 'old' })
  const before = await filesOf(flow)
  const body = { Name: 'Convert1.xsl', ResourceType: 'xslt', ResourceContent: b64('one') }
  const created = await service.call('POST', `${flow}/Resources`, { body })
  assert.deepEqual([created.status, created.json.d.Name, created.json.d.ResourceSize], [201, 'Convert1.xsl', '3'])
  const links = `${flow}/$links/Resources(Name='Convert1.xsl',ResourceType='xslt')`
  assert.equal((await service.call('PUT', links, { body: { ResourceContent: b64('two') } })).status, 200)
  const path = `${root}/mapping/Convert1.xsl`
  assert.deepEqual([...(await filesOf(flow))], [...before, [path, Buffer.from('two')]])
  const old = `${flow}/$links/Resources(Name='old.groovy',ResourceType='groovy')`
  assert.equal((await service.call('PUT', old, { body: { ResourceContent: '' } })).status, 200)
  assert.equal((await service.call('DELETE', links)).status, 200)
  const changed = new Map(before).set(`${root}/script/old.groovy`, Buffer.from(''))
  assert.deepEqual([...(await filesOf(flow))], [...changed])
  assert.equal((await service.call('DELETE', links)).status, 404)
  assert.equal((await service.call('PUT', links, { body: { ResourceContent: b64('two') } })).status, 404)
  assert.deepEqual((await service.call('GET', flow)).json.d.Version, '1.0.0')
})

test('a schema of a WSDL goes beside it', async () => {
  const flow = await uploadFlow('schemas')
  const body = { Name: 'A.xsd', ResourceType: 'xsd', ResourceContent: b64('x') }
  for (const ReferencedResourceType of ['wsdl', '', null]) {
    const { status } = await service.call('POST', `${flow}/Resources`, { body: { ...body, ReferencedResourceType } })
    assert.equal(status, ReferencedResourceType === null ? 409 : 201)
  }
  const paths = [...(await filesOf(flow)).keys()].filter(path => path.endsWith('A.xsd'))
  assert.deepEqual(paths, [`${root}/wsdl/A.xsd`, `${root}/xsd/A.xsd`])
  const links = `${flow}/$links/Resources(Name='A.xsd',ResourceType='xsd')?ReferencedResourceType=wsdl`
  assert.equal((await service.call('DELETE', links)).status, 200)
  const { d } = (await service.call('GET', `${flow}/Resources(Name='A.xsd',ResourceType='xsd')`)).json
  assert.equal(d.ReferencedResourceType, '')
})

const good = { Name: 'a.groovy', ResourceType: 'groovy', ResourceContent: b64('x') }

const refused: readonly [name: string, body: unknown, status: number, message: RegExp][] = [
  ['a name that is taken', { ...good, Name: 'taken.groovy' }, 409, /"taken.groovy"/],
  ['no name', { ...good, Name: undefined }, 400, /"Name"/],
  ['no type', { ...good, ResourceType: null }, 400, /"ResourceType"/],
  ['an unknown type', { ...good, ResourceType: 'txt' }, 400, /one of edmx, groovy/],
  ['a type that every object has', { ...good, ResourceType: 'constructor' }, 400, /one of edmx, groovy/],
  ['a name of another type', { ...good, Name: 'a.js' }, 400, /ends in \.groovy or \.gsh, found "a\.js"/],
  ['a name that leaves the folder', { ...good, Name: '../../../x.groovy' }, 400, /a file name/],
  ['an absolute name', { ...good, Name: '/x.groovy' }, 400, /a file name/],
  ['a name with a backslash', { ...good, Name: '..\\x.groovy' }, 400, /a file name/],
  ['a name with a control character', { ...good, Name: 'a\u0007.groovy' }, 400, /a file name/],
  ['a name that is too long', { ...good, Name: `${'a'.repeat(250)}.groovy` }, 400, /255 characters/],
  ['a reference of no schema', { ...good, ReferencedResourceType: 'wsdl' }, 400, /"ReferencedResourceType"/],
  ['no content', { ...good, ResourceContent: null }, 400, /"ResourceContent"/],
  ['content that is not base64', { ...good, ResourceContent: '?' }, 400, /"ResourceContent" in base64/],
  ['no body', '', 400, /an empty body/],
]

test('what cannot be a resource is refused, and changes nothing', async () => {
  const flow = await uploadFlow('refusing', { [`${root}/script/taken.groovy`]: 'x' })
  const before = (await service.call('GET', `${flow}/$value`)).bytes
  for (const [name, body, status, message] of refused) {
    const answer = await service.call('POST', `${flow}/Resources`, { body })
    assert.equal(answer.status, status, name)
    assert.match(answer.json.error.message.value, message, name)
  }
  const none = "IntegrationDesigntimeArtifacts(Id='none',Version='active')"
  assert.equal((await service.call('POST', `${none}/Resources`, { body: good })).status, 404)
  assert.equal((await service.call('POST', `${flow}/$links/Resources`, { body: good })).status, 405)
  assert.equal((await service.call('PUT', `${flow}/Resources(Name='a',ResourceType='js')`, { body: {} })).status, 405)
  const reader = { authorization: 'Bearer reader' }
  assert.equal((await service.call('POST', `${flow}/Resources`, { body: good, headers: reader })).status, 403)
  assert.equal((await service.call('GET', `${flow}/Resources`, { headers: reader })).status, 200)
  assert.deepEqual((await service.call('GET', `${flow}/$value`)).bytes, before)
})

test('a resource that no archive may hold is refused, and not found out later', async () => {
  const flow = await uploadFlow('bomb')
  const body = { ...good, ResourceContent: Buffer.alloc(1_500_000).toString('base64') }
  const { json, status } = await service.call('POST', `${flow}/Resources`, {
    body: { ...body, ResourceContent: Buffer.alloc(700_000).toString('base64') },
  })
  assert.equal(status, 201, JSON.stringify(json))
  assert.equal((await service.call('POST', `${flow}/Resources`, { body })).status, 413)
})

for (const kind of ['ScriptCollection', 'MessageMapping'] as const)
  test(`a ${kind} has resources, too`, async () => {
    const manifest = `Bundle-SymbolicName: My${kind}\r\nBundle-Name: N\r\nBundle-Version: 1.0.0\r\nSAP-BundleType: ${kind}\r\n`
    const content = await writeArchive(new Map([['META-INF/MANIFEST.MF', Buffer.from(manifest)]]))
    const upload = { Id: `My${kind}`, Name: 'N', PackageId: 'Pack', ArtifactContent: base64(content) }
    assert.equal((await service.call('POST', `${kind}DesigntimeArtifacts`, { body: upload })).status, 201)
    const artifact = `${kind}DesigntimeArtifacts(Id='My${kind}',Version='active')`
    assert.deepEqual(await names(`${artifact}/Resources`), [])
    assert.equal((await service.call('POST', `${artifact}/Resources`, { body: good })).status, 201)
    assert.deepEqual(await names(`${artifact}/Resources`), ['groovy a.groovy'])
    const links = `${artifact}/$links/Resources(Name='a.groovy',ResourceType='groovy')`
    assert.equal((await service.call('DELETE', links)).status, 200)
    assert.deepEqual((await service.call('GET', `${artifact}/$value`)).status, 200)
  })

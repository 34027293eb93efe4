import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base64, helloArchive, startTestService, type TestCall, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack <&>' } })
})
after(() => service.close())

const basic = { authorization: `Basic ${btoa('developer:secret')}` }

/** What each resource takes (RFC 9110 section 15.5.6). */
const offers: readonly (readonly [method: string, path: string, allow: string])[] = [
  ['DELETE', 'IntegrationPackages', 'GET, HEAD, POST'],
  ['POST', "IntegrationPackages('Pack')", 'GET, HEAD, PUT, PATCH, MERGE, DELETE'],
  ['POST', 'AccessPolicies(1)', 'GET, HEAD, PATCH, MERGE, DELETE'],
  ['POST', "CertificateResources('41')/$value", 'GET, HEAD, PUT'],
  ['DELETE', 'AccessPolicies(1)/ArtifactReferences', 'GET, HEAD, POST'],
  ['POST', 'AccessPolicies(1)/$links/ArtifactReferences', 'GET, HEAD'],
  ['DELETE', "IntegrationPackages('Pack')/$links/CustomTags('t')", 'GET, HEAD, PUT'],
  ['PUT', "IntegrationPackages('Pack')/Name", 'GET, HEAD'],
  ['PUT', 'MessageProcessingLogs', 'GET, HEAD'],
  ['POST', '$metadata', 'GET, HEAD'],
  ['GET', '$batch', 'POST'],
]

for (const [method, path, allow] of offers) {
  test(`${method} ${path} is answered with what is allowed: ${allow}`, async () => {
    const { status, headers, json } = await service.call(method, path, {
      headers: { authorization: 'Bearer everybody' },
    })
    assert.deepEqual([status, headers.allow], [405, allow])
    assert.equal(json.error.message.value, `Expected ${allow} for this resource, found ${method}`)
  })
}

test('without an Accept for JSON everything is Atom, with the prefixes that readers look for', async () => {
  for (const accept of ['', '*/*', 'application/atom+xml', 'text/html']) {
    const { headers, text } = await service.call('GET', 'IntegrationPackages', { headers: { accept } })
    assert.match(String(headers['content-type']), /^application\/atom\+xml;type=feed/)
    assert.match(text, /<d:Id>Pack<\/d:Id><d:Name>Pack &lt;&amp;&gt;<\/d:Name>/)
  }
  for (const call of [{ headers: { accept: 'application/json, text/plain, */*' } }, {}] satisfies TestCall[]) {
    const { headers } = await service.call('GET', 'IntegrationPackages', call)
    assert.equal(headers['content-type'], 'application/json;charset=utf-8')
  }
  const only = "IntegrationPackages?$filter=Id eq 'Pack'&$format=json"
  const wins = await service.call('GET', only, { headers: { accept: 'application/xml' } })
  assert.equal(wins.json.d.results.length, 1)
})

/** `replace` that makes each `a` of a text ten. */
function nested(text: string, depth: number): string {
  return depth === 0 ? text : `replace(${nested(text, depth - 1)},'a','aaaaaaaaaa')`
}

const refusals: readonly (readonly [method: string, path: string, status: number])[] = [
  ['GET', "IntegrationPackages('Nothing')", 404],
  ['GET', 'Nothing', 404],
  ['GET', '$batch', 405],
  ['GET', "NumberRanges('x')/$value", 404],
  ['GET', "IntegrationPackages('Pack')/Nothing", 404],
  ['GET', 'IntegrationPackages(', 400],
  ['GET', "IntegrationPackages('%zz')", 400],
  ['OPTIONS', 'IntegrationPackages', 405],
  ['GET', 'IntegrationPackages?$top=x', 400],
  ['GET', 'IntegrationPackages?$format=yaml', 406],
  ['GET', `IntegrationPackages?$filter=${nested('Name', 9)} ne Id`, 400],
  ['GET', `IntegrationPackages?$filter=${nested("'a'", 9)} ne Id`, 400],
  ['POST', 'IntegrationPackages', 400],
  ['PUT', 'IntegrationPackages', 405],
  ['DELETE', 'IntegrationPackages', 405],
  ['POST', "IntegrationPackages('Pack')", 405],
  ['POST', '$metadata', 405],
  ['DELETE', "BuildAndDeployStatus(TaskId='x')", 405],
  ['POST', "IntegrationPackages('Pack')/IntegrationDesigntimeArtifacts", 405],
]

for (const [method, path, status] of refusals) {
  test(`${method} ${path} answers ${status}, in Atom and in JSON`, async () => {
    const json = await service.call(method, path)
    assert.equal(json.status, status)
    assert.deepEqual(Object.keys(json.json.error), ['code', 'message', 'innererror'])
    assert.equal(json.json.error.message.lang, 'en')
    const atom = await service.call(method, path, { headers: { accept: '*/*' } })
    assert.equal(atom.status, status)
    assert.match(atom.text, /<error xmlns="[^"]+metadata"><code>[A-Z][A-Za-z ]+<\/code><message xml:lang="en">/)
  })
}

test('the service document, metadata and the bare path answer, with and without a slash', async () => {
  for (const path of ['/api/v1', '/api/v1/', '/api/v1/?$format=json']) {
    assert.equal((await service.call('GET', path)).json.d.EntitySets.includes('IntegrationPackages'), true, path)
  }
  const xml = await service.call('GET', '/api/v1/', { headers: { accept: '*/*' } })
  assert.match(xml.text, /<collection href="IntegrationPackages">/)
  const metadata = await service.call('GET', '$metadata')
  assert.deepEqual([metadata.status, metadata.headers['content-type']], [200, 'application/xml;charset=utf-8'])
  assert.equal(metadata.headers.dataserviceversion, '2.0')
})

test('a body is read whatever its type is said to be', async () => {
  for (const type of [
    'application/json',
    'application/json;odata=verbose',
    'text/plain',
    'application/octet-stream',
    'x',
  ]) {
    const body = { Id: `T${type.replace(/\W/g, '')}`, Name: 'n' }
    const { status } = await service.call('POST', 'IntegrationPackages', { headers: { 'content-type': type }, body })
    assert.equal(status, 201, type)
  }
  const empty = { headers: { 'content-type': 'application/json', 'content-length': '0' } }
  assert.equal((await service.call('GET', "IntegrationPackages('Pack')", empty)).status, 200)
  assert.equal((await service.call('DELETE', "IntegrationPackages('Tx')", empty)).status, 202)
})

test('a body over the limit is refused', async () => {
  const body = { Id: 'Big', Name: 'x'.repeat(1_000_000) }
  const { status, json } = await service.call('POST', 'IntegrationPackages', { body })
  assert.deepEqual([status, json.error.innererror.code], [413, 'body-too-large'])
})

test('a caller without credentials, or with wrong ones, is refused with a challenge before the body is read', async () => {
  const headers = [
    { authorization: '' },
    { authorization: 'Bearer unknown' },
    { authorization: `Basic ${btoa('a:b')}` },
  ]
  for (const header of headers) {
    const {
      status,
      headers: answered,
      json,
    } = await service.call('POST', 'IntegrationPackages', {
      headers: header,
      body: 'x'.repeat(1_000_001),
    })
    assert.equal(status, 401)
    assert.match(String(answered['www-authenticate']), /Bearer realm="dev"/)
    assert.equal(json.error.code, 'Unauthorized')
  }
  const lower = await service.call('GET', 'IntegrationPackages', { headers: { authorization: 'bearer developer' } })
  assert.equal(lower.status, 200)
})

test('each operation needs its roles', async () => {
  const headers = { authorization: 'Bearer reader' }
  const allowed = [
    'IntegrationPackages',
    'MessageProcessingLogs',
    'IntegrationRuntimeArtifacts',
    'ServiceEndpoints',
    'NumberRanges',
  ]
  for (const path of allowed) assert.equal((await service.call('GET', path, { headers })).status, 200, path)
  const artifact = "IntegrationDesigntimeArtifacts(Id='x',Version='active')"
  const refused: readonly (readonly [method: string, path: string])[] = [
    ['POST', 'IntegrationPackages'],
    ['PUT', "IntegrationPackages('Pack')"],
    ['DELETE', "IntegrationPackages('Pack')"],
    ['POST', 'IntegrationDesigntimeArtifacts'],
    ['PUT', artifact],
    ['DELETE', artifact],
    ['PUT', `${artifact}/$links/Configurations('k')`],
    ['POST', "DeployIntegrationDesigntimeArtifact?Id='x'&Version='active'"],
    ['DELETE', "IntegrationRuntimeArtifacts('x')"],
    ['POST', 'NumberRanges'],
    ['PUT', "NumberRanges('x')"],
    ['DELETE', "NumberRanges('x')"],
  ]
  for (const [method, path] of refused) {
    const { status, headers: answered, json } = await service.call(method, path, { headers, body: {} })
    assert.equal(status, 403, `${method} ${path}`)
    assert.match(String(answered['www-authenticate']), /insufficient_scope/)
    assert.match(json.error.message.value, /^Expected role [\w.]+ of application devtmn, found that it is missing\.$/)
  }
  const nobody = { authorization: `Basic ${btoa('nobody:secret')}` }
  for (const path of allowed) assert.equal((await service.call('GET', path, { headers: nobody })).status, 403, path)
  assert.equal((await service.call('GET', '$metadata', { headers: nobody })).status, 200)
})

test('a change by Basic needs a CSRF token, one by Bearer does not', async () => {
  const body = { Id: 'Csrf', Name: 'n' }
  const refused = await service.call('POST', 'IntegrationPackages', { headers: basic, body })
  assert.deepEqual([refused.status, refused.headers['x-csrf-token']], [403, 'Required'])
  assert.equal(refused.json.error.message.value, 'CSRF token validation failed!')

  const fetched = await service.call('GET', '/api/v1/', { headers: { ...basic, 'x-csrf-token': 'Fetch' } })
  const token = String(fetched.headers['x-csrf-token'])
  const cookie = String(fetched.headers['set-cookie']).split(';')[0] ?? ''
  assert.equal(fetched.status, 200)
  const wrong = { ...basic, cookie, 'x-csrf-token': 'x' }
  assert.equal((await service.call('POST', 'IntegrationPackages', { headers: wrong, body })).status, 403)
  const right = { ...basic, cookie, 'x-csrf-token': token }
  assert.equal((await service.call('POST', 'IntegrationPackages', { headers: right, body })).status, 201)
})

test('HEAD with Fetch answers a token on every path, HEAD without it as GET without a body', async () => {
  const paths = [
    '',
    'IntegrationPackages/',
    "IntegrationPackages('Nothing')/",
    '$batch',
    "DeployIntegrationDesigntimeArtifact/?Id='x'",
  ]
  for (const path of paths) {
    const { status, headers, text } = await service.call('HEAD', path, {
      headers: { 'x-csrf-token': 'fetch', 'content-length': '0' },
    })
    assert.deepEqual([status, text], [200, ''], path)
    assert.match(String(headers['x-csrf-token']), /^[0-9A-F]{32}$/)
  }
  const plain = await service.call('HEAD', 'IntegrationPackages')
  assert.deepEqual([plain.status, plain.text], [200, ''])
  assert.equal((await service.call('HEAD', "DeployIntegrationDesigntimeArtifact?Id='x'")).status, 200)
  assert.equal((await service.call('HEAD', "IntegrationPackages('Nothing')")).status, 404)
})

test('a token that comes with a 404 is a token', async () => {
  const headers = { 'x-csrf-token': 'Fetch' }
  const { status, headers: answered } = await service.call('GET', "IntegrationPackages('Nothing')", { headers })
  assert.equal(status, 404)
  assert.match(String(answered['x-csrf-token']), /^[0-9A-F]{32}$/)
})

test('a key as long as real ones can be is looked for', async () => {
  const { status } = await service.call('GET', `IntegrationPackages('${'x'.repeat(4_000)}')`)
  assert.equal(status, 404)
})

test('links are read as URIs, one, many or counted', async () => {
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Linked', Name: 'n' } })
  const ArtifactContent = base64(await helloArchive())
  const artifact = { Name: 'Hello', Id: 'hello', PackageId: 'Linked', ArtifactContent }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body: artifact })).status, 201)
  const links = "IntegrationPackages('Linked')/$links/IntegrationDesigntimeArtifacts"
  const uri = "https://tenant.example/api/v1/IntegrationDesigntimeArtifacts(Id='hello',Version='1.0.0')"
  const counted = await service.call('GET', `${links}?$inlinecount=allpages`)
  assert.deepEqual(counted.json, { d: { __count: '1', results: [{ uri }] } })
  const one = await service.call('GET', `${links}(Id='hello',Version='active')`)
  assert.deepEqual(one.json, { d: { uri } })
  const xml = { headers: { accept: '*/*' } }
  assert.match(
    (await service.call('GET', links, xml)).text,
    /<links xmlns="[^"]+dataservices"[^>]*><uri>https:[^<]+<\/uri>/,
  )
  assert.equal((await service.call('GET', `${links}/$count`)).text, '1')
  assert.equal((await service.call('GET', `${links}?$top=0`)).json.d.results.length, 0)
  const none = await service.call('GET', "IntegrationPackages('None')/$links/IntegrationDesigntimeArtifacts")
  assert.equal(none.status, 404)
})

test('a page links to the next with all options, and paging ends', async () => {
  const administrator = { authorization: 'Bearer partners' }
  for (let id = 0; id < 65; id++) {
    const body = { Pid: 'paged', Id: String(id), ContentType: 'xml', Value: 'AQ==' }
    assert.equal((await service.call('POST', 'BinaryParameters', { headers: administrator, body })).status, 201)
  }
  const ids: string[] = []
  let url =
    "BinaryParameters?%24filter=Pid%20eq%20'paged'&$select=Id&$orderby=Id+DESC&custom=a%26b&$top=62&$format=json"
  for (let page = 1; url !== ''; page++) {
    const { json } = await service.call('GET', url, { headers: { ...administrator, accept: '*/*' } })
    ids.push(...json.d.results.map((row: { Id: string }) => row.Id))
    url = String(json.d.__next ?? '').replace('https://tenant.example', '')
    if (page === 1) assert.match(url, /%24filter=.*&\$select=Id&.*&custom=a%26b&\$top=62&.*&\$skiptoken=30$/)
  }
  assert.equal(ids.length, 62)
  assert.equal(new Set(ids).size, 62)
})

test('a later version of the protocol than 2.0 is refused, others are not', async () => {
  for (const [version, status] of [
    ['1.0', 200],
    ['2.0;Client', 200],
    ['3.0', 400],
    ['x', 400],
  ] as const) {
    const { status: answered } = await service.call('GET', '', { headers: { dataserviceversion: version } })
    assert.equal(answered, status, version)
  }
})

test('the service answers at the paths of the original’s pages, too, in its own terms', async () => {
  for (const path of ['/itspaces/odata/api/v1', '/odata/api/v1']) {
    const { status, json } = await service.call('GET', `${path}/IntegrationRuntimeArtifacts?$format=json&$select=Id`)
    assert.deepEqual([status, json.d.results], [200, []], path)
    const service404 = await service.call('GET', `${path}/Nothing`)
    assert.deepEqual([service404.status, service404.json.error.code], [404, 'Not Found'])
    const document = await service.call('GET', `${path}/`, { headers: { accept: 'application/xml' } })
    assert.match(document.text, new RegExp(`xml:base="https://tenant.example${path}/"`))
  }
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base64, helloArchive, startTestService, type TestAnswer, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
  const ArtifactContent = base64(
    await helloArchive({
      'src/main/resources/parameters.prop': 'first\\ key=1\nsecond=2\n',
      'src/main/resources/parameters.propdef':
        '<parameters><parameter><key/><name>first key</name><type>xsd:string</type></parameter>' +
        '<parameter><key/><name>second</name><type>xsd:string</type></parameter></parameters>',
    }),
  )
  const body = { Name: 'Hello', Id: 'hello', PackageId: 'Pack', ArtifactContent }
  const created = await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })
  assert.equal(created.status, 201, created.text)
})
after(() => service.close())

const boundary = { 'content-type': 'multipart/mixed; boundary=batch_1' }
const administrator = { authorization: 'Bearer partners' }

async function send(body: string, headers: Readonly<Record<string, string>> = {}): Promise<TestAnswer> {
  return service.call('POST', '$batch', { headers: { ...boundary, ...headers }, body })
}

/** A part: the request line, then header lines, then the body. */
const part = (line: string, body?: object, accept = 'application/json', more = '') =>
  `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${more}\r\n${line} HTTP/1.1\r\n` +
  `${accept && `Accept: ${accept}\r\n`}Content-Type: application/json\r\n\r\n${body ? JSON.stringify(body) : ''}\r\n`

const alone = (...parts: string[]) => `${parts.map(text => `--batch_1\r\n${text}`).join('')}--batch_1--\r\n`
const changeset = (...parts: string[]) =>
  `Content-Type: multipart/mixed; boundary=set_1\r\n\r\n${parts.map(text => `--set_1\r\n${text}`).join('')}--set_1--\r\n`

const parameter = (Id: string, Value = 'v') => ({ Pid: 'p', Id, Value })

/** Status codes in order; those of a changeset that succeeded in brackets. */
function statuses({ status, text }: TestAnswer): string {
  assert.equal(status, 202, text)
  return text
    .replace(/multipart\/mixed; boundary=(\S+)([\s\S]*?)--\1--/g, (...match) => `[${statusesIn(match[2])}]`)
    .split('\r\n')
    .flatMap(line => /^HTTP\/1\.1 (\d+)/.exec(line)?.[1] ?? /\[[\d ]*\]/.exec(line)?.[0] ?? [])
    .join(' ')
}

const statusesIn = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(match => match[1]).join(' ')

async function parameters(): Promise<string> {
  const { json } = await service.call('GET', 'StringParameters', { headers: administrator })
  return json.d.results.map((row: { Id: string; Value: string }) => `${row.Id}=${row.Value}`).join(' ')
}

test('configured values are set by the bytes that cig sends, with CRLF and with LF', async () => {
  const put = (key: string, value: string) =>
    `--changeset_abc\r\nContent-Type: application/http\r\nContent-Transfer-Encoding:binary\r\n\r\nPUT ` +
    `IntegrationDesigntimeArtifacts(Id='hello',Version='active')/$links/Configurations('${key}') HTTP/1.1\r\n` +
    `Accept: application/json\r\nContent-Type: application/json\r\n\r\n` +
    `{\r\n"ParameterValue": "${value}",\r\n"DataType": "xsd:string"\r\n}\r\n\r\n`
  const batch = (value: string) =>
    '--batch_request\r\nContent-Type: multipart/mixed; boundary=changeset_abc\r\n\r\n' +
    `${put('first key', value)}${put('second', value)}--changeset_abc--\r\n\r\n--batch_request--`
  const headers = { 'content-type': 'multipart/mixed; boundary=batch_request' }
  for (const [value, body] of [
    ['crlf', batch('crlf')],
    ['lf', batch('lf').replaceAll('\r\n', '\n')],
  ] as const) {
    assert.equal(statuses(await send(body, headers)), '[202 202]')
    const { json } = await service.call(
      'GET',
      "IntegrationDesigntimeArtifacts(Id='hello',Version='active')/Configurations",
    )
    const values = json.d.results.map((row: { ParameterKey: string; ParameterValue: string }) => [
      row.ParameterKey,
      row.ParameterValue,
    ])
    assert.deepEqual(values, [
      ['first key', value],
      ['second', value],
    ])
  }
})

test('a changeset of the partner directory is answered as documented', async () => {
  const answer = await send(
    alone(
      changeset(
        part('POST StringParameters?user=userAbc', parameter('a'), 'application/json', 'Content-ID: 7\r\n'),
        part('POST /api/v1/StringParameters', parameter('b'), ''),
        part("PUT https://tenant.example:443/api/v1/StringParameters(Pid='p',Id='a')", { Value: 'changed' }),
      ),
    ),
    administrator,
  )
  assert.equal(statuses(answer), '[201 201 204]')
  assert.match(String(answer.headers['content-type']), /^multipart\/mixed; boundary=batch_[-0-9a-f]{36}$/)
  const [, first = ''] = answer.text.split('Content-ID: 7\r\n\r\n')
  const [head = '', body = ''] = first.split('\r\n\r\n')
  assert.deepEqual(head.split('\r\n').sort(), [
    `Content-Length: ${body.split('\r\n')[0]?.length}`,
    'Content-Type: application/json;charset=utf-8',
    'DataServiceVersion: 2.0',
    'HTTP/1.1 201 Created',
    "Location: https://tenant.example/api/v1/StringParameters(Pid='p',Id='a')",
  ])
  assert.match(body, /^\{"d":\{"__metadata":.*"CreatedBy":"userAbc"/)
  assert.match(answer.text, /<entry xmlns/)
  assert.equal(await parameters(), 'a=changed b=v')
})

test('a changeset that fails leaves nothing behind, has one answer, and others go on', async () => {
  const answer = await send(
    alone(
      changeset(
        part('POST StringParameters', parameter('c')),
        part('POST StringParameters', parameter('a')),
        part('POST StringParameters', parameter('d')),
      ),
      changeset(part("DELETE StringParameters(Pid='p',Id='b')")),
      part('GET StringParameters?$select=Id'),
    ),
    administrator,
  )
  assert.equal(statuses(answer), '409 [204] 200')
  assert.match(answer.text, /"code":"Conflict".*found \\"p\/a\\"/)
  assert.equal(await parameters(), 'a=changed')
})

test('single requests are judged alone, in order, in the format that each accepts', async () => {
  const answer = await send(
    alone(
      part("GET IntegrationPackages('Pack')"),
      part("GET IntegrationPackages('None')", undefined, ''),
      part('GET IntegrationPackages?$top=x'),
      part('GET StringParameters'),
      part('GET IntegrationPackages/$count', undefined, ''),
      part("GET IntegrationDesigntimeArtifacts(Id='hello',Version='active')/$value", undefined, ''),
      part('POST $batch'),
      part('GET $metadata'),
      part('HEAD IntegrationPackages'),
    ),
  )
  assert.equal(statuses(answer), '200 404 400 403 200 200 400 200 200')
  assert.match(
    answer.text,
    /\{"d":\{"__metadata"[\s\S]*<error xmlns[\s\S]*<code>Not Found[\s\S]*"code":"Bad Request"[\s\S]*"Forbidden"/,
  )
  const zip = await service.call('GET', "IntegrationDesigntimeArtifacts(Id='hello',Version='active')/$value")
  assert.ok(answer.bytes.includes(zip.bytes), 'bytes are not changed')
})

test('later requests of a changeset name what earlier ones created', async () => {
  const answer = await send(
    alone(
      changeset(
        part('POST StringParameters', parameter('ref'), 'application/json', 'Content-ID: new\r\n'),
        part('PUT $new', { Value: 'by reference' }),
      ),
      part('PUT $new', { Value: 'outside' }),
    ),
    administrator,
  )
  assert.equal(statuses(answer), '[201 204] 404')
  assert.equal(await parameters(), 'a=changed ref=by reference')
})

test('each request of a changeset needs its roles', async () => {
  const requests = [
    part('POST IntegrationPackages', { Id: 'Other', Name: 'n' }),
    part('POST StringParameters', parameter('x')),
  ]
  assert.equal(statuses(await send(alone(changeset(...requests)))), '403')
  assert.equal(statuses(await send(alone(changeset(...requests)), administrator)), '403')
  assert.equal((await service.call('GET', "IntegrationPackages('Other')")).status, 404)
  assert.equal((await send(alone(), { authorization: '' })).status, 401)
})

test('what cannot be taken back is refused in a changeset, and done outside of one', async () => {
  const deploy = part("POST DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'")
  const refused = await send(alone(changeset(part('POST IntegrationPackages', { Id: 'Not', Name: 'n' }), deploy)))
  assert.equal(statuses(refused), '400')
  assert.match(refused.text, /send it outside of the changeset/)
  assert.equal((await service.call('GET', "IntegrationPackages('Not')")).status, 404)
  assert.equal((await service.call('GET', "IntegrationRuntimeArtifacts('hello')")).status, 404)
  assert.equal(statuses(await send(alone(deploy))), '202')
  const undeploy = part("DELETE IntegrationRuntimeArtifacts('hello')")
  assert.equal(statuses(await send(alone(changeset(undeploy)))), '400')
  assert.equal((await service.call('GET', "IntegrationRuntimeArtifacts('hello')")).status, 200)
  assert.equal(statuses(await send(alone(undeploy))), '202')
})

test('changesets, single requests and other callers do not wait for each other forever', async () => {
  const batch = (name: string) =>
    send(
      alone(...['1', '2', '3'].map(id => changeset(part('POST StringParameters', parameter(`${name}${id}`))))),
      administrator,
    )
  const answers = await Promise.all([
    ...['u', 'v', 'w'].map(batch),
    service.call('POST', 'StringParameters', { headers: administrator, body: parameter('z') }),
    service.call('GET', 'StringParameters', { headers: administrator }),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [202, 202, 202, 201, 200],
  )
  assert.match(await parameters(), /u1=v u2=v u3=v v1=v .*w3=v z=v$/)
})

test('a method may be told by a POST, alone and in a batch', async () => {
  const entity = "IntegrationPackages('Tunnel')"
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Tunnel', Name: 'n' } })
  const put = { headers: { 'x-http-method': 'PUT' }, body: { Name: 'by PUT' } }
  assert.equal((await service.call('POST', entity, put)).status, 202)
  assert.equal((await service.call('GET', entity)).json.d.Name, 'by PUT')
  const merge = { headers: { 'x-http-method': 'merge' }, body: { ShortText: 'by MERGE' } }
  assert.equal((await service.call('POST', entity, merge)).status, 202)
  assert.equal((await service.call('MERGE', entity, { body: { Vendor: 'v' } })).status, 202)
  const { Name, ShortText, Vendor } = (await service.call('GET', entity)).json.d
  assert.deepEqual([Name, ShortText, Vendor], ['by PUT', 'by MERGE', 'v'])
  assert.equal((await service.call('POST', entity, { headers: { 'x-http-method': 'GET' } })).status, 400)
  const remove = part(`POST ${entity}`).replace('Accept:', 'X-HTTP-Method: DELETE\r\nAccept:')
  assert.equal(statuses(await send(alone(changeset(remove)))), '[202]')
  assert.equal((await service.call('GET', entity)).status, 404)
})

test('answers of changesets count among those that a batch may have', async () => {
  const artifact = "IntegrationDesigntimeArtifacts(Id='hello',Version='active')"
  // Each `<` takes four bytes in Atom.
  assert.equal((await service.call('PUT', artifact, { body: { Description: '<'.repeat(100_000) } })).status, 200)
  const { Version } = (await service.call('GET', artifact)).json.d
  const url = `POST IntegrationDesigntimeArtifactSaveAsVersion?Id='hello'&SaveAsVersion='${Version}'`
  const saves = (count: number) => Array<string>(count).fill(part(url, undefined, 'application/atom+xml'))
  const answer = await send(alone(changeset(...saves(100)), changeset(...saves(70)), part(`GET ${artifact}`)))
  assert.equal(statuses(answer), `[${Array(100).fill(200).join(' ')}] 413 200`)
  assert.equal((await service.call('PUT', artifact, { body: { Description: '' } })).status, 200)
})

test('a changeset that keeps others from the database for more than five seconds fails as a whole', async () => {
  const { clock } = service
  const now = clock.now.bind(clock)
  const before = await parameters()
  // Each look at the clock takes a second: the first is that of the beginning.
  clock.now = () => {
    clock.advance(1_000)
    return now()
  }
  const creations = (count: number) =>
    Array.from({ length: count }, (_, index) => part('POST StringParameters', parameter(`slow${index}`)))
  try {
    const answer = await send(alone(changeset(...creations(6))), administrator)
    assert.equal(statuses(answer), '400')
    assert.match(answer.text, /Expected a changeset to take at most 5000 ms/)
  } finally {
    clock.now = now
  }
  assert.equal(await parameters(), before)
  const gone = ['slow0', 'slow1'].map(Id => part(`DELETE StringParameters(Pid='p',Id='${Id}')`))
  const again = await send(alone(changeset(...creations(2)), changeset(...gone)), administrator)
  assert.equal(statuses(again), '[201 201] [204 204]')
})

const unreadable: readonly (readonly [title: string, body: string, headers: Record<string, string>, status: number])[] =
  [
    ['no content type', alone(), { 'content-type': '' }, 415],
    ['another content type', alone(), { 'content-type': 'application/json' }, 415],
    ['no boundary', alone(), { 'content-type': 'multipart/mixed' }, 400],
    ['no closing delimiter', '--batch_1\r\n', {}, 400],
    ['a GET in a changeset', alone(changeset(part('GET IntegrationPackages'))), {}, 400],
    ['more requests than the limit', alone(...Array.from({ length: 1_001 }, () => part('GET x'))), {}, 400],
  ]

for (const [title, body, headers, status] of unreadable) {
  test(`a batch with ${title} answers ${status} as a whole, in Atom and in JSON`, async () => {
    const json = await send(body, headers)
    assert.deepEqual([json.status, typeof json.json.error.message.value], [status, 'string'])
    const atom = await send(body, { ...headers, accept: 'multipart/mixed' })
    assert.deepEqual([atom.status, atom.headers['content-type']], [status, 'application/xml;charset=utf-8'])
  })
}

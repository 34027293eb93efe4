import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { EntityType } from '@sluice/odata'
import { entitySets, functionImports } from './index.ts'
import { startTestService, type TestAnswer, type TestService } from './testing/test-service.ts'

/*
 * Whoever refuses a request — authentication, CSRF protection, roles, the router, the limits, the protocol, a set — says so in
 * Atom's XML, or in JSON to those who accept it; alone and inside of a batch.
 */

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const everybody = { authorization: 'Bearer everybody' }

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'MERGE', 'DELETE', 'OPTIONS', 'TRACE']

const formats = [
  { name: 'no Accept', headers: {}, option: '', isJson: false },
  { name: 'any', headers: { accept: '*/*' }, option: '', isJson: false },
  { name: 'Atom', headers: { accept: 'application/atom+xml' }, option: '', isJson: false },
  { name: 'JSON', headers: { accept: 'application/json' }, option: '', isJson: true },
  { name: 'JSON first', headers: { accept: 'application/json, text/plain, */*' }, option: '', isJson: true },
  { name: '$format=json', headers: {}, option: '$format=json', isJson: true },
] as const

/** Checks that a body is the error document for its status. */
function assertErrorBody(body: string, contentType: string, isJson: boolean, what: string): void {
  if (!isJson) {
    assert.match(contentType, /^application\/xml/, what)
    assert.match(
      body,
      /^<\?xml [^>]+>\n<error xmlns="[^"]+dataservices\/metadata"><code>[A-Z][A-Za-z -]+<\/code><message xml:lang="en">[^<]+/,
      what,
    )
    return
  }
  assert.match(contentType, /^application\/json/, what)
  const { error } = JSON.parse(body)
  assert.deepEqual(Object.keys(error), ['code', 'message', 'innererror'], what)
  assert.match(error.code, /^[A-Z][A-Za-z -]+$/, what)
  assert.equal(error.message.lang, 'en', what)
  assert.ok(error.message.value.length > 0, what)
}

function assertAnswer(answer: TestAnswer, isJson: boolean, what: string): void {
  assert.ok(answer.status >= 200 && answer.status < 500, `${what}: ${answer.status} ${answer.text}`)
  if (answer.status < 400 || what.startsWith('HEAD ')) return
  assert.equal(answer.headers.dataserviceversion, '2.0', what)
  assertErrorBody(answer.text, String(answer.headers['content-type']), isJson, what)
}

/** A key that nothing has. */
function absentKey(type: EntityType): string {
  const literals = type.key.map(name => {
    const declared = type.properties[name]?.type
    return `${name}=${declared === 'Edm.String' ? "'61'" : declared === 'Edm.Int32' ? '7' : '7L'}`
  })
  return `(${literals.join(',')})`
}

/** URLs of all that is served: sets, entities, media, counts, links, properties and functions. */
const urls = [
  ...entitySets.flatMap(({ set }) => {
    const entity = `${set.name}${absentKey(set.type)}`
    const navigations = Object.keys(set.type.navigations ?? {})
    return [
      set.name,
      entity,
      `${entity}/$value`,
      `${set.name}/$count`,
      `${set.name}(`,
      `${entity}/${set.type.key[0]}`,
      ...navigations.flatMap(name => [`${entity}/${name}`, `${entity}/$links/${name}`]),
    ]
  }),
  ...functionImports.map(({ functionImport }) => functionImport.name),
  ...['', '$metadata', '$batch', 'Nothing', '%zz'],
]

for (const { name, headers, option, isJson } of [formats[0], formats[3]]) {
  test(`every 4xx of every URL and method is ${isJson ? 'JSON' : 'XML'} with ${name}`, async () => {
    let refused = 0
    for (const url of urls) {
      for (const method of methods) {
        const what = `${method} ${url}`
        const answer = await service.call(method, option ? `${url}?${option}` : url, {
          headers: { ...everybody, accept: '', ...headers },
        })
        assertAnswer(answer, isJson, what)
        if (answer.status >= 400) refused++
      }
    }
    assert.ok(refused > urls.length * 5, `expected most to be refused, found ${refused}`)
  })
}

test('every 4xx in a batch is XML or JSON, as its part accepts', async () => {
  for (const isJson of [false, true]) {
    for (const { set } of entitySets) {
      const requests = [set.name, `${set.name}${absentKey(set.type)}`, `${set.name}?$top=x`].flatMap(url =>
        methods.map(method => `${method} ${url}`),
      )
      const parts = requests.map(
        request =>
          `--b\r\nContent-Type: application/http\r\n\r\n${request} HTTP/1.1\r\n${isJson ? 'Accept: application/json\r\n' : ''}\r\n\r\n`,
      )
      const headers = { ...everybody, 'content-type': 'multipart/mixed; boundary=b' }
      const { status, text } = await service.call('POST', '$batch', { headers, body: `${parts.join('')}--b--` })
      assert.equal(status, 202)
      const answers = text.split(/--batch_[-\w]{36}(?:--)?\r\n/).slice(1, -1)
      assert.equal(answers.length, requests.length)
      answers.forEach((answer, index) => {
        const [, head = '', body = ''] = answer.split('\r\n\r\n')
        const what = `${requests[index]} in a batch`
        const code = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1])
        assert.ok(code >= 200 && code < 500, `${what}: ${answer}`)
        if (code < 400 || what.startsWith('HEAD ')) return
        assertErrorBody(body, /Content-Type: (.*)/.exec(head)?.[1] ?? '', isJson, what)
      })
    }
  }
})

const basic = (user: string) => ({ authorization: `Basic ${btoa(`${user}:secret`)}` })

/** One refusal of each layer. */
const layers: readonly {
  readonly title: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly status: number
}[] = [
  { title: 'no credentials', method: 'GET', url: '', headers: { authorization: '' }, status: 401 },
  { title: 'an unknown token', method: 'POST', url: '$batch', headers: { authorization: 'Bearer x' }, status: 401 },
  { title: 'a wrong password', method: 'GET', url: 'Queues', headers: { authorization: 'Basic eDp5' }, status: 401 },
  { title: 'no CSRF token', method: 'POST', url: 'NumberRanges', headers: basic('administrator'), status: 403 },
  { title: 'no role', method: 'GET', url: 'NumberRanges', headers: basic('nobody'), status: 403 },
  { title: 'an unknown set', method: 'GET', url: 'Nothing', headers: everybody, status: 404 },
  { title: 'an absent entity', method: 'GET', url: "NumberRanges('x')", headers: everybody, status: 404 },
  { title: 'a method that is not offered', method: 'PUT', url: 'NumberRanges', headers: everybody, status: 405 },
  { title: 'a method nobody offers', method: 'OPTIONS', url: '', headers: everybody, status: 405 },
  { title: 'a format that is not offered', method: 'GET', url: 'Queues?$format=x', headers: everybody, status: 406 },
  {
    title: 'a body that is too large',
    method: 'POST',
    url: 'NumberRanges',
    headers: everybody,
    body: 'x'.repeat(1_000_001),
    status: 413,
  },
  {
    title: 'a body of another type',
    method: 'POST',
    url: 'NumberRanges',
    headers: everybody,
    body: '<entry/>',
    status: 415,
  },
  { title: 'a batch of another type', method: 'POST', url: '$batch', headers: everybody, status: 415 },
  { title: 'a malformed path', method: 'GET', url: 'NumberRanges(%zz)', headers: everybody, status: 400 },
  { title: 'a malformed query', method: 'GET', url: 'NumberRanges?$top=%zz', headers: everybody, status: 400 },
  { title: 'a malformed filter', method: 'GET', url: 'NumberRanges?$filter=(', headers: everybody, status: 400 },
  { title: 'a malformed body', method: 'POST', url: 'NumberRanges', headers: everybody, body: '{', status: 400 },
  {
    title: 'a later version',
    method: 'GET',
    url: '',
    headers: { ...everybody, dataserviceversion: '3.0' },
    status: 400,
  },
  {
    title: 'a method that cannot be told',
    method: 'POST',
    url: '',
    headers: { ...everybody, 'x-http-method': 'GET' },
    status: 400,
  },
]

for (const { title, method, url, headers, body, status } of layers) {
  test(`${title} is answered ${status}, in XML and in JSON`, async () => {
    for (const { headers: accepted, option, isJson } of formats) {
      if (option !== '' && url.includes('$format')) continue
      const whole = option ? `${url}${url.includes('?') ? '&' : '?'}${option}` : url
      const answer = await service.call(method, whole, {
        headers: { accept: '', ...headers, ...accepted },
        ...(body && { body }),
      })
      assert.equal(answer.status, status, answer.text)
      assertAnswer(answer, isJson, `${method} ${whole}`)
    }
  })
}

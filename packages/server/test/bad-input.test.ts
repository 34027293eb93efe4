import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { readArchive, writeArchive } from '../src/runtime/archive.ts'
import { flowZip, Tenant } from './tenant.ts'

describe('bad input is answered with what is wrong, and loses nothing', () => {
  let tenant: Tenant
  let token: string
  before(async () => {
    tenant = await Tenant.start({ flags: { 'header-bytes-max': '8192' } })
    await tenant.createClient({ id: 'hello' })
    await tenant.assign('hello')
    assert.equal((await tenant.deploy(await flowZip())).status, 'SUCCESS')
    token = await tenant.token('hello')
  })
  after(() => tenant.close())

  const stillAnswers = async () => assert.equal((await tenant.call('/hello', token)).text, 'Hello, world!')

  test('an upload that is no usable archive is refused with its code', async t => {
    const good = await flowZip()
    const climbing = Buffer.from(
      Buffer.from(good).toString('latin1').replaceAll('metainfo.prop', '../ainfo.prop'),
      'latin1',
    )
    const cases: ReadonlyArray<[name: string, zip: Uint8Array, message: RegExp]> = [
      ['not a zip', Buffer.from('this is not a zip'), /not a zip/],
      ['a truncated zip', good.subarray(0, good.length - 30), /truncated or damaged/],
      ['a zip bomb', await withFile(good, 'bomb.txt', new Uint8Array(16 * 1024 * 1024)), /compression ratio/],
      ['a path out of the archive', climbing, /\.\.\/ainfo\.prop/],
      ['no manifest', await withFile(good, 'META-INF/MANIFEST.MF', undefined), /MANIFEST\.MF/],
      ['no flow', await withoutFlow(good), /\.iflw/],
    ]
    for (const [name, zip, message] of cases) {
      await t.test(name, async () => {
        const { upload } = await tenant.deploy(zip)
        assert.equal(upload.status, 400)
        assert.match(upload.text, message)
        await stillAnswers()
      })
    }
  })

  test('a flow that cannot be built is refused or fails to deploy, and the previous deployment still answers', async t => {
    const cases: ReadonlyArray<[name: string, replace: readonly [string, string], message: RegExp]> = [
      ['a DTD', ['<bpmn2:definitions', '<!DOCTYPE x [<!ENTITY e "v">]><bpmn2:definitions'], /xml-dtd/],
      ['broken XML', ['</bpmn2:definitions>', '</bpmn2:definition>'], /broken-xml/],
      ['an unknown step', ['cname::Enricher/', 'cname::Teleporter/'], /unsupported-step/],
      ['an unknown adapter', ['<value>HTTPS</value>', '<value>Carrier</value>'], /unsupported-adapter/],
    ]
    for (const [name, replacement, message] of cases) {
      await t.test(name, async () => {
        const zip = await flowZip({ replace: [replacement] })
        const { status, upload } = await tenant.deploy(zip)
        if (upload.status >= 400) {
          assert.equal(upload.status, 400)
          assert.match(upload.text, message)
        } else {
          assert.equal(status, 'FAIL')
          const error = await tenant.administer(
            'GET',
            "/api/v1/IntegrationRuntimeArtifacts('hello')/ErrorInformation/$value",
          )
          assert.equal(error.status, 200)
          assert.match(error.text, message)
          assert.match(error.text, /\.iflw:\d+/)
        }
        await stillAnswers()
      })
    }
  })

  test('a second flow cannot take an address that is in use', async () => {
    const { status } = await tenant.deploy(await flowZip({ id: 'rival', address: '/Hello', body: 'mine' }), 'rival')
    assert.equal(status, 'FAIL')
    const error = await tenant.administer('GET', "/api/v1/IntegrationRuntimeArtifacts('rival')/ErrorInformation/$value")
    assert.match(error.text, /\/Hello.*in use by.*hello.*address-in-use/)
    await stillAnswers()
  })

  test('a body over the limit of its channel is 413, declared or not', async () => {
    const megabyte = [['<value>40</value>', '<value>1</value>']] as const
    await tenant.deploy(await flowZip({ id: 'small', address: '/small', replace: megabyte }), 'small')
    const body = Buffer.alloc(50 * 1024 * 1024)
    const answer = await tenant.call('/small', token, { body })
    assert.equal(answer.status, 413)
    assert.match(answer.text, /1048576 bytes/)
    const chunked = await tenant.call('/small', token, {
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit)
    assert.equal(chunked.status, 413)
    assert.equal((await tenant.call('/small', token, { body: Buffer.alloc(1024 * 1024) })).status, 200)
    await stillAnswers()
  })

  test('what is no HTTP request, or has an over-long head, is told so', async t => {
    const cases: ReadonlyArray<[name: string, bytes: string, status: string, code: string]> = [
      [
        'an over-long header',
        `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(9_000)}\r\n\r\n`,
        '431',
        'headers-too-large',
      ],
      ['no HTTP', 'HELO example.org\r\n\r\n', '400', 'malformed-request'],
      [
        'two lengths',
        'POST /http/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
        '400',
        'malformed-request',
      ],
      [
        'length and chunks together',
        'POST /http/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        '400',
        'malformed-request',
      ],
    ]
    for (const [name, bytes, status, code] of cases) {
      await t.test(name, async () => {
        const text = await raw(tenant.server.url, bytes)
        assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `))
        assert.match(text, new RegExp(code))
        await stillAnswers()
      })
    }
  })

  test('unreadable JSON and unknown fields are named', async () => {
    const { authorization } = tenant.server.admin
    const path = '/oauth2/api/v1/clients'
    const headers = { authorization, 'content-type': 'application/json' }
    const broken = await tenant.request(path, { method: 'POST', headers, body: '{"id":' })
    assert.equal(broken.status, 400)
    const unknown = await tenant.administer('POST', path, { name: 'x', subscription: 'deviflmap', colour: 'red' })
    assert.equal(unknown.status, 400)
    assert.match(unknown.text, /colour/)
    const form = await tenant.request(path, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams('id=x'),
    })
    assert.equal(form.status, 415)
  })
})

/** The zip with one file added, replaced or (undefined) left out. */
async function withFile(zip: Uint8Array, path: string, data: Uint8Array | undefined): Promise<Uint8Array> {
  const files = new Map(await readArchive(zip))
  if (data) files.set(path, data)
  else files.delete(path)
  return writeArchive(files)
}

async function withoutFlow(zip: Uint8Array): Promise<Uint8Array> {
  const files = new Map(await readArchive(zip))
  for (const path of files.keys()) if (path.endsWith('.iflw')) files.delete(path)
  return writeArchive(files)
}

/** Everything the server sends back for these bytes until it closes the connection. */
async function raw(url: string, bytes: string): Promise<string> {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  socket.write(bytes)
  await once(socket, 'close')
  return text
}

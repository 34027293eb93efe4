import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../../testing/index.ts'

// The server deletes files of a week ago by the machine's clock, and writes to the file of today.
const dayMs = 86_400_000
const [first, second] = [3, 2].map(days => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10))

let server: TestServer
let dataDirectory: string

function line(path: string, more: object = {}): string {
  const rest = { address: '::1', user: 'ada', method: 'GET', path, status: 200, durationMs: 1.5, bytes: 2, ...more }
  return `${JSON.stringify({ time: `${first}T10:00:00.000Z`, ...rest })}\n`
}

before(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'sluice-access-log-'))
  await mkdir(join(dataDirectory, 'log'))
  const long = line(`/${'long'.repeat(40_000)}`)
  const many = Array.from({ length: 2_000 }, (_, index) => line(`/many/${index}`)).join('')
  await writeFile(
    join(dataDirectory, 'log', `http-access-${first}.log`),
    line('/oldest') + many + long + line('/refused', { status: 401, user: '-', reason: 'unknown token' }),
  )
  await writeFile(
    join(dataDirectory, 'log', `http-access-${second}.log`),
    `${line('/http/Orders', { method: 'POST', status: 503 })}{"half a li\n${line('/http/grün')}`,
  )
  server = await startTestServer({ dataDirectory })
})
after(async () => {
  await server.close()
  await rm(dataDirectory, { recursive: true })
})

async function read(query: string, authorization = server.admin.authorization) {
  const response = await fetch(`${server.url}/api/monitoring/v1/access-log?${query}`, { headers: { authorization } })
  return { status: response.status, body: await response.json() }
}

async function paths(query: string): Promise<string[]> {
  const { status, body } = await read(query)
  assert.equal(status, 200, JSON.stringify(body))
  return body.lines.map(({ path }: { path: string }) => path)
}

const found: readonly (readonly [query: string, paths: readonly string[]])[] = [
  ['path=ORDERS', ['/http/Orders']],
  ['path=gr%C3%BCn', ['/http/grün']],
  ['status=5xx', ['/http/Orders']],
  ['status=401&path=refused', ['/refused']],
  ['status=404&path=refused', []],
  ['method=post&path=http', ['/http/Orders']],
  ['user=-&path=refused', ['/refused']],
  ['user=ada&path=oldest', ['/oldest']],
  ['path=/many/&limit=2', ['/many/1999', '/many/1998']],
]

for (const [query, expected] of found) {
  test(`${query} finds the newest lines that fit`, async () => assert.deepEqual(await paths(query), expected))
}

test('a request is in the log that it reads', async () => {
  await read('path=nowhere')
  const { body } = await read('path=monitoring/v1/access-log&limit=1')
  const { path, user, method, status } = body.lines[0]
  assert.deepEqual([path, user, method, status], ['/api/monitoring/v1/access-log', 'admin', 'GET', 200])
})

test('older lines are read on from where an answer ended, each once, up to the oldest', async () => {
  const seen: string[] = []
  for (let before = `http-access-${second}.log:9999999`; ; ) {
    const { body } = await read(`limit=300&before=${before}`)
    seen.push(...body.lines.map(({ path }: { path: string }) => path))
    if (body.older === undefined) break
    before = body.older
  }
  const many = Array.from({ length: 2_000 }, (_, index) => `/many/${1_999 - index}`)
  assert.deepEqual(seen, ['/http/grün', '/http/Orders', '/refused', `/${'long'.repeat(40_000)}`, ...many, '/oldest'])
})

for (const query of ['status=9xx', 'limit=0', 'limit=1001', 'before=../sluice.key:1', 'query=a', 'path=']) {
  test(`${query} is refused`, async () => {
    const { status, body } = await read(query)
    assert.deepEqual([status, body.code], [400, 'invalid-request'])
  })
}

test('the log is for those who may read log files', async () => {
  assert.equal((await read('', 'Bearer nobody')).status, 401)
  const { url, admin } = server
  const role = (name: string) =>
    fetch(`${url}/authorization/v1/accounts/dev/apps/devtmn/roles/users?roleName=${name}`, {
      method: 'PUT',
      headers: { authorization: admin.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ users: [{ name: 'oauth_client_reader' }] }),
    })
  const client = { id: 'reader', name: 'reader', subscription: 'devtmn', secret: 'secret of reader' }
  await fetch(`${url}/oauth2/api/v1/clients`, {
    method: 'POST',
    headers: { authorization: admin.authorization, 'content-type': 'application/json' },
    body: JSON.stringify(client),
  })
  const issued = await fetch(`${url}/oauth2/api/v1/token?grant_type=client_credentials`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('reader:secret of reader')}` },
  })
  const token = `Bearer ${(await issued.json()).access_token}`
  await role('IntegrationOperationServer.read')
  const refused = await read('', token)
  assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
  assert.match(refused.body.detail, /AuditLog\.Read/)
  await role('AuditLog.Read')
  assert.equal((await read('', token)).status, 200)
})

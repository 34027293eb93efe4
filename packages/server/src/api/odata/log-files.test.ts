import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { appendFile, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { readArchive } from '../../runtime/archive.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

// The access log deletes files of a week ago by the machine's clock.
const dayMs = 86_400_000
const [first, second] = [2, 1].map(days => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10))

let service: TestService
before(async () => {
  service = await startTestService()
  const record = {
    address: '::1',
    user: 'me',
    method: 'GET',
    status: 200,
    durationMs: 1,
    bytes: 0,
    reason: undefined,
  }
  service.accessLog.write({ ...record, time: Date.parse(`${first}T10:00:00Z`), path: '/first' })
  service.accessLog.write({ ...record, time: Date.parse(`${second}T10:00:00Z`), path: '/second' })
})
after(() => service.close())

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (path: string) => service.call('GET', path, { headers })
const file = (name: string) => `LogFiles(Name='${name}',Application='deviflmap')`
const names = async (path: string) => {
  const { d } = (await call(path)).json
  return d.results.map((row: { Name: string }) => row.Name)
}
/** Names and texts of an archive, without the file of today, which these requests write to. */
const unpacked = async (path: string) => {
  const answer = await call(path)
  assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'application/zip'])
  const files = await readArchive(answer.bytes)
  return Object.fromEntries([...files].map(([name, content]) => [name, Buffer.from(content).toString()]))
}

test('files are listed as those of the runtime application, and filtered', async () => {
  const all = await names('LogFiles')
  assert.deepEqual(all.slice(0, 2), [`http-access-${first}.log`, `http-access-${second}.log`])
  assert.deepEqual(
    await names("LogFiles?$filter=NodeScope eq 'worker' and LogFileType eq 'http'&$top=1"),
    all.slice(0, 1),
  )
  assert.deepEqual(await names("LogFiles?$filter=LogFileType eq 'trace'"), [])
  const { d } = (await call(file(`http-access-${first}.log`))).json
  assert.deepEqual([d.Application, d.NodeScope, d.LogFileType], ['deviflmap', 'worker', 'http'])
  assert.ok(Number(d.Size) > 50)
})

test('a file is downloaded as gzip, with what is buffered', async () => {
  const answer = await call(`${file(`http-access-${second}.log`)}/$value`)
  assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'application/gzip'])
  assert.match(gunzipSync(answer.bytes).toString(), /^\{.*"path":"\/second".*\}\n$/)
})

test('archives hold all files, the latest, or those written to since', async () => {
  assert.deepEqual(
    (await call('LogFileArchives')).json.d.results.map((row: { Scope: string }) => row.Scope),
    ['all', 'latest'],
  )
  const archive = (scope: string) => `LogFileArchives(Scope='${scope}',LogFileType='http',NodeScope='worker')/$value`
  const all = await unpacked(archive('all'))
  assert.match(all[`http-access-${first}.log`] ?? '', /first/)
  assert.match(all[`http-access-${second}.log`] ?? '', /second/)
  const latest = Object.keys(all).sort().at(-1)
  assert.deepEqual(Object.keys(await unpacked(archive('latest'))), [latest])
  assert.deepEqual(await unpacked(`${archive('all')}?modifiedAfter=2999-01-01T00:00:00Z`), {})
  assert.ok(`http-access-${first}.log` in (await unpacked(`${archive('all')}?ModifiedAfter=2017-03-25T13:54:51Z`)))
})

test('what is not there, not asked for rightly, or not allowed is refused', async () => {
  const cases: readonly (readonly [path: string, status: number])[] = [
    [file('http-access-2024-01-31.log'), 404],
    [`${file('../sluice.key')}/$value`, 404],
    [`${file('..%2F..%2Fsluice.key')}/$value`, 404],
    [file(`http-access-${second}.log`).replace('deviflmap', 'other'), 404],
    ["LogFileArchives(Scope='all',LogFileType='trace',NodeScope='worker')/$value", 404],
    ["LogFileArchives(Scope='all',LogFileType='http',NodeScope='worker')/$value?modifiedAfter=yesterday", 400],
  ]
  for (const [path, status] of cases) assert.equal((await call(path)).status, status, path)
  assert.equal((await service.call('GET', 'LogFiles')).status, 403)
})

test('HEAD in a batch leaves no file open', { skip: process.platform !== 'linux' && 'needs /proc' }, async () => {
  const name = `http-access-${first}.log`
  const path = join(service.dataDirectory, 'log', name)
  // More than the buffers of a stream that nobody reads.
  await appendFile(path, randomBytes(1_000_000).toString('hex'))
  const part = `Content-Type: application/http\r\n\r\nHEAD ${file(name)}/$value HTTP/1.1\r\n\r\n\r\n`
  const answer = await service.call('POST', '$batch', {
    headers: { ...headers, 'content-type': 'multipart/mixed; boundary=b' },
    body: `${`--b\r\n${part}`.repeat(3)}--b--\r\n`,
  })
  assert.equal(answer.text.match(/HTTP\/1.1 200 OK/g)?.length, 3)
  const isOpen = async () => {
    const targets = (await readdir('/proc/self/fd')).map(fd => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
    return (await Promise.all(targets)).includes(path)
  }
  for (let turn = 0; turn < 1_000 && (await isOpen()); turn++) await new Promise(resolve => setImmediate(resolve))
  assert.equal(await isOpen(), false)
})

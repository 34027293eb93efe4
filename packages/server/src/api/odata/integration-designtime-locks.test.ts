import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.store.roles.assignUsers({ application: 'devtmn', role: 'AuthGroup.IntegrationDeveloper' }, ['partners'])
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack of all' } })
  const body = { Id: 'hello', Name: 'Hello', PackageId: 'Pack', ArtifactContent: base64(await helloArchive()) }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
})
after(() => service.close())

const as = (user: string) => ({ headers: { authorization: `Bearer ${user}` } })
const flow = "IntegrationDesigntimeArtifacts(Id='hello',Version='active')"
const lock = (user: string, body: unknown = { ArtifactId: 'hello' }) =>
  service.call('POST', 'IntegrationDesigntimeLocks', { ...as(user), body })
const unlock = (user: string) => service.call('DELETE', "IntegrationDesigntimeLocks('hello')", as(user))

test('a lock says who works on which artifact since when', async () => {
  const created = await lock('developer')
  assert.equal(created.status, 201)
  const { __metadata, ...shown } = (await service.call('GET', 'IntegrationDesigntimeLocks', as('reader'))).json.d
    .results[0]
  assert.equal(__metadata.type, 'com.sap.hci.api.IntegrationDesigntimeLock')
  assert.deepEqual(shown, {
    ResourceId: 'hello',
    ArtifactId: 'hello',
    ArtifactName: 'Hello',
    ArtifactType: 'IFlow',
    PackageId: 'Pack',
    PackageName: 'Pack of all',
    CreatedAt: `/Date(${service.clock.now()})/`,
    CreatedBy: 'developer',
  })
  const filter = `$filter=CreatedBy eq 'developer' and ArtifactType eq 'IFlow' and PackageName ne 'x'`
  assert.equal((await service.call('GET', `IntegrationDesigntimeLocks/$count?${filter}`)).text, '1')
  assert.equal((await service.call('GET', "IntegrationDesigntimeLocks(ResourceId='hello')")).json.d.ArtifactId, 'hello')
  assert.equal((await unlock('developer')).status, 200)
  assert.equal((await service.call('GET', "IntegrationDesigntimeLocks('hello')")).status, 404)
})

test('what somebody has locked nobody else changes, by any way', async () => {
  const exported = await service.call('GET', "IntegrationPackages('Pack')/$value")
  assert.equal(exported.status, 200)
  await lock('developer')
  const zip = { ArtifactContent: base64(await helloArchive()) }
  const configure = { ParameterValue: 'Hi' }
  const changes: readonly [method: string, path: string, body?: unknown][] = [
    ['PUT', flow, zip],
    ['PUT', flow, { Name: 'N' }],
    ['POST', `${flow}/Resources`, { Name: 'a.js', ResourceType: 'js', ResourceContent: '' }],
    ['PUT', `${flow}/$links/Configurations('Greeting')`, configure],
    ['POST', "IntegrationDesigntimeArtifactSaveAsVersion?Id='hello'&SaveAsVersion='3.0.0'"],
    ['POST', 'IntegrationDesigntimeLocks', { ArtifactId: 'hello' }],
    ['POST', 'IntegrationPackages?Overwrite=true', { PackageContent: base64(exported.bytes) }],
    ['DELETE', "IntegrationPackages('Pack')"],
    ['DELETE', flow],
  ]
  for (const [method, path, body] of changes) {
    const { status, json } = await service.call(method, path, {
      ...as('partners'),
      ...(body !== undefined && { body }),
    })
    assert.equal(status, 423, `${method} ${path}`)
    const { code, message } = json.error
    assert.equal(code, 'Locked')
    assert.match(
      message.value,
      /"hello" to be free to change, found it locked by "developer" since 2026-01-01T00:00:00\.000Z/,
    )
  }
  for (const [method, path, body] of changes.slice(0, -2)) {
    const { status, text } = await service.call(method, path, { ...(body !== undefined && { body }) })
    assert.ok(status < 300, `${method} ${path}: ${text}`)
  }
  const deploy = "DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'"
  assert.equal((await service.call('POST', deploy, as('partners'))).status, 202)
  assert.equal((await unlock('developer')).status, 200)
  assert.equal((await service.call('PUT', flow, { ...as('partners'), body: zip })).status, 200)
})

test('a lock is deleted by its holder and by administrators', async () => {
  await lock('developer')
  assert.equal((await unlock('partners')).status, 403)
  const part = "DELETE IntegrationDesigntimeLocks('hello') HTTP/1.1\r\n\r\n"
  const inner = `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${part}\r\n--c--`
  const body = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${inner}\r\n--b--`
  const headers = { ...as('partners').headers, 'content-type': 'multipart/mixed; boundary=b' }
  const batch = await service.call('POST', '$batch', { headers, body })
  assert.match(batch.text, /HTTP\/1\.1 403/)
  assert.equal((await unlock('administrator')).status, 200)
  assert.equal((await unlock('administrator')).status, 404)
})

test('a lock ends by itself unless it is renewed', async () => {
  const since = service.clock.now()
  await lock('developer')
  service.clock.advance(50_000)
  assert.equal((await lock('developer')).json.d.CreatedAt, `/Date(${since})/`)
  service.clock.advance(59_999)
  assert.equal((await lock('partners')).status, 423)
  service.clock.advance(1)
  assert.equal((await service.call('GET', 'IntegrationDesigntimeLocks/$count')).text, '0')
  assert.equal((await lock('partners')).status, 201)
  assert.equal((await unlock('partners')).status, 200)
})

test('what is no artifact cannot be locked, and readers lock nothing', async () => {
  for (const body of [{}, { ArtifactId: 'none' }, { ArtifactId: null }]) {
    assert.equal((await lock('developer', body)).status, 404, JSON.stringify(body))
  }
  assert.equal((await lock('developer', '')).status, 400)
  assert.equal((await lock('reader')).status, 403)
})

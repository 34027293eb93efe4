import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBundle } from '@sluice/iflow'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import { base64, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
})
after(() => service.close())

const kinds = ['MessageMapping', 'ScriptCollection', 'ValueMapping'] as const

async function zip(type: string, version = '1.0.0'): Promise<Uint8Array> {
  const manifest = `Bundle-SymbolicName: My${type}\r\nBundle-Name: N\r\nBundle-Version: ${version}\r\nSAP-BundleType: ${type}\r\n`
  return writeArchive(
    new Map([
      ['META-INF/MANIFEST.MF', Buffer.from(manifest)],
      ['value_mapping.xml', Buffer.from('<vm version="2.0"></vm>')],
    ]),
  )
}

for (const kind of kinds) {
  const set = `${kind}DesigntimeArtifacts`
  const artifact = `${set}(Id='My${kind}',Version='active')`

  test(`${set} takes artifacts of its kind, and no others`, async () => {
    const content = await zip(kind)
    const body = { Id: `My${kind}`, Name: 'Mine', PackageId: 'Pack', ArtifactContent: base64(content) }
    const created = await service.call('POST', set, { body })
    assert.deepEqual([created.status, created.json.d?.Name, created.json.d?.Version], [201, 'Mine', '1.0.0'])
    const download = await service.call('GET', `${artifact}/$value`, { headers: { accept: '*/*' } })
    assert.deepEqual(download.bytes, Buffer.from(content))
    const flows = await service.call('POST', 'IntegrationDesigntimeArtifacts', { body: { ...body, Id: 'Other' } })
    assert.match(flows.json.error.message.value, /Expected SAP-BundleType "IntegrationFlow" in the manifest/)
  })

  test(`${set} makes a new artifact of what comes without content`, async () => {
    const id = `New ${kind}`
    const body = { Id: id, Name: 'New & <empty>', PackageId: 'Pack', Description: 'd' }
    const created = await service.call('POST', set, { body })
    assert.deepEqual([created.status, created.json.d?.Name, created.json.d?.Description], [201, 'New & <empty>', 'd'])
    const { bytes } = await service.call('GET', `${set}(Id='${id}',Version='active')/$value`)
    const { bundle, diagnostics } = openBundle(await readArchive(bytes))
    assert.deepEqual(diagnostics, [])
    assert.deepEqual([bundle?.id, bundle?.name, bundle?.type], [id, 'New & <empty>', kind])
    assert.equal((await service.call('POST', set, { body })).status, 409)
    assert.equal((await service.call('POST', set, { body: { ...body, Id: '../x' } })).status, 400)
    const Description = 'x'.repeat(100_001)
    assert.equal((await service.call('POST', set, { body: { ...body, Description } })).status, 400)
    assert.equal((await service.call('DELETE', `${set}(Id='${id}',Version='active')`)).status, 200)
  })

  test(`${set} shows its own artifacts, alone and in their package`, async () => {
    const ids = (answer: Awaited<ReturnType<TestService['call']>>) =>
      answer.json.d.results.map((row: { Id: string }) => row.Id)
    assert.deepEqual(ids(await service.call('GET', set)), [`My${kind}`])
    assert.deepEqual(ids(await service.call('GET', `IntegrationPackages('Pack')/${set}`)), [`My${kind}`])
    assert.deepEqual(ids(await service.call('GET', 'IntegrationDesigntimeArtifacts')), [])
    const elsewhere = `IntegrationDesigntimeArtifacts(Id='My${kind}',Version='active')`
    assert.equal((await service.call('GET', elsewhere)).status, 404)
  })

  test(`${set} replaces the content and deletes the artifact`, async () => {
    const body = { Name: 'Mine', ArtifactContent: base64(await zip(kind, '1.0.1')) }
    assert.equal((await service.call('PUT', artifact, { body })).status, 200)
    assert.equal((await service.call('GET', artifact)).json.d.Version, '1.0.1')
    const wrong = await service.call('POST', `DeployIntegrationDesigntimeArtifact?Id='My${kind}'&Version='active'`)
    assert.equal(wrong.status, 404)
    const deployed = await service.call('POST', `Deploy${kind}DesigntimeArtifact?Id='My${kind}'&Version='active'`)
    assert.equal(deployed.status, 202)
    // Clients of message mappings fail when there is a body.
    assert.equal(deployed.text === '', kind === 'MessageMapping')
    const task = String(deployed.headers.location).replace('https://tenant.example/api/v1/', '')
    assert.equal((await service.call('GET', task)).json.d.Status, 'DEPLOYING')
    const word = kind.replace(/(?<=.)[A-Z]/, letter => `_${letter}`).toUpperCase()
    const runtime = `IntegrationRuntimeArtifacts?$filter=Type eq '${word}' and Status eq 'STARTING'`
    const { results } = (await service.call('GET', runtime)).json.d
    assert.deepEqual(
      results.map(({ Id, Type }: Record<string, string>) => [Id, Type]),
      [[`My${kind}`, word]],
    )
    assert.equal((await service.call('DELETE', artifact)).status, 200)
    assert.equal((await service.call('GET', artifact)).status, 404)
  })
}

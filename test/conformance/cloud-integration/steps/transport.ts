import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { unzip } from '../artifact-zip.ts'
import { listContent, takeSnapshot } from '../snapshot.ts'
import { rowsOf } from '../wire.ts'

/** Step 30: out, in again, and away. */
export function transportSteps(run: AcceptanceRun): void {
  let exported: Buffer = Buffer.alloc(0)

  test('30: contiva saves what was changed in place as a version', async () => {
    await run.contiva.integrationContent.saveIntegrationFlowAsVersion('AccFlow', '2.0.0')
    const versions = (await listContent(run)).map(({ Id, Version }) => `${Id} ${Version}`)
    assert.deepEqual(versions, [
      'AccBroken 1.1.0',
      'AccCredential 1.0.0',
      'AccFlow 2.0.0',
      'AccMapping 1.0.1',
      'AccPartner 1.0.0',
      'AccScripts 1.0.1',
      'AccValues 1.0.0',
    ])
  })

  test('30: cig exports the package, which contiva imports over it, and a snapshot finds nothing changed', async () => {
    const before = await takeSnapshot(run)
    const answer = await run.cig.get("/api/v1/IntegrationPackages('AccPkg')/$value")
    assert.equal(answer.status, 200, answer.text.slice(0, 500))
    assert.equal(answer.headers.get('content-type'), 'application/zip')
    exported = answer.body
    const paths = [...(await unzip(exported)).keys()]
    const contents = paths.filter(path => /^[0-9a-f]{32}_content$/.test(path))
    const others = ['ExportInformation.info', 'contentmetadata.md', 'hash', 'resources.cnt']
    assert.deepEqual([contents.length, paths.filter(path => !contents.includes(path)).sort()], [7, others])
    const packageContent = { PackageContent: exported.toString('base64') }
    await run.contiva.integrationContent.createIntegrationPackage(packageContent as never, true)
    assert.deepEqual(await takeSnapshot(run), before)
  })

  test('30: FlashPipe undeploys, and deletes artifacts and package', async () => {
    const deployed = rowsOf<{ Id: string }>(await run.flashPipe.get('/api/v1/IntegrationRuntimeArtifacts'))
    assert.ok(deployed.length >= 4)
    for (const { Id } of deployed) {
      const path = `/api/v1/IntegrationRuntimeArtifacts('${Id}')`
      assert.equal((await run.flashPipe.write('DELETE', path)).status, 202, Id)
      assert.equal((await run.flashPipe.get(path)).status, 404, Id)
    }
    for (const { type, Id } of await listContent(run)) {
      const path = `/api/v1/${type}DesigntimeArtifacts(Id='${Id}',Version='active')`
      assert.equal((await run.flashPipe.write('DELETE', path)).status, 200, Id)
      assert.equal((await run.flashPipe.get(path)).status, 404, Id)
    }
    const path = "/api/v1/IntegrationPackages('AccPkg')"
    assert.equal((await run.flashPipe.write('DELETE', path)).status, 202)
    assert.equal((await run.flashPipe.get(path)).status, 404)
  })

  test('30: contiva brings the exported package back, and takes it away again', async () => {
    const { integrationContent } = run.contiva
    const packageContent = { PackageContent: exported.toString('base64') }
    await integrationContent.createIntegrationPackage(packageContent as never, false)
    assert.equal((await listContent(run)).length, 7)
    await integrationContent.deleteIntegrationPackage('AccPkg')
  })

  test('30: the tenant is empty', async () => {
    const { contiva } = run
    await contiva.securityContent.deleteUserCredential('AccPartner')
    await contiva.partnerDirectory.deletePartner('ACME')
    const lists = {
      packages: await contiva.integrationContent.getIntegrationPackages(),
      artifacts: await contiva.integrationContent.getDeployedArtifacts(),
      endpoints: await contiva.integrationContent.getServiceEndpoints(),
      credentials: await contiva.securityContent.getUserCredentials(),
      ranges: await contiva.messageStore.getNumberRanges(),
      stores: await contiva.messageStore.getDataStores(),
      variables: await contiva.messageStore.getVariables(),
      parameters: await contiva.partnerDirectory.getStringParameters(),
      partners: await contiva.partnerDirectory.getPartners(),
    }
    for (const [name, rows] of Object.entries(lists)) assert.deepEqual(rows, [], name)
  })

  test('contiva gets another token when its own has expired', async context => {
    context.mock.method(console, 'debug', () => undefined)
    const before = (await run.tenant.accessLines()).length
    run.tenant.server.clock.advance(200 * 24 * 60 * 60 * 1000)
    assert.deepEqual(await run.contiva.integrationContent.getIntegrationPackages(), [])
    const lines = (await run.tenant.accessLines()).slice(before)
    assert.deepEqual(
      lines.map(({ status, path }) => [status, path]),
      [
        [401, '/api/v1/IntegrationPackages'],
        [200, '/oauth/token'],
        [200, '/api/v1/IntegrationPackages'],
      ],
    )
  })
}

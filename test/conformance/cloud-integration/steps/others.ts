import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { artifactFiles, unzip, zip } from '../artifact-zip.ts'
import { jsonOf } from '../wire.ts'
import { withVersion } from './content.ts'

interface ErrorInformation {
  readonly message: { readonly messageText: string }
  readonly parameter: readonly string[]
  readonly childMessageInstances: readonly unknown[]
}

/** Step 29: what cannot be deployed, and artifacts that are no flows. */
export function otherSteps(run: AcceptanceRun): void {
  const upload = async (type: string, Id: string) => {
    const ArtifactContent = (await zip(artifactFiles(Id))).toString('base64')
    const content = { Name: Id, Id, PackageId: 'AccPkg', ArtifactContent }
    const answer = await run.flashPipe.write('POST', `/api/v1/${type}DesigntimeArtifacts`, content)
    assert.equal(answer.status, 201, answer.text)
  }
  const deploy = (type: string, id: string) =>
    run.flashPipe.write('POST', `/api/v1/Deploy${type}DesigntimeArtifact?Id='${id}'&Version='active'`)
  const statusOf = async (id: string) =>
    jsonOf<{ Status: string; Type: string }>(await run.flashPipe.get(`/api/v1/IntegrationRuntimeArtifacts('${id}')`))

  test('29: Piper and FlashPipe read why a broken flow does not start', async () => {
    await upload('Integration', 'AccBroken')
    const task = await run.piper.deploy('AccBroken')
    await run.tenant.server.deployed()
    const status = await run.piper.get(`/api/v1/BuildAndDeployStatus(TaskId='${task.text}')`)
    assert.equal(jsonOf<{ Status: string }>(status).Status, 'FAIL')
    assert.equal((await statusOf('AccBroken')).Status, 'ERROR')
    const path = "/api/v1/IntegrationRuntimeArtifacts('AccBroken')/ErrorInformation/$value"
    for (const answer of [
      await run.piper.get(path, { 'Content-Type': 'application/json' }),
      await run.flashPipe.get(path),
    ]) {
      assert.equal(answer.status, 200)
      const { message, parameter, childMessageInstances } = JSON.parse(answer.text) as ErrorInformation
      assert.match(parameter[0] ?? '', /Lost\.groovy/)
      assert.ok(message.messageText !== '' && Array.isArray(childMessageInstances))
    }
    assert.equal((await run.piper.get(path.replace('AccBroken', 'AccFlow'))).status, 204)
  })

  test('29: FlashPipe deploys a value mapping, and replaces it by deleting and creating it', async () => {
    await upload('ValueMapping', 'AccValues')
    assert.equal((await deploy('ValueMapping', 'AccValues')).status, 202)
    await run.tenant.server.deployed()
    assert.deepEqual(await statusOf('AccValues').then(({ Status, Type }) => [Status, Type]), [
      'STARTED',
      'VALUE_MAPPING',
    ])
    const deleted = await run.flashPipe.write(
      'DELETE',
      "/api/v1/ValueMappingDesigntimeArtifacts(Id='AccValues',Version='active')",
    )
    assert.equal(deleted.status, 200, deleted.text)
    await upload('ValueMapping', 'AccValues')
  })

  test('29: FlashPipe deploys a script collection', async () => {
    await upload('ScriptCollection', 'AccScripts')
    const answer = await deploy('ScriptCollection', 'AccScripts')
    assert.equal(answer.status, 202, answer.text)
    await run.tenant.server.deployed()
    assert.deepEqual(await statusOf('AccScripts').then(({ Status, Type }) => [Status, Type]), [
      'STARTED',
      'SCRIPT_COLLECTION',
    ])
  })

  for (const type of ['ScriptCollection', 'MessageMapping'] as const) {
    test(`29: FlashPipe uploads a new version: ${type}`, async () => {
      const id = type === 'ScriptCollection' ? 'AccScripts' : 'AccMapping'
      if (type === 'MessageMapping') await upload(type, id)
      const path = `/api/v1/${type}DesigntimeArtifacts(Id='${id}',Version='active')`
      const ArtifactContent = (await zip(withVersion(artifactFiles(id), '1.0.1'))).toString('base64')
      const answer = await run.flashPipe.write('PUT', path, { ArtifactContent })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(jsonOf<{ Version: string }>(await run.flashPipe.get(path)).Version, '1.0.1')
      const { headers, body } = await run.flashPipe.get(`${path}/$value`)
      assert.equal(headers.get('content-type'), 'application/zip')
      assert.deepEqual([...(await unzip(body)).keys()].sort(), [...artifactFiles(id).keys()].sort())
    })
  }

  test('29: a message mapping is deployed without an answer in words, which a client of the SAP Cloud SDK relies on', async () => {
    const answer = await deploy('MessageMapping', 'AccMapping')
    assert.deepEqual([answer.status, answer.text], [202, ''])
    const again = (await run.sdk()).call('deployMessageMappingDesigntimeArtifact', {
      id: 'AccMapping',
      version: 'active',
    })
    assert.deepEqual(await again.executeRaw(run.destination).then(({ status, data }) => [status, data]), [202, ''])
    await run.tenant.server.deployed()
    assert.deepEqual(await statusOf('AccMapping').then(({ Status, Type }) => [Status, Type]), [
      'STARTED',
      'MESSAGE_MAPPING',
    ])
  })
}

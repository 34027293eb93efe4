import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
  const body = { PackageId: 'Pack', ArtifactContent: base64(await helloArchive()) }
  await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })
})
beforeEach(async () => {
  for (const id of ['hello', 'built']) await service.store.deployments.delete(id)
})
after(() => service.close())

const deploy = "DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'"
const row = "IntegrationRuntimeArtifacts('hello')"

/** Deploys the flow; resolves when it runs. */
async function start(): Promise<void> {
  const taskId = (await service.call('POST', deploy)).text
  const content = { id: 'hello', content: new Uint8Array(1), parameters: new Map() }
  await service.store.deployments.succeed('hello', taskId, content)
}

test('a flow that is not deployed is not found, in the words that clients look for', async () => {
  const { status, text } = await service.call('GET', row)
  assert.equal(status, 404)
  assert.match(text, /Requested entity could not be found/)
  assert.equal((await service.call('DELETE', row)).status, 404)
})

test('a deployment answers at once with a bare task ID, whatever the body', async () => {
  const bodies: readonly (readonly [contentType: string | undefined, body: string | undefined])[] = [
    [undefined, undefined],
    ['application/json', ''],
    ['application/json', 'null'],
    ['application/json', '{}'],
    ['application/x-www-form-urlencoded', 'a=b'],
    ['text/plain', '{broken'],
  ]
  for (const [contentType, body] of bodies) {
    const { status, text } = await service.call('POST', deploy.replace('active', 'Active'), {
      headers: contentType ? { 'content-type': contentType } : {},
      body,
    })
    assert.equal(status, 202, `${contentType} ${body}`)
    assert.match(text, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  }
  const encoded = await service.call('POST', 'DeployIntegrationDesigntimeArtifact?Id=%27hello%27&Version=%271.0.0%27')
  assert.equal(encoded.status, 202)
})

test('the row exists while the flow starts, and follows how it ends', async () => {
  const taskId = (await service.call('POST', deploy)).text
  const status = async () => (await service.call('GET', `BuildAndDeployStatus(TaskId='${taskId}')`)).json.d.Status
  const { d } = (await service.call('GET', row)).json
  assert.deepEqual([d.Status, d.Type, d.Name, d.Version], ['STARTING', 'INTEGRATION_FLOW', 'Hello', '1.0.0'])
  assert.deepEqual([d.DeployedBy, d.DeployedOn], ['developer', `/Date(${service.clock.now()})/`])
  assert.match(d.ErrorInformation.__deferred.uri, /IntegrationRuntimeArtifacts\('hello'\)\/ErrorInformation$/)
  assert.equal(await status(), 'DEPLOYING')
  assert.equal((await service.call('GET', `${row}/ErrorInformation/$value`)).status, 204)

  const error = 'Expected a step, found "Sorter" at element "Sort" (CallActivity_3)\nExpected an address, found none'
  await service.store.deployments.fail('hello', taskId, error)
  assert.equal(await status(), 'FAIL')
  assert.equal((await service.call('GET', row)).json.d.Status, 'ERROR')
  const document = await service.call('GET', `${row}/ErrorInformation/$value`)
  assert.deepEqual([document.status, document.headers['content-type']], [200, 'application/json;charset=utf-8'])
  const { message, parameter, childMessageInstances } = document.json
  assert.deepEqual(Object.keys(message), ['subsystemName', 'subsytemPartName', 'messageId', 'messageText'])
  assert.equal(parameter[0], error)
  assert.deepEqual(
    childMessageInstances.map((child: { parameter: string[] }) => child.parameter[0]),
    error.split('\n'),
  )
  const entity = (await service.call('GET', `${row}/ErrorInformation`)).json.d
  assert.equal(
    entity.__metadata.media_src,
    "https://tenant.example/api/v1/RuntimeArtifactErrorInformations('hello')/$value",
  )
  const direct = await service.call('GET', "RuntimeArtifactErrorInformations('hello')/$value")
  assert.equal(direct.text, document.text)

  const again = (await service.call('POST', deploy)).text
  await service.store.deployments.succeed('hello', again, {
    id: 'hello',
    content: new Uint8Array(1),
    parameters: new Map(),
  })
  assert.equal((await service.call('GET', row)).json.d.Status, 'STARTED')
  assert.equal((await service.call('GET', `BuildAndDeployStatus(TaskId='${again}')`)).json.d.Status, 'SUCCESS')
})

test('deployed artifacts are listed, filtered and counted', async () => {
  await start()
  const count = async (filter: string) =>
    (await service.call('GET', `IntegrationRuntimeArtifacts/$count?$filter=${filter}`)).text
  assert.equal(await count("Status eq 'STARTED' and Type eq 'INTEGRATION_FLOW'"), '1')
  assert.equal(await count("Status eq 'ERROR'"), '0')
  assert.equal(await count("DeployedOn gt datetime'2025-12-31T23:59:59'"), '1')
  assert.equal((await service.call('GET', 'IntegrationRuntimeArtifacts')).json.d.results.length, 1)
})

test('undeploying answers 202, and the row is gone', async () => {
  await start()
  assert.equal((await service.call('DELETE', row)).status, 202)
  assert.equal((await service.call('GET', row)).status, 404)
  assert.equal((await service.call('GET', `${row}/ErrorInformation/$value`)).status, 404)
})

test('what cannot be deployed is said', async () => {
  const cases: readonly (readonly [url: string, status: number, message: RegExp])[] = [
    [deploy.replace('hello', 'Other'), 404, /Integration design time artifact not found/],
    [deploy.replace('active', '9.9.9'), 404, /Integration design time artifact not found/],
    ['DeployIntegrationDesigntimeArtifact', 400, /Id='value' in the query, found nothing/],
    ["DeployIntegrationDesigntimeArtifact?Id='hello", 400, /found 'hello/],
    ["BuildAndDeployStatus(TaskId='x')", 405, /Expected GET/],
  ]
  for (const [url, status, message] of cases) {
    const answer = await service.call('POST', url)
    assert.equal(answer.status, status, url)
    assert.match(answer.json.error.message.value, message)
  }
  assert.equal((await service.call('GET', "BuildAndDeployStatus(TaskId='x')")).status, 404)
  const { status, headers } = await service.call('GET', deploy)
  assert.deepEqual([status, headers.allow], [405, 'POST'])
})

test('a zip is deployed that is in no package', async () => {
  const manifest =
    'Bundle-SymbolicName: built\r\nBundle-Name: Built\r\nBundle-Version: 3.0.0\r\nSAP-BundleType: IntegrationFlow\r\n'
  const zip = await helloArchive({ 'META-INF/MANIFEST.MF': manifest })
  const post = (BinaryFile: unknown, user = 'developer') =>
    service.call('POST', 'IntegrationRuntimeArtifacts', {
      body: { BinaryFile },
      headers: { authorization: `Bearer ${user}` },
    })
  const { status, json } = await post(base64(zip))
  assert.equal(status, 201)
  const { Id, Name, Version, Type, Status } = json.d
  assert.deepEqual([Id, Name, Version, Type, Status], ['built', 'Built', '3.0.0', 'INTEGRATION_FLOW', 'STARTING'])
  assert.deepEqual(service.deployer.deployed.at(-1)?.content, Buffer.from(zip))
  assert.equal((await service.call('GET', "IntegrationDesigntimeArtifacts(Id='built',Version='active')")).status, 404)
  for (const [file, message] of [
    [undefined, /"BinaryFile" to be the zip/],
    [null, /"BinaryFile" to be the zip/],
    ['?', /"BinaryFile" in base64/],
    [base64(Buffer.from('x')), /Expected a zip archive/],
    [
      base64(await helloArchive({ 'META-INF/MANIFEST.MF': manifest.replace('IntegrationFlow', 'Other') })),
      /found "Other"/,
    ],
  ] as const) {
    const answer = await post(file)
    assert.equal(answer.status, 400)
    assert.match(answer.json.error.message.value, message)
  }
  assert.equal((await post(base64(zip), 'reader')).status, 403)
  const metadata = await service.call('GET', '$metadata', { headers: { accept: '*/*' } })
  assert.doesNotMatch(metadata.text, /BinaryFile/)
})

test('what runs is downloaded by those who may read designs, too', async () => {
  const taskId = (await service.call('POST', deploy)).text
  assert.equal((await service.call('GET', `${row}/$value`)).status, 204)
  const content = await helloArchive()
  await service.store.deployments.succeed('hello', taskId, { id: 'hello', content, parameters: new Map() })
  const { status, headers, bytes } = await service.call('GET', `${row}/$value`)
  assert.deepEqual([status, headers['content-type']], [200, 'application/zip'])
  assert.equal(headers['content-disposition'], 'attachment; filename=hello.zip')
  assert.deepEqual(new Uint8Array(bytes), new Uint8Array(content))
  for (const role of ['IntegrationOperationServer.read', 'NodeManager.read']) {
    await service.store.roles.assignUsers({ application: 'devtmn', role }, ['partners'])
  }
  const asOperator = { headers: { authorization: 'Bearer partners' } }
  assert.equal((await service.call('GET', row, asOperator)).status, 200)
  assert.equal((await service.call('GET', `${row}/$value`, asOperator)).status, 403)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { type Answer, jsonOf, rowsOf } from '../wire.ts'
import { parameterOf } from './configuration.ts'
import { assertError } from './content.ts'

const runtime = "/api/v1/IntegrationRuntimeArtifacts('AccFlow')"

interface RuntimeArtifact {
  readonly Id: string
  readonly Version: string
  readonly Type: string
  readonly Status: string
  readonly DeployedBy: string
  readonly DeployedOn: string
}

interface Endpoint {
  readonly Name: string
  readonly Id: string
  readonly Protocol: string
  readonly EntryPoints: { readonly results: readonly { readonly Url: string }[] }
}

/** An order as partners send it. */
export function order(id: string, amount: number): string {
  return `<order><id>${id}</id><amount>${amount}</amount></order>`
}

/** Steps 17 to 21: from the design time to a message. */
export function runtimeSteps(run: AcceptanceRun): void {
  test('17: FlashPipe finds nothing deployed', async () => {
    assertError(await run.flashPipe.get(runtime), 404, 'Not Found', /Requested entity could not be found/)
  })

  test('18, 19: Piper deploys and polls; a Jenkinsfile sees the artifact start', async () => {
    const before = performance.now()
    const accepted = await run.piper.deploy('AccFlow')
    const took = performance.now() - before
    assert.equal(accepted.status, 202, accepted.text)
    assert.match(accepted.text, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.ok(took < 2000, `Expected an answer within 2 s, found ${took} ms`)
    // The first flow with a script starts a Java process, so that the deployment is still under way.
    const task = `/api/v1/BuildAndDeployStatus(TaskId='${accepted.text}')`
    const headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
    assert.equal(statusOf(await run.piper.get(task, headers)), 'DEPLOYING')
    assert.equal(statusOf(await run.jenkinsfile.get(runtime)), 'STARTING')
    await run.tenant.server.deployed()
    assert.equal(statusOf(await run.piper.get(task, headers)), 'SUCCESS')
    const artifact = jsonOf<RuntimeArtifact>(await run.jenkinsfile.get(runtime))
    const { Id, Version, Type, Status, DeployedBy, DeployedOn } = artifact
    const expected = ['AccFlow', '1.0.4', 'INTEGRATION_FLOW', 'STARTED', 'oauth_client_pipeline']
    assert.deepEqual([Id, Version, Type, Status, DeployedBy], expected)
    assert.match(DeployedOn, /^\/Date\(\d+\)\/$/)
  })

  test('18, 19: contiva deploys with null for a body, and asks for the version in the runtime', async () => {
    await run.contiva.integrationContent.deployIntegrationFlow('AccFlow')
    await run.tenant.server.deployed()
    const artifact = await run.contiva.integrationContent.getDeployedArtifactById('AccFlow')
    assert.deepEqual([artifact?.Version, artifact?.Status], ['1.0.4', 'STARTED'])
  })

  test('18, 19: the SAP Cloud SDK deploys by function import and reads the task that it is given', async () => {
    const sdk = await run.sdk()
    const deploy = sdk.call('deployIntegrationDesigntimeArtifact', { id: 'AccFlow', version: 'active' })
    const { status, data } = await deploy.executeRaw(run.destination)
    assert.equal(status, 202)
    await run.tenant.server.deployed()
    const task = await sdk.api('BuildAndDeployStatus').requestBuilder().getByKey(data).execute(run.destination)
    assert.deepEqual([task.taskId, task.status], [data, 'SUCCESS'])
  })

  test('20: Piper, a Jenkinsfile and contiva find the endpoint', async () => {
    const found = rowsOf<Endpoint>(await run.piper.get('/api/v1/ServiceEndpoints?$expand=EntryPoints'))
    const endpoint = found.find(({ Name }) => Name === 'AccFlow')
    assert.deepEqual([endpoint?.Protocol, endpoint?.Id], ['REST', 'AccFlow$endpointAddress=acceptance/orders'])
    run.endpoint = endpoint?.EntryPoints.results[0]?.Url ?? ''
    assert.equal(run.endpoint, `${run.tenant.url}/http/acceptance/orders`)
    const query = "$filter=Name%20eq%20'AccFlow'&$select=EntryPoints&$expand=EntryPoints"
    const [selected, ...others] = rowsOf<Endpoint>(await run.jenkinsfile.get(`/api/v1/ServiceEndpoints?${query}`))
    assert.equal(others.length, 0)
    assert.equal(selected?.EntryPoints.results[0]?.Url, run.endpoint)
    assert.deepEqual(Object.keys(selected ?? {}).sort(), ['EntryPoints', '__metadata'])
    assert.equal((await run.contiva.integrationContent.getServiceEndpoints()).length, 1)
  })

  test('21: Piper sends an order that is confirmed, with the configured words', async () => {
    const answer = await run.piper.trigger(run.endpoint, order('4711', 50), 'application/xml')
    const text = await parameterOf(run, 'My Key')
    const expected = `<confirmation><id>4711</id><text>${text}</text></confirmation>`
    assert.deepEqual([answer.status, answer.text], [200, expected])
    assert.equal(answer.headers.get('content-type'), 'application/xml')
    run.confirmed = guidOf(answer)
  })

  test('21: Piper sends an order that is refused', async () => {
    run.tenant.server.clock.advance(1000)
    const answer = await run.piper.trigger(run.endpoint, order('4712', 5000), 'application/xml')
    assert.equal(answer.status, 500)
    assert.match(answer.text, /Order 4712 exceeds the limit/)
    run.refused = guidOf(answer)
  })
}

/** Piper deploys the flow; resolves when it has started. */
export async function deployFlow(run: AcceptanceRun, id: string): Promise<void> {
  const task = await run.piper.deploy(id)
  assert.equal(task.status, 202, task.text)
  await run.tenant.server.deployed()
  assert.equal(statusOf(await run.piper.get(`/api/v1/BuildAndDeployStatus(TaskId='${task.text}')`)), 'SUCCESS', id)
}

function statusOf(answer: Answer): string {
  return jsonOf<{ Status: string }>(answer).Status
}

function guidOf({ headers }: Answer): string {
  const guid = headers.get('sap_messageprocessinglogid') ?? ''
  assert.match(guid, /^[A-Za-z0-9_-]{28}$/)
  assert.match(headers.get('sap_mplcorrelationid') ?? '', /^[A-Za-z0-9_-]{28}$/)
  return guid
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { artifactFiles, unzip, zip } from '../artifact-zip.ts'
import { rowsOf } from '../wire.ts'
import { deployFlow } from './runtime.ts'

interface Parameter {
  readonly Pid: string
  readonly Id: string
  readonly Value: string
}

/** Step 28: the partner directory in a batch, and what a flow makes of it and leaves behind. */
export function partnerSteps(run: AcceptanceRun): void {
  const list = () => run.flashPipe.get('/api/v1/StringParameters?$orderby=Pid,Id')

  test('28: a changeset creates and changes parameters, as the documentation writes it', async () => {
    const answer = await run.postman.batch([
      parameterPart('ACME', 'Standard', 'X12'),
      parameterPart('ACME', 'Version', '4010'),
      changePart('ACME', 'Version', '5010'),
    ])
    assert.equal(answer.status, 202, answer.text)
    assert.deepEqual(answer.text.match(/HTTP\/1\.1 \d+ [A-Za-z ]+/g), [
      'HTTP/1.1 201 Created',
      'HTTP/1.1 201 Created',
      'HTTP/1.1 204 No Content',
    ])
    const uri = `${run.tenant.url}/api/v1/StringParameters(Pid='ACME',Id='Standard')`
    assert.match(answer.text, new RegExp(`^Location: ${uri.replace(/[()]/g, '\\$&')}\\r$`, 'mi'))
    assert.match(answer.text, /^DataServiceVersion: 2\.0\r$/im)
    const parameters = rowsOf<Parameter>(await list()).map(({ Pid, Id, Value }) => [Pid, Id, Value])
    assert.deepEqual(parameters, [
      ['ACME', 'Standard', 'X12'],
      ['ACME', 'Version', '5010'],
    ])
  })

  test('28: of a changeset that fails nothing is left', async () => {
    const before = (await list()).text
    const answer = await run.postman.batch([
      parameterPart('Other', 'Standard', 'EDIFACT'),
      parameterPart('ACME', 'Standard', 'EDIFACT'),
    ])
    assert.equal(answer.status, 202, answer.text)
    assert.deepEqual(answer.text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 409'])
    assert.equal((await list()).text, before)
  })

  test('28: the SAP Cloud SDK reads and changes in a batch of its own', async () => {
    const sdk = await run.sdk()
    const api = sdk.api('StringParameters')
    // The generator leaves out properties that it takes for inherited; these are the set's own.
    const entity = api.entityBuilder().fromJson({ pid: 'ACME', id: 'Release', value: 'D.96A' })
    const { responses, ...read } = await sdk
      .batch(sdk.changeset(api.requestBuilder().create(entity)), api.requestBuilder().getAll())
      .execute(run.destination)
      .then(([changes, rows]) => ({ responses: changes?.responses, ...rows }))
    assert.deepEqual(
      responses?.map(({ httpCode }) => httpCode),
      [201],
    )
    const { d } = read.body as { d: { results: Parameter[] } }
    assert.deepEqual([read.httpCode, d.results.map(({ Id }) => Id).sort()], [200, ['Release', 'Standard', 'Version']])
  })

  test('28: a flow reads the partner directory, and contiva reads what the flow has left', async () => {
    const content = { Name: 'Flow with data of the tenant', Id: 'AccPartner', PackageId: 'AccPkg' }
    const ArtifactContent = (await zip(artifactFiles('AccPartner'))).toString('base64')
    const created = await run.flashPipe.write('POST', '/api/v1/IntegrationDesigntimeArtifacts', {
      ...content,
      ArtifactContent,
    })
    assert.equal(created.status, 201, created.text)
    await deployFlow(run, 'AccPartner')
    const answer = await run.piper.trigger(`${run.tenant.url}/http/acceptance/partners`, 'ACME', 'text/plain')
    assert.deepEqual([answer.status, answer.text], [200, 'X12'])

    const { messageStore } = run.contiva
    const stores = (await messageStore.getDataStores()).map(store => [
      store.DataStoreName,
      store.IntegrationFlow,
      store.NumberOfMessages,
    ])
    assert.deepEqual(stores, [['Partners', 'AccPartner', '1']])
    const key: [string, string, string[]] = ['Partners', 'AccPartner', ['']]
    const entries = await messageStore.getDataStoreEntriesForStore(...key)
    assert.deepEqual(
      entries.map(({ Id, Status }) => [Id, Status]),
      [['ACME', 'Waiting']],
    )
    const variables = (await messageStore.getVariables()).map(({ VariableName, Visibility }) => [
      VariableName,
      Visibility,
    ])
    assert.deepEqual(variables, [['LastStandard', 'Global']])
    const entry =
      "/api/v1/DataStoreEntries(Id='ACME',DataStoreName='Partners',IntegrationFlow='AccPartner',Type='')/$value"
    const stored = await unzip((await run.figaf.get(entry)).body)
    assert.equal(stored.get('body')?.toString(), 'X12')
    const variable = await run.figaf.get("/api/v1/Variables(VariableName='LastStandard',IntegrationFlow='')/$value")
    assert.match((await unzip(variable.body)).get('headers.prop')?.toString() ?? '', /^LastStandard=X12$/m)
    await messageStore.deleteDataStoreEntry('ACME', ...key)
    assert.deepEqual(await messageStore.getAllDataStoreEntries(), [])
    await messageStore.deleteVariable('LastStandard', '')
    assert.deepEqual(await messageStore.getVariables(), [])
  })
}

function parameterPart(pid: string, id: string, value: string): string {
  return part('POST StringParameters?user=userAbc', { Pid: pid, Id: id, Value: value })
}

function changePart(pid: string, id: string, value: string): string {
  return part(`PUT StringParameters(Pid='${pid}',Id='${id}')?user=userAbc`, { Value: value })
}

function part(start: string, content: object): string {
  const body = JSON.stringify(content)
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `${start} HTTP/1.1`,
    `Content-Length: ${body.length}`,
    'Accept: application/json',
    'content-type: application/json',
    '',
    body,
  ].join('\r\n')
}

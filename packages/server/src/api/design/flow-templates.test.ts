import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { flowTemplates, openBundle } from '@sluice/iflow'
import { parseIflow } from '@sluice/iflow/bpmn'
import { runFlow, type ScriptedAnswer } from '@sluice/iflow/testing'
import { compileArtifact } from '../../local/compile-artifact.ts'
import { readArchive } from '../../runtime/archive.ts'
import { registry } from '../../runtime/build-flow.ts'
import { base64, startTestService, type TestService } from '../odata/testing/test-service.ts'

const path = '/api/design/v1/flow-templates'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack', ShortText: 'Pack' } })
})
after(() => service.close())

const artifactOf = (type: string, id: string) =>
  service.call('GET', `${path}/${type}?${new URLSearchParams({ id, name: `My ${id}` })}`)

test('every template is listed', async () => {
  const { templates } = (await service.call('GET', path)).json
  assert.deepEqual(
    templates.map(({ type }: { type: string }) => type),
    flowTemplates.map(({ type }) => type),
  )
})

for (const { type, label } of flowTemplates) {
  test(`${label}: the artifact compiles, and the OData API takes it`, async () => {
    const { status, bytes } = await artifactOf(type, 'Größe 1')
    assert.equal(status, 200)
    const opened = openBundle(await readArchive(bytes))
    assert.deepEqual([opened.bundle?.id, opened.bundle?.name], ['Größe 1', 'My Größe 1'])
    const { plan, diagnostics } = await compileArtifact(opened, new Map(), new Map())
    assert.ok(plan)
    const expected = type === 'empty' ? ['no-sender'] : []
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      expected,
    )
    const body = { Id: `New-${type}`, Name: type, PackageId: 'Pack' }
    const { bytes: zip } = await artifactOf(type, body.Id)
    const created = await service.call('POST', 'IntegrationDesigntimeArtifacts', {
      body: { ...body, ArtifactContent: base64(zip) },
    })
    assert.equal(created.status, 201, created.text)
  })
  test(`${label}: everything is in the diagram`, async () => {
    const { bytes } = await artifactOf(type, 'Drawn')
    const { flow } = openBundle(await readArchive(bytes)).bundle ?? {}
    const { model } = parseIflow(flow?.text ?? '', 'flow.iflw').document ?? {}
    assert.ok(model)
    const containers = model.processes.flatMap(process => [process, ...process.exceptionSubprocesses])
    const ids = [
      ...model.participants.keys(),
      ...model.channels.map(({ id }) => id),
      ...containers.flatMap(({ nodes, flows }) => [...nodes.keys(), ...flows.keys()]),
    ]
    const drawn = [...(flow?.text ?? '').matchAll(/<bpmndi:BPMN(?:Shape|Edge) bpmnElement="([^"]+)"/g)].map(
      match => match[1] ?? '',
    )
    const subprocesses = model.processes.flatMap(process => process.exceptionSubprocesses.map(({ id }) => id))
    assert.deepEqual(drawn.sort(), [...ids, ...subprocesses].sort())
  })
}

const runs: readonly (readonly [
  type: string,
  receiver: ScriptedAnswer,
  body: string,
  headers: Record<string, string>,
])[] = [
  ['https-to-reply', {}, 'Hello from Run', { 'Content-Type': 'text/plain' }],
  ['timer-to-http', { body: 'read' }, 'read', {}],
  ['exception-subprocess', { body: 'passed on' }, 'passed on', {}],
  ['exception-subprocess', { failure: 'No connection.' }, 'No connection.', { CamelHttpResponseCode: '502' }],
]

for (const [type, receiver, body, headers] of runs) {
  test(`${type} gives "${body}"`, async () => {
    const files = await readArchive((await artifactOf(type, 'Run')).bytes)
    const { result } = await runFlow(files, { registry, receivers: { HTTP: receiver } })
    assert.equal(result.status, 'COMPLETED')
    assert.equal(result.exchange.body.text(), body)
    for (const [name, value] of Object.entries(headers)) assert.equal(result.exchange.headers.get(name), value)
  })
}

test('a template that there is not, and an ID that cannot be, are refused', async () => {
  assert.equal((await artifactOf('other', 'A')).json.code, 'unknown-template')
  const { status, json } = await artifactOf('empty', '../a')
  assert.deepEqual([status, json.code], [400, 'invalid-id'])
  assert.equal((await service.call('GET', `${path}/empty`)).status, 400)
})

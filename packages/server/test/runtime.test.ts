import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type FlowSketch, flowText } from '@sluice/iflow/testing'
import { writeArchive } from '../src/runtime/archive.ts'
import { flowZip, Tenant } from './tenant.ts'

interface Log {
  readonly MessageGuid: string
  readonly CorrelationId: string
  readonly IntegrationFlowName: string
  readonly Status: string
}

const https = (step: string, address: string) =>
  ({
    step,
    direction: 'Sender',
    properties: { ComponentType: 'HTTPS', urlPath: address, xsrfProtection: '0' },
  }) as const
const directSender = (step: string, address: string) =>
  ({ step, direction: 'Sender', properties: { ComponentType: 'ProcessDirect', address } }) as const
const directReceiver = (step: string, address: string) =>
  ({ step, direction: 'Receiver', properties: { ComponentType: 'ProcessDirect', address } }) as const

/** A flow that calls another one at the ProcessDirect address that the body names. */
const caller: FlowSketch = {
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'start', type: 'MessageStartEvent' },
        { id: 'call', type: 'ExternalCall', name: 'Call the other' },
        { id: 'end', type: 'MessageEndEvent' },
      ],
      flows: [
        { from: 'start', to: 'call' },
        { from: 'call', to: 'end' },
      ],
    },
  ],
  channels: [https('start', '/caller'), directReceiver('call', '/${body}')],
}

/** A flow that answers with the next number of a range. */
const numbering: FlowSketch = {
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'start', type: 'MessageStartEvent' },
        {
          id: 'number',
          type: 'Enricher',
          properties: {
            propertyTable:
              "<row><cell id='Action'>Create</cell><cell id='Name'>n</cell><cell id='Type'>numberRange</cell><cell id='Value'>orders</cell></row>",
            bodyType: 'expression',
            wrapContent: 'number ${property.n}',
          },
        },
        { id: 'end', type: 'MessageEndEvent' },
      ],
      flows: [
        { from: 'start', to: 'number' },
        { from: 'number', to: 'end' },
      ],
    },
  ],
  channels: [directSender('start', '/numbering')],
}

const zipOf = (id: string, sketch: FlowSketch) =>
  writeArchive(
    new Map([
      [
        'META-INF/MANIFEST.MF',
        Buffer.from(
          `Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\nBundle-Name: ${id}\r\nBundle-SymbolicName: ${id}\r\nBundle-Version: 1.0.0\r\nSAP-BundleType: IntegrationFlow\r\n`,
        ),
      ],
      [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`, Buffer.from(flowText(sketch))],
    ]),
  )

async function tenantWithCaller(directory?: string): Promise<{ tenant: Tenant; token: string }> {
  const tenant = await Tenant.start(directory ? { dataDirectory: directory } : {})
  await tenant.createClient({ id: 'hello' })
  await tenant.assign('hello')
  return { tenant, token: await tenant.token('hello') }
}

async function logs(tenant: Tenant, query: string): Promise<Log[]> {
  const { text } = await tenant.administer('GET', `/api/v1/MessageProcessingLogs?${query}`)
  return (JSON.parse(text) as { d: { results: Log[] } }).d.results
}

describe('flows that call each other', () => {
  test('both write a log, and the logs share their correlation', async () => {
    const { tenant, token } = await tenantWithCaller()
    try {
      assert.equal((await tenant.deploy(await zipOf('caller', caller), 'caller')).status, 'SUCCESS')
      assert.equal((await tenant.deploy(await zipOf('numbering', numbering), 'numbering')).status, 'SUCCESS')
      const range = {
        Name: 'orders',
        MinValue: '7',
        MaxValue: '8',
        CurrentValue: '7',
        Rotate: 'false',
        FieldLength: '4',
      }
      assert.equal((await tenant.administer('POST', '/api/v1/NumberRanges', range)).status, 201)
      const call = () => tenant.call('/caller', token, { body: 'numbering' })
      const first = await call()
      assert.deepEqual([first.status, first.text], [200, 'number 0007'])
      assert.equal((await call()).text, 'number 0008')
      const correlation = first.headers.get('sap_mplcorrelationid')
      const related = await logs(tenant, `$filter=CorrelationId eq '${correlation}'&$orderby=IntegrationFlowName`)
      assert.deepEqual(
        related.map(log => [log.IntegrationFlowName, log.Status]),
        [
          ['caller', 'COMPLETED'],
          ['numbering', 'COMPLETED'],
        ],
      )

      const exhausted = await call()
      assert.equal(exhausted.status, 500)
      assert.doesNotMatch(exhausted.text, /orders|range/, 'the sender does not read why')
      const failed = await logs(tenant, "$filter=Status eq 'FAILED' and IntegrationFlowName eq 'numbering'")
      const guid = failed[0]?.MessageGuid
      const error = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')/ErrorInformation/$value`)
      assert.match(error.text, /range "orders", found it used up/)
      assert.match(error.text, /number/, 'names the step')
    } finally {
      await tenant.close()
    }
  })

  test('a missing consumer fails the message, and says so in its log', async () => {
    const { tenant, token } = await tenantWithCaller()
    try {
      await tenant.deploy(await zipOf('caller', caller), 'caller')
      const answer = await tenant.call('/caller', token, { body: 'nobody' })
      assert.equal(answer.status, 500)
      const guid = answer.headers.get('sap_messageprocessinglogid')
      const error = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')/ErrorInformation/$value`)
      assert.match(error.text, /ProcessDirect address "\/nobody", found none/)
      assert.doesNotMatch(error.text, /\bat .*:\d+:\d+/, 'no stack trace')
    } finally {
      await tenant.close()
    }
  })
})

test('what was deployed answers again after a restart, with what was configured when it was deployed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-restart-'))
  try {
    const before = await tenantWithCaller(directory)
    const configuration =
      "/api/v1/IntegrationDesigntimeArtifacts(Id='hello',Version='active')/$links/Configurations('Greeting')"
    await before.tenant.upload(await flowZip())
    assert.equal((await before.tenant.administer('PUT', configuration, { ParameterValue: 'Servus' })).status, 202)
    await before.tenant.deploy(await flowZip())
    assert.equal((await before.tenant.call('/hello', before.token)).text, 'Servus, world!')
    await before.tenant.administer('PUT', configuration, { ParameterValue: 'not deployed' })
    await before.tenant.close()

    const after = await Tenant.start({ dataDirectory: directory })
    assert.equal((await after.call('/hello', before.token)).text, 'Servus, world!')
    assert.equal((await after.administer('DELETE', "/api/v1/IntegrationRuntimeArtifacts('hello')")).status, 202)
    assert.equal((await after.call('/hello', before.token)).status, 404)
    await after.close()

    const last = await Tenant.start({ dataDirectory: directory })
    assert.equal((await last.call('/hello', before.token)).status, 404, 'undeployed stays undeployed')
    await last.close()
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})

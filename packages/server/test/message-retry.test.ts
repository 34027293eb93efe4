import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { artifactZip, relayZip } from './relay-flow.ts'
import { ok, Tenant } from './tenant.ts'

/** Fails on its first try, and always when the message says so. */
const script = `
function processData(message) {
  var body = String(message.getBody())
  messageLogFactory.getMessageLog(message).addCustomHeaderProperty('redelivered', String(message.getHeaders().get('JMSRedelivered')))
  if (body === 'never' || String(message.getHeaders().get('JMSRedelivered')) === 'false') throw new Error('not yet')
  return message
}`

function flow(sender: Readonly<Record<string, string>>, receiver?: Readonly<Record<string, string>>): string {
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          ...(receiver
            ? [{ id: 'Step', type: 'Send' }]
            : [{ id: 'Step', type: 'JavaScript', properties: { script: 'Try.js' } }]),
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Step' },
          { from: 'Step', to: 'End' },
        ],
      },
    ],
    channels: [
      { step: 'Start', direction: 'Sender', properties: sender },
      ...(receiver ? [{ step: 'Step', direction: 'Receiver' as const, properties: receiver }] : []),
    ],
  })
}

interface Log {
  readonly MessageGuid: string
  readonly Status: string
  readonly LogStart: string
}

let tenant: Tenant
let token: string
before(async () => {
  tenant = await Tenant.start()
  await tenant.createClient({ id: 'caller' })
  await tenant.assign('caller')
  token = await tenant.token('caller')
  const put = flow(
    { ComponentType: 'HTTPS', urlPath: '/put', xsrfProtection: '0' },
    { ComponentType: 'JMS', QueueName_outbound: 'Work' },
  )
  const work = flow({ ComponentType: 'JMS', QueueName_inbound: 'Work', RetryInterval: '1' })
  for (const [id, iflw] of [
    ['put', put],
    ['work', work],
  ] as const) {
    const { status, upload } = await tenant.deploy(await artifactZip(id, iflw, { 'script/Try.js': script }), id)
    assert.equal(status, 'SUCCESS', upload.text)
  }
})
after(() => tenant.server.close())

async function read<T>(path: string): Promise<T> {
  return JSON.parse(ok(await tenant.administer('GET', `/api/v1/${path}`)).text).d
}

/** The logs of what one message caused in the consuming flow. */
async function logsOf(correlationId: string | null): Promise<Log[]> {
  const filter = `CorrelationId eq '${correlationId}' and IntegrationFlowName eq 'work'`
  return (await read<{ results: Log[] }>(`MessageProcessingLogs?$filter=${encodeURIComponent(filter)}`)).results
}

async function put(body: string): Promise<string | null> {
  const { headers } = ok(await tenant.call('/put', token, { body }))
  await tenant.server.runDueTimers()
  return headers.get('SAP_MplCorrelationId')
}

test('all tries of a message have one log: RETRY until it succeeds, with a run for each', async () => {
  const correlationId = await put('once')
  const [first, ...others] = await logsOf(correlationId)
  assert.deepEqual([first?.Status, others], ['RETRY', []])
  const guid = first?.MessageGuid
  const error = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')/ErrorInformation/$value`)
  assert.match(error.text, /not yet/)
  tenant.server.clock.advance(60_000)
  await tenant.server.runDueTimers()
  const [last, ...more] = await logsOf(correlationId)
  assert.deepEqual([last?.MessageGuid, last?.Status, last?.LogStart, more], [guid, 'COMPLETED', first?.LogStart, []])
  const none = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')/ErrorInformation/$value`)
  assert.equal(none.status, 204)
  const { results: runs } = await read<{ results: { Id: string; OverallState: string }[] }>(
    `MessageProcessingLogs('${guid}')/Runs`,
  )
  assert.deepEqual(
    runs.map(({ OverallState }) => OverallState),
    ['COMPLETED', 'RETRY'],
  )
  assert.equal(runs[1]?.Id, guid)
  assert.equal((await read<{ Id: string }>(`MessageProcessingLogRuns('${runs[0]?.Id}')`)).Id, runs[0]?.Id)
  for (const { Id } of runs) {
    assert.equal((await tenant.administer('GET', `/api/v1/MessageProcessingLogRuns('${Id}')/RunSteps`)).status, 200)
  }
  const headers = await read<{ results: { Value: string }[] }>(
    `MessageProcessingLogs('${guid}')/CustomHeaderProperties`,
  )
  assert.deepEqual(
    headers.results.map(({ Value }) => Value),
    ['true'],
  )
})

test('a message that waits for its next try can be cancelled', async () => {
  const correlationId = await put('never')
  const [log] = await logsOf(correlationId)
  const path = `/api/v1/CancelMessageProcessingLog?Id='${log?.MessageGuid}'`
  const { status, text } = await tenant.administer('POST', path)
  assert.deepEqual([status, JSON.parse(text).d.Status], [200, 'CANCELLED'])
  tenant.server.clock.advance(60_000)
  await tenant.server.runDueTimers()
  const [after, ...others] = await logsOf(correlationId)
  assert.deepEqual([after?.Status, others], ['CANCELLED', []])
  assert.equal((await tenant.administer('POST', path)).status, 409)
})

test('a message that is deleted from its queue is cancelled', async () => {
  const correlationId = await put('never')
  const { results } = await read<{ results: { Msgid: string; Name: string; Failed: boolean }[] }>(
    "Queues('Work')/Messages",
  )
  const [message] = results
  const key = `Msgid='${message?.Msgid}',Name='Work',Failed=${message?.Failed}`
  assert.equal((await tenant.administer('DELETE', `/api/v1/JmsMessages(${key})`)).status, 202)
  assert.equal((await logsOf(correlationId))[0]?.Status, 'CANCELLED')
})

test('a message that is under way ends at its next step when it is cancelled', async () => {
  const asked = Promise.withResolvers<ServerResponse>()
  const receiver = createServer((_, response) => asked.resolve(response)).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  try {
    const { port } = receiver.address() as AddressInfo
    const channel = { httpAddressWithoutQuery: `http://127.0.0.1:${port}/`, httpMethod: 'GET' }
    await tenant.deploy(await relayZip('slow', 'HTTPS', channel), 'slow')
    const calling = tenant.call('/slow', token)
    const response = await asked.promise
    tenant.server.clock.advance(2_000)
    const filter = encodeURIComponent("IntegrationFlowName eq 'slow'")
    let found: Log | undefined
    while (found === undefined) {
      found = (await read<{ results: Log[] }>(`MessageProcessingLogs?$filter=${filter}`)).results[0]
    }
    assert.equal(found.Status, 'PROCESSING')
    const path = `/api/v1/CancelMessageProcessingLog?Id='${found.MessageGuid}'`
    const { status, text } = await tenant.administer('POST', path)
    assert.deepEqual([status, JSON.parse(text).d.Status], [200, 'PROCESSING'])
    response.end('late')
    assert.equal((await calling).status, 500)
    assert.equal((await read<Log>(`MessageProcessingLogs('${found.MessageGuid}')`)).Status, 'CANCELLED')
  } finally {
    receiver.closeAllConnections()
    receiver.close()
  }
})

test('a queue shows the flows that put messages into it and take them out, and is not deleted meanwhile', async () => {
  const { results } = await read<{ results: { Id: string; Direction: string }[] }>("Queues('Work')/Artifacts")
  assert.deepEqual(
    results.map(({ Id, Direction }) => [Id, Direction]),
    [
      ['put', '2'],
      ['work', '1'],
    ],
  )
  const refused = await tenant.administer('DELETE', "/api/v1/Queues('Work')")
  assert.equal(refused.status, 409)
})

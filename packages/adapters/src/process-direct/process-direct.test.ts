import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DirectEntryPoint, Exchange, expressions, Failure, type FlowCaller, startRun, steps } from '@sluice/iflow'
import { compileSource, fakePorts, flowText, message, runFlow } from '@sluice/iflow/testing'
import { adapters } from '../index.ts'

const registry = { steps, adapters, expressions }

function producer(address: string): string {
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Call', type: 'ExternalCall' },
          { id: 'After', type: 'Enricher', properties: { wrapContent: '${in.body} after' } },
        ],
        flows: [
          { from: 'Start', to: 'Call' },
          { from: 'Call', to: 'After' },
        ],
      },
    ],
    channels: [{ step: 'Call', direction: 'Receiver', properties: { ComponentType: 'ProcessDirect', address } }],
  })
}

async function consumerOf(address: string, allowedHeaderList = ''): Promise<DirectEntryPoint> {
  const { plan, diagnostics } = await compileSource(consumerText(address, allowedHeaderList), { registry })
  const entry = plan?.entryPoints[0]
  assert.equal(entry?.kind, 'direct', JSON.stringify(diagnostics))
  return entry
}

function consumerText(address: string, allowedHeaderList: string): string {
  const properties = { ComponentType: 'ProcessDirect', address }
  return flowText({
    properties: { allowedHeaderList },
    processes: [{ id: 'Main', nodes: [{ id: 'Start', type: 'MessageStartEvent' }], flows: [] }],
    channels: [{ step: 'Start', direction: 'Sender', properties }],
  })
}

test('addresses are compared with a leading slash', async () => {
  assert.equal((await consumerOf('orders/check')).address, '/orders/check')
  assert.equal((await consumerOf('/orders/check')).address, '/orders/check')
})

for (const address of ['', '<Address>', '/a b', '/a/${property.x}']) {
  test(`"${address}" is no address to answer at`, async () => {
    const { plan, diagnostics } = await compileSource(consumerText(address, ''), { registry })
    assert.equal(plan, undefined)
    assert.equal(diagnostics[0]?.at.elementId, 'Channel-Start')
  })
}

test('the consumer sees the body, allowed headers and the content type, and no properties', async () => {
  const entry = await consumerOf('/a', 'x-.*')
  const headers = { 'X-A': '1', other: '2', 'Content-Type': 'text/xml', SAP_MessageProcessingLogID: '3' }
  const received = entry.receive(message({ body: 'b', headers, properties: { p: '1' } }))
  assert.deepEqual(
    [...received.headers],
    [
      ['X-A', '1'],
      ['Content-Type', 'text/xml'],
    ],
  )
  assert.equal(received.properties.size, 0)
  assert.equal(received.body.text(), 'b')
})

test('the answer replaces the body and adds its headers; properties and the ids of the run stay', async () => {
  const answer = new Exchange({
    body: 'answer',
    headers: [
      ['x', 'new'],
      ['SAP_MessageProcessingLogID', 'other'],
    ],
    properties: [['p', 'other']],
  })
  const { result } = await runFlow(producer('/orders/${property.kind}'), {
    registry,
    message: message({ body: 'question', headers: { x: 'old', y: 'kept' }, properties: { kind: 'gold', p: 'mine' } }),
    ports: fakePorts({ consumers: { '/orders/gold': () => answer } }),
  })
  const { headers, properties } = result.exchange
  assert.equal(result.exchange.body.text(), 'answer after')
  assert.deepEqual([headers.get('x'), headers.get('y'), properties.get('p')], ['new', 'kept', 'mine'])
  assert.equal(headers.get('SAP_MessageProcessingLogID'), 'message-1')
})

test('the correlation goes with the call, and how many flows have called each other', async () => {
  const { plan } = await compileSource(producer('a'), { registry })
  assert.ok(plan)
  const calls: unknown[] = []
  const flows = {
    call: async (address: string, exchange: Exchange, caller: FlowCaller) => {
      calls.push([address, caller])
      return exchange
    },
  }
  const options = { ports: { ...fakePorts(), flows }, messageGuid: 'guid', correlationId: 'correlation', callDepth: 3 }
  await startRun(plan, 'Main', message(), options)
  assert.deepEqual(calls, [['/a', { callDepth: 3, correlationId: 'correlation' }]])
})

test('without a consumer the calling step fails', async () => {
  const { result } = await runFlow(producer('/nowhere'), { registry })
  assert.deepEqual([result.status, result.failure?.code, result.failure?.stepId], ['FAILED', 'no-consumer', 'Call'])
})

test("the consumer's failure is a failure of the calling step", async () => {
  const failure = new Failure('No stock.', { code: 'step', stepId: 'InConsumer', retry: 'later' })
  const { result } = await runFlow(producer('/a'), {
    registry,
    ports: fakePorts({ consumers: { '/a': () => Promise.reject(failure) } }),
  })
  const { message: text, stepId, retry, cause } = result.failure ?? {}
  assert.deepEqual([text, stepId, retry, cause], ['No stock.', 'Call', 'later', failure])
})

test('an address that comes to nothing fails the calling step', async () => {
  const { result } = await runFlow(producer('${property.missing}'), { registry })
  assert.deepEqual([result.failure?.code, result.failure?.stepId], ['receiver', 'Call'])
})

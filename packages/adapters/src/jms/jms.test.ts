import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type DeliveredMessage,
  type Exchange,
  expressions,
  type OutgoingMessage,
  type QueueEntryPoint,
  steps,
} from '@sluice/iflow'
import {
  compileSource,
  fakePorts,
  flowText,
  message,
  type NodeSketch,
  runFlow,
  testInstant,
} from '@sluice/iflow/testing'
import { adapters } from '../index.ts'

const registry = { steps, adapters, expressions }
type Texts = Readonly<Record<string, string>>

const day = 86_400_000
const minute = 60_000

interface Sketch {
  readonly channel?: Texts
  readonly properties?: Texts
  /** Behind the step that puts. */
  readonly last?: NodeSketch
  readonly onFailure?: boolean
}

const end: NodeSketch = { id: 'End', type: 'MessageEndEvent' }
const errorEnd: NodeSketch = { id: 'End', type: 'ErrorEndEvent' }

/** Puts each line of the body into queue `Orders`. */
function putting({ channel = {}, properties = {}, last = end, onFailure = false }: Sketch): string {
  const handler = {
    id: 'Handler',
    nodes: [
      { id: 'Caught', type: 'ErrorStartEvent' },
      { id: 'Handled', type: 'MessageEndEvent' },
    ],
    flows: [{ from: 'Caught', to: 'Handled' }],
  }
  return flowText({
    processes: [
      {
        id: 'Main',
        properties,
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Split', type: 'Camel', properties: { exprType: 'Line Break', StopOnExecution: 'true' } },
          { id: 'Put', type: 'Send' },
          { id: 'Gather', type: 'Gather', properties: { aggregationAlgorithm: 'concatenate-strategy' } },
          last,
        ],
        flows: [
          { from: 'Start', to: 'Split' },
          { from: 'Split', to: 'Put' },
          { from: 'Put', to: 'Gather' },
          { from: 'Gather', to: 'End' },
        ],
        ...(onFailure ? { onFailure: handler } : {}),
      },
    ],
    channels: [
      {
        step: 'Put',
        direction: 'Receiver',
        properties: { ComponentType: 'JMS', QueueName_outbound: 'Orders', ...channel },
      },
    ],
  })
}

async function put(sketch: Sketch, exchange: Exchange = message({ body: 'a' })) {
  /** What each call of the port put. */
  const puts: OutgoingMessage[][] = []
  const ports = fakePorts()
  const queues = { put: async (messages: readonly OutgoingMessage[]) => void puts.push([...messages]) }
  const { result } = await runFlow(putting(sketch), { registry, message: exchange, ports: { ...ports, queues } })
  return { result, puts }
}

test('a message is put with its headers, and kept, compressed and sealed as the channel says', async () => {
  const exchange = message({ body: 'a', headers: { no: 7, list: ['x'], flag: true }, properties: { p: '1' } })
  const { puts } = await put({}, exchange)
  const [queued] = puts.flat()
  assert.ok(queued)
  const { content, ...envelope } = queued
  assert.deepEqual(envelope, {
    queue: 'Orders',
    access: 'non-exclusive',
    messageGuid: 'message-1',
    correlationId: 'correlation-1',
    createdAt: testInstant,
    overdueAt: testInstant + 2 * day,
    expiresAt: testInstant + 30 * day,
    compressed: true,
    encrypted: true,
  })
  assert.equal(content.body, 'a')
  const headers = new Map(content.headers)
  assert.deepEqual([headers.get('no'), headers.get('flag'), headers.has('list')], [7, true, false])
  assert.deepEqual(content.properties, [['SAP_IntegrationFlowID', 'flow']])
})

const settings: readonly [channel: Texts, expected: Partial<OutgoingMessage>][] = [
  [{ QueueName_outbound: '${property.p}' }, { queue: '1' }],
  [{ AccessType: 'Exclusive' }, { access: 'exclusive' }],
  [{ RetentionThresholdAlerting: '45' }, { overdueAt: testInstant + 45 * day }],
  [{ ExpirationPeriod: '90' }, { expiresAt: testInstant + 90 * day }],
  [{ UseMessageCompression: '0' }, { compressed: false }],
  [{ EncryptMessage: '0' }, { encrypted: false }],
]
for (const [channel, expected] of settings) {
  test(`a receiver with ${JSON.stringify(channel)}`, async () => {
    const { puts } = await put({ channel }, message({ body: 'a', properties: { p: '1' } }))
    assert.partialDeepStrictEqual(puts.flat()[0], expected)
  })
}

test('properties travel where the channel says so', async () => {
  const exchange = message({ body: 'a', properties: { p: '1', other: { no: 'text' } } })
  const { puts } = await put({ channel: { TransferExchangeProperties: '1' } }, exchange)
  const properties = new Map(puts.flat()[0]?.content.properties)
  assert.deepEqual([properties.get('p'), properties.has('other')], ['1', false])
})

test('a queue without a name, and headers of more than 4 MB, fail the step', async () => {
  const unnamed = await put({ channel: { QueueName_outbound: '${property.none}' } })
  assert.deepEqual([unnamed.result.failure?.code, unnamed.result.failure?.stepId], ['queue', 'Put'])
  const large = await put({}, message({ body: 'a', headers: { h: 'x'.repeat(4 * 1024 * 1024) } }))
  assert.deepEqual([large.result.failure?.code, large.result.failure?.stepId], ['size-limit', 'Put'])
})

const transactions: readonly [handling: string, sketch: Sketch, puts: string[][]][] = [
  ['Required JMS', {}, [['a', 'b']]],
  ['Required JMS', { last: errorEnd }, []],
  ['Required JMS', { last: errorEnd, onFailure: true }, [['a', 'b']]],
  ['Required', { last: errorEnd }, [['a'], ['b']]],
  ['Not Required', { last: errorEnd }, [['a'], ['b']]],
]
for (const [handling, sketch, expected] of transactions) {
  const ending = sketch.last === undefined ? 'ends well' : sketch.onFailure ? 'handles a failure' : 'fails'
  test(`transaction handling "${handling}", and the process ${ending}: ${JSON.stringify(expected)}`, async () => {
    const { puts } = await put(
      { ...sketch, properties: { transactionalHandling: handling } },
      message({ body: 'a\nb' }),
    )
    assert.deepEqual(
      puts.map(messages => messages.map(({ content }) => content.body)),
      expected,
    )
  })
}

async function consumerOf(channel: Texts): Promise<QueueEntryPoint> {
  const properties = { ComponentType: 'JMS', QueueName_inbound: 'Orders', ...channel }
  const source = flowText({
    processes: [{ id: 'Main', nodes: [{ id: 'Start', type: 'MessageStartEvent' }], flows: [] }],
    channels: [{ step: 'Start', direction: 'Sender', properties }],
  })
  const { plan, diagnostics } = await compileSource(source, { registry })
  const entry = plan?.entryPoints[0]
  assert.equal(entry?.kind, 'queue', JSON.stringify(diagnostics))
  return entry
}

const intervals: readonly [channel: Texts, minutes: number[]][] = [
  [{}, [1, 2, 4, 8, 16, 32, 60, 60]],
  [{ RetryInterval: '5', ExponentialBackoff: '0' }, [5, 5, 5]],
  [{ RetryInterval: '5', MaxRetryInterval: '15' }, [5, 10, 15, 15]],
  [{ RetryInterval: '90', MaxRetryInterval: '60' }, [90, 90]],
]
for (const [channel, minutes] of intervals) {
  test(`retries with ${JSON.stringify(channel)} wait ${minutes.join(', ')} minutes`, async () => {
    const { retryDelayMs } = await consumerOf(channel)
    const found = minutes.map((_, retries) => retryDelayMs(retries) / minute)
    assert.deepEqual(found, minutes)
    assert.ok(Number.isFinite(retryDelayMs(1_000_000)))
  })
}

const consumers: readonly [channel: Texts, expected: Partial<QueueEntryPoint>][] = [
  [{}, { queue: 'Orders', access: 'non-exclusive', consumers: 1, deadLetters: true }],
  [
    { NumberConcurrentProcesses: '7', useDeadLetterQueue: '0' },
    { consumers: 7, deadLetters: false },
  ],
  [
    { AccessType: 'Exclusive', NumberConcurrentProcesses: '7' },
    { access: 'exclusive', consumers: 1, deadLetters: false },
  ],
]
for (const [channel, expected] of consumers) {
  test(`a consumer with ${JSON.stringify(channel)}`, async () => {
    assert.partialDeepStrictEqual(await consumerOf(channel), expected)
  })
}

const delivered: DeliveredMessage = {
  id: 'abc',
  queue: 'Orders',
  createdAt: 1,
  overdueAt: 2,
  expiresAt: 3,
  retries: 4,
  content: {
    body: 'b',
    headers: [
      ['h', 1],
      ['SAPJMSRetries', 99],
    ],
    properties: [['p', 'q']],
    attachments: [{ name: 'f', contentType: 'text/plain', body: 'x' }],
  },
}

test('a delivered message has what was put, and headers that say how it came', async () => {
  const exchange = (await consumerOf({})).receive(delivered)
  assert.equal(exchange.body.text(), 'b')
  assert.equal(exchange.properties.get('p'), 'q')
  assert.equal(exchange.attachments.get('f')?.body.text(), 'x')
  assert.deepEqual(Object.fromEntries(exchange.headers), {
    h: 1,
    JMSMessageID: 'ID:abc',
    JMSDestination: 'Orders',
    JMSTimestamp: 1,
    JMSExpiration: 3,
    JMSRedelivered: true,
    SAPJMSAlerttime: 2,
    SAPJMSRetries: 4,
  })
})

test('messages of an exclusive queue do not say how often they were tried', async () => {
  const content = { ...delivered.content, headers: [] }
  const { headers } = (await consumerOf({ AccessType: 'Exclusive' })).receive({ ...delivered, content })
  assert.deepEqual([headers.has('SAPJMSRetries'), headers.get('JMSRedelivered')], [false, true])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineAdapter } from '../compile/adapter.ts'
import { text } from '../compile/props.ts'
import { Body } from '../run/body.ts'
import { compileSource, flowText, message, runFlow, testRegistry } from '../testing/index.ts'
import { mockChannels, type ReceiverAnswer, type ReceiverCall } from './mock-channels.ts'

/** Posts the body and takes the answer over, as an adapter that speaks HTTP does. */
const poster = defineAdapter({
  type: 'Poster',
  label: 'Poster',
  doc: 'Posts.',
  receiver: {
    doc: 'Posts.',
    versions: { from: '1.0', to: '1.0' },
    channel: { version: '1.0.0', transportProtocol: 'HTTP', messageProtocol: 'None' },
    speaksHttp: true,
    props: { url: text('Address', 'Where.') },
    compile:
      ({ url }) =>
      async (exchange, { ports }) => {
        const call = { method: 'POST', url, headers: [], body: exchange.body.bytes(), timeoutMs: 1 }
        const { status, body } = await ports.http.send(call)
        exchange.headers.set('Status', status)
        exchange.body = Body.of(body)
      },
  },
  examples: [{ title: 'Posts', direction: 'Receiver', properties: { url: 'http://there' } }],
})

function calling(ComponentType: string, properties: Readonly<Record<string, string>> = {}): string {
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Call', type: 'ExternalCall' },
        ],
        flows: [{ from: 'Start', to: 'Call' }],
      },
    ],
    channels: [{ step: 'Call', direction: 'Receiver', properties: { ComponentType, ...properties } }],
  })
}

async function run(source: string, answer: ReceiverAnswer | undefined) {
  const calls: ReceiverCall[] = []
  const registry = mockChannels(
    { ...testRegistry, adapters: [poster] },
    {
      isMocked: () => true,
      answer: call => {
        calls.push(call)
        return answer
      },
    },
  )
  const { result } = await runFlow(source, { registry, message: message({ body: 'question', headers: { a: '1' } }) })
  return { result, calls }
}

test('a receiver without an adapter answers with body and headers', async () => {
  const { result, calls } = await run(calling('SFTP'), { body: 'answer', headers: { b: '2' } })
  const { exchange } = result
  assert.deepEqual(
    [result.status, exchange.body.text(), exchange.headers.get('b'), exchange.headers.get('a')],
    ['COMPLETED', 'answer', '2', '1'],
  )
  assert.deepEqual(
    calls.map(call => [call.channel.name, call.exchange.body.text(), call.request]),
    [['Channel-Call', 'question', undefined]],
  )
})

test('an answer without a body leaves the one that was sent', async () => {
  assert.equal((await run(calling('SFTP'), {})).result.exchange.body.text(), 'question')
})

for (const [what, answer, expected] of [
  ['failure', { failure: 'No space left.' }, ['receiver', 'No space left.']],
  [
    'status of 300 and above',
    { status: 503 },
    ['receiver-status', 'The receiver of receiver channel "Channel-Call" (SFTP) answered with status 503.'],
  ],
  [
    'call that nobody answers',
    undefined,
    ['receiver', 'Expected an answer for receiver channel "Channel-Call" (SFTP), found none.'],
  ],
] as const) {
  test(`a ${what} fails the step`, async () => {
    const { failure } = (await run(calling('SFTP'), answer)).result
    assert.deepEqual([failure?.code, failure?.message, failure?.stepId], [...expected, 'Call'])
  })
}

test('an adapter that speaks HTTP makes its own request and reads the answer itself', async () => {
  const { result, calls } = await run(calling('Poster', { url: 'http://shop/orders' }), { status: 404, body: 'gone' })
  assert.equal(calls[0]?.request?.url, 'http://shop/orders')
  assert.deepEqual([result.exchange.headers.get('Status'), result.exchange.body.text()], [404, 'gone'])
  const failed = await run(calling('Poster', { url: 'http://shop/orders' }), { failure: 'Connection refused' })
  assert.deepEqual([failed.result.failure?.code, failed.result.failure?.retry], ['connection', 'later'])
})

test('properties that the adapter refuses do not stand in the way of a mock', async () => {
  assert.equal((await run(calling('Poster'), { body: 'answer' })).result.exchange.body.text(), 'answer')
})

test('a channel that is not mocked is what it is, and a sender without an adapter takes messages as they are', async () => {
  const source = flowText({
    processes: [{ id: 'Main', nodes: [{ id: 'Start', type: 'MessageStartEvent' }], flows: [] }],
    channels: [{ step: 'Start', direction: 'Sender', properties: { ComponentType: 'SFTP' } }],
  })
  const answer = () => undefined
  const live = await compileSource(source, {
    registry: mockChannels(testRegistry, { isMocked: () => false, answer }),
  })
  assert.deepEqual(
    live.diagnostics.map(({ code }) => code),
    ['unsupported-adapter'],
  )
  const mocked = await compileSource(source, { registry: mockChannels(testRegistry, { isMocked: () => true, answer }) })
  const [entry] = mocked.plan?.entryPoints ?? []
  assert.ok(entry?.kind === 'direct')
  const received = entry.receive(message({ body: 'b', headers: { h: '1' }, properties: { p: '2' } }))
  assert.deepEqual([received.headers.get('h'), received.properties.get('p')], ['1', '2'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Exchange, expressions, type HttpCall, startRun, steps } from '@sluice/iflow'
import { compileSource, fakePorts, flowText, httpAnswer } from '@sluice/iflow/testing'
import { adapters } from '../index.ts'

const registry = { steps, adapters, expressions }

/** Two calls, one after the other. */
function flowOf(session: string, channel: Readonly<Record<string, string>> = {}): string {
  const properties = { ComponentType: 'HTTP', httpAddressWithoutQuery: 'https://a.example/orders', ...channel }
  return flowText({
    properties: { httpSessionHandling: session },
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'First', type: 'ExternalCall' },
          { id: 'Second', type: 'ExternalCall' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'First' },
          { from: 'First', to: 'Second' },
          { from: 'Second', to: 'End' },
        ],
      },
    ],
    channels: [
      { step: 'First', direction: 'Receiver', properties },
      { step: 'Second', direction: 'Receiver', properties },
    ],
  })
}

/** Cookie headers of two messages, of two calls each; the receiver counts its calls in a cookie. */
async function cookiesOf(source: string, headers: Readonly<Record<string, string>> = {}) {
  const calls: HttpCall[] = []
  const http = (call: HttpCall) => {
    calls.push(call)
    return httpAnswer({ headers: { 'Set-Cookie': `call=${calls.length}; Path=/` } })
  }
  const { plan } = await compileSource(source, { registry })
  assert.ok(plan)
  for (const messageGuid of ['m1', 'm2']) {
    const exchange = new Exchange({ body: '', headers: Object.entries(headers) })
    const { status } = await startRun(plan, 'Main', exchange, {
      ports: fakePorts({ http }),
      messageGuid,
      correlationId: messageGuid,
    })
    assert.equal(status, 'COMPLETED')
  }
  return calls.map(call => call.headers.filter(([name]) => name === 'Cookie').map(([, value]) => value))
}

const cases: readonly [session: string, cookies: readonly (readonly string[])[]][] = [
  ['None', [[], [], [], []]],
  ['onExchange', [[], ['call=1'], [], ['call=3']]],
  ['onIntegrationFlow', [[], ['call=1'], ['call=2'], ['call=3']]],
]

for (const [session, cookies] of cases) {
  test(`with session handling ${session} cookies go to ${cookies.flat().length} of 4 calls`, async () => {
    assert.deepEqual(await cookiesOf(flowOf(session)), cookies)
  })
}

test('cookies of the message go out in place of those of the session', async () => {
  const source = flowOf('onExchange', { allowedRequestHeaders: 'Cookie' })
  assert.deepEqual(await cookiesOf(source, { Cookie: 'own=1' }), [['own=1'], ['own=1'], ['own=1'], ['own=1']])
})

test('what a receiver says when it refuses is put beside the log where the channel says so', async () => {
  const refusing = { throwExceptionOnFailure: 'false', enableMPLAttachments: 'true' }
  const { plan } = await compileSource(flowOf('None', refusing), { registry })
  assert.ok(plan)
  let left = 1
  const http = () => httpAnswer(left-- > 0 ? { status: 404, body: 'gone', headers: { 'Content-Type': 'text/x' } } : {})
  const { log } = await startRun(plan, 'Main', new Exchange({ body: '' }), {
    ports: fakePorts({ http }),
    messageGuid: 'm',
    correlationId: 'm',
  })
  assert.deepEqual(
    log.attachments.map(({ name, contentType, body }) => [name, contentType, body.text()]),
    [['HTTP_Receiver_Adapter_Response_Body', 'text/x', 'gone']],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowText, message, runFlow } from './index.ts'

const source = flowText({
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
  channels: [{ step: 'Call', direction: 'Receiver', properties: { ComponentType: 'SFTP' } }],
})

test('a receiver answers by the name of its channel, and its calls are there afterwards', async () => {
  const { result, calls } = await runFlow(source, {
    message: message({ body: 'question' }),
    receivers: { 'Channel-Call': { body: 'answer' } },
  })
  assert.equal(result.exchange.text(), 'answer')
  assert.deepEqual(
    calls.map(({ channel, exchange }) => [channel.name, exchange.text()]),
    [['Channel-Call', 'question']],
  )
})

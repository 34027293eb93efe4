import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '../bpmn/model.ts'
import { message, testScope } from '../testing/index.ts'
import { MockedReceivers, type ReceiverScript } from './mocked-receivers.ts'

const channel = (id: string, name: string): Channel => ({
  id,
  name,
  line: 1,
  properties: new Map(),
  source: 'Call',
  target: 'System',
  direction: 'Receiver',
  componentType: 'SFTP',
  variant: undefined,
})

async function bodies(script: ReceiverScript, ...sent: readonly string[]) {
  const receivers = new MockedReceivers({ Shop: script })
  const answers: unknown[] = []
  for (const body of sent) {
    const call = {
      channel: channel('MessageFlow_1', 'Shop'),
      exchange: message({ body }),
      request: undefined,
      scope: testScope(),
    }
    answers.push((await receivers.answer(call))?.body)
  }
  return answers
}

const isBody = (body: string) => (call: { readonly exchange: { text(): string } }) => call.exchange.text() === body

test('one answer is for all calls, and those of a list are given in turn, the last one again and again', async () => {
  assert.deepEqual(await bodies({ body: 'a' }, '1', '2'), ['a', 'a'])
  assert.deepEqual(await bodies([{ body: 'a' }, { body: 'b' }], '1', '2', '3'), ['a', 'b', 'b'])
})

test('an answer with a condition is for the calls that fulfil it', async () => {
  const script = [
    { when: isBody('1'), body: 'one' },
    { when: isBody('2'), body: 'two' },
  ]
  assert.deepEqual(await bodies(script, '2', '1', '2', '3'), ['two', 'one', 'two', undefined])
})

test('a function answers as it likes', async () => {
  assert.deepEqual(await bodies(({ exchange }) => ({ body: `re ${exchange.text()}` }), '1'), ['re 1'])
})

test('receivers are found by name or ID of the channel, and calls are remembered in order', async () => {
  const receivers = new MockedReceivers({ Shop: {}, MessageFlow_2: { body: 'by ID' } })
  const channels = [
    channel('MessageFlow_1', 'Shop'),
    channel('MessageFlow_2', 'Stock'),
    channel('MessageFlow_3', 'Bank'),
  ]
  assert.deepEqual(
    channels.map(each => receivers.isMocked(each)),
    [true, true, false],
  )
  for (const each of channels)
    await receivers.answer({ channel: each, exchange: message(), request: undefined, scope: testScope() })
  assert.deepEqual(
    receivers.calls.map(call => call.channel.name),
    ['Shop', 'Stock', 'Bank'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testCaseText } from './test-case.ts'

const messageOf = (text: string) => ({
  headers: {},
  properties: {},
  body: { text, mediaType: 'text/plain', size: text.length, isCut: false },
})

test('a case sends what was simulated and expects what came of it', () => {
  const request = {
    message: { headers: { kind: 'x' }, properties: {}, body: 'question' },
    mocks: { Told: { status: 201, body: 'answer' } },
  }
  const call = (channelId: string) => ({ channelId, channelName: '', adapter: 'HTTP', message: messageOf('asked') })
  const text = testCaseText('Orders', 'Main', request, {
    status: 'COMPLETED',
    diagnostics: [],
    steps: [],
    stepsLeftOut: 0,
    calls: [call('Told'), call('Echo')],
    message: messageOf('done'),
  })
  assert.deepEqual(JSON.parse(text), {
    name: 'Orders',
    send: { to: 'Main', body: 'question', headers: { kind: 'x' }, properties: {} },
    receivers: { Told: { status: 201, body: 'answer' }, Echo: { body: { text: 'asked' } } },
    expect: { status: 'COMPLETED', body: { text: 'done' } },
  })
})

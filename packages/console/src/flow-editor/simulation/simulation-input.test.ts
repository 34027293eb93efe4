import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  emptyInput,
  emptyReply,
  isStatus,
  keepInput,
  keptInput,
  requestOf,
  type SimulationInput,
} from './simulation-input.ts'

const flow = { id: 'f', files: { 'f.iflw': '<a/>' } }

const input: SimulationInput = {
  from: 'A',
  to: 'Gone',
  headers: [
    { name: ' kind ', value: 'x' },
    { name: '', value: 'left out' },
  ],
  properties: [],
  body: 'text',
  file: undefined,
  replies: {
    Ask: { ...emptyReply, kind: 'reply', status: '201', body: 'answer' },
    Fail: { ...emptyReply, kind: 'failure', failure: 'No space left.' },
    Echo: emptyReply,
    Gone: { ...emptyReply, kind: 'reply' },
  },
}

test('what is typed becomes a request, without what the flow does not have any more', () => {
  const request = requestOf(input, flow, id => id !== 'Gone')
  assert.deepEqual(request, {
    ...flow,
    from: 'A',
    message: { headers: { kind: 'x' }, properties: {}, body: 'text' },
    mocks: { Ask: { status: 201, headers: {}, body: 'answer' }, Fail: { failure: 'No space left.' } },
  })
  const file = { name: 'a.zip', base64: 'AAE=' }
  assert.deepEqual(requestOf({ ...input, file }, flow, () => true).message, {
    headers: { kind: 'x' },
    properties: {},
    bytes: 'AAE=',
  })
})

test('what was typed is kept for each flow', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
  assert.deepEqual(keptInput('f', storage), emptyInput)
  keepInput('f', input, storage)
  assert.deepEqual(keptInput('f', storage), input)
  assert.deepEqual(keptInput('g', storage), emptyInput)
  const full = {
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  keepInput('f', input, full)
  assert.deepEqual(keptInput('f', { getItem: () => 'no JSON' }), emptyInput)
})

for (const [status, expected] of [
  ['200', true],
  [' 404 ', true],
  ['', false],
  ['600', false],
  ['20', false],
] as const) {
  test(`"${status}" is ${expected ? 'a' : 'no'} status`, () => assert.equal(isStatus(status), expected))
}

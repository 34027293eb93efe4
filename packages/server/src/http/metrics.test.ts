import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Metrics } from './metrics.ts'

test('figures of the process and of messages, at every call', async () => {
  const metrics = new Metrics()
  metrics.message('COMPLETED')
  const first = await metrics.render([])
  metrics.message('COMPLETED')
  const second = await metrics.render([])
  assert.match(first.body, /^sluice_messages_total\{status="COMPLETED"\} 1$/m)
  assert.match(second.body, /^sluice_messages_total\{status="COMPLETED"\} 2$/m)
  for (const { body } of [first, second]) {
    assert.match(body, /^nodejs_eventloop_lag_max_seconds \S+$/m)
    assert.equal(body.match(/^# TYPE process_cpu_seconds_total /gm)?.length, 1)
  }
})

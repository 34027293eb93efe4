import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { checkAfterMs, LiveChecks } from './live-checks.ts'

/** Checks that end when the test says so, and what was told of them. */
function setUp() {
  const told: string[] = []
  const running: ((result: string | Error) => void)[] = []
  const check = () =>
    new Promise<string>((resolve, reject) => {
      running.push(result => (typeof result === 'string' ? resolve(result) : reject(result)))
    })
  const checks = new LiveChecks(check, {
    began: () => told.push('began'),
    found: result => told.push(result),
    failed: error => told.push(error.message),
  })
  return { checks, told, running }
}

const settled = () => new Promise(resolve => setImmediate(resolve))

test('a check begins when nothing has changed for a moment, and never beside another', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const { checks, told, running } = setUp()
    checks.changed()
    mock.timers.tick(checkAfterMs - 1)
    checks.changed()
    mock.timers.tick(checkAfterMs - 1)
    assert.deepEqual(told, [])
    mock.timers.tick(1)
    assert.deepEqual(told, ['began'])
    checks.changed()
    mock.timers.tick(checkAfterMs)
    checks.changed()
    mock.timers.tick(checkAfterMs)
    assert.equal(running.length, 1)
    running[0]?.('first')
    await settled()
    assert.deepEqual(told, ['began', 'first', 'began'])
    running[1]?.(new Error('no answer'))
    await settled()
    assert.deepEqual([told.slice(3), running.length], [['no answer'], 2])
  } finally {
    mock.timers.reset()
  }
})

test('nothing is told after the end', async () => {
  const { checks, told, running } = setUp()
  void checks.now()
  checks.end()
  running[0]?.('late')
  checks.changed()
  await settled()
  assert.deepEqual(told, ['began'])
})

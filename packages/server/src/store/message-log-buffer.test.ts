import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageLog } from './each-database.test.ts'
import { MessageLogBuffer } from './message-log-buffer.ts'

/** A buffer whose writes end when the test says so, and whose timer rings when the test says so. */
function setUp(maxBufferedLogs = 10_000) {
  const written: string[][] = []
  const open: PromiseWithResolvers<void>[] = []
  const lost: string[] = []
  const timer = { callback: undefined as (() => void) | undefined, ms: 0 }
  const buffer = new MessageLogBuffer(
    logs => {
      written.push(logs.map(({ messageGuid, status }) => `${messageGuid} ${status}`))
      const end = Promise.withResolvers<void>()
      open.push(end)
      return end.promise
    },
    {
      flushIntervalMs: 25,
      maxBufferedLogs,
      onLostLogs: (error, count) => lost.push(`${count}: ${error}`),
      timers: {
        now: () => 0,
        after(ms, callback) {
          timer.ms = ms
          timer.callback = callback
          return () => {
            timer.callback = undefined
          }
        },
      },
    },
  )
  return { buffer, written, open, lost, timer }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('logs wait for each other until the interval is over', async () => {
  const { buffer, written, timer } = setUp()
  buffer.add(messageLog('a'))
  buffer.add(messageLog('b'))
  await turn()
  assert.deepEqual(written, [])
  assert.equal(timer.ms, 25)
  timer.callback?.()
  await turn()
  assert.deepEqual(written, [['a COMPLETED', 'b COMPLETED']])
})

test('a full group does not wait', async () => {
  const { buffer, written, timer } = setUp()
  for (let index = 0; index < 256; index++) buffer.add(messageLog(`${index}`))
  await turn()
  assert.equal(written[0]?.length, 256)
  assert.equal(timer.callback, undefined)
})

test('groups are written one after the other, and a flush waits for all of them', async () => {
  const { buffer, written, open } = setUp()
  let isFlushed = false
  buffer.add(messageLog('a', { status: 'PROCESSING' }))
  const first = buffer.flush()
  buffer.add(messageLog('a', { status: 'COMPLETED' }))
  const second = buffer.flush().then(() => {
    isFlushed = true
  })
  await turn()
  assert.deepEqual(written, [['a PROCESSING']])
  open[0]?.resolve()
  await first
  await turn()
  assert.deepEqual(written, [['a PROCESSING'], ['a COMPLETED']])
  assert.equal(isFlushed, false)
  open[1]?.resolve()
  await second
})

test('a run that ends before it was written costs one row', async () => {
  const { buffer, written } = setUp()
  buffer.add(messageLog('a', { status: 'PROCESSING' }))
  buffer.add(messageLog('a', { status: 'FAILED' }))
  void buffer.flush()
  await turn()
  assert.deepEqual(written, [['a FAILED']])
})

test('producers wait only while too many logs are in memory', async () => {
  const { buffer, open } = setUp(1)
  buffer.add(messageLog('a'))
  await buffer.drained()
  buffer.add(messageLog('b'))
  let isDrained = false
  const drained = buffer.drained().then(() => {
    isDrained = true
  })
  await turn()
  assert.equal(isDrained, false)
  open[0]?.resolve()
  await drained
})

test('a log that cannot be written is reported, and takes no other with it', async () => {
  const { buffer, written, open, lost } = setUp()
  buffer.add(messageLog('a'))
  buffer.add(messageLog('b'))
  const flushed = buffer.flush()
  await turn()
  open[0]?.reject(new Error('full'))
  await turn()
  open[1]?.resolve()
  open[2]?.reject(new Error('full'))
  await flushed
  assert.deepEqual(written, [['a COMPLETED', 'b COMPLETED'], ['a COMPLETED'], ['b COMPLETED']])
  assert.deepEqual(lost, ['1: Error: full'])
})

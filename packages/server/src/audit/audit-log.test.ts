import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEvent } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { AuditLog } from './audit-log.ts'
import { packIssues } from './pack-issues.ts'

type Row = AuditEvent & { readonly time: number }

function open() {
  const rows: Row[] = []
  const clock = new TestClock(0)
  const begun = new Map<number, Row>()
  let keys = 0
  const lost: unknown[] = []
  let failure: Error | undefined
  const audit = new AuditLog({
    rows: {
      async begin(entry) {
        if (failure) throw failure
        begun.set(++keys, entry)
        return keys
      },
      async append(entries, told = []) {
        if (failure) throw failure
        rows.push(...entries)
        for (const key of told) begun.delete(key)
      },
    },
    clock,
    log: { error: (...words: unknown[]) => void lost.push(words) },
  })
  return { rows, begun, clock, audit, lost, fail: (error: Error) => (failure = error) }
}

const issued = (id: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  ...{ object: 'access-token', action: 'issue', id, clientId: 'orders', address: '192.0.2.1' },
  method: 'client_credentials',
  ...more,
})

const refused = (clientId: string, address = '192.0.2.1'): AuditEvent => ({
  ...{ object: 'client-authentication', action: 'authenticate', clientId, address, reason: 'wrong client secret' },
})

test('tokens of one client from one address that are issued together are one row', async () => {
  const { rows, audit } = open()
  audit.record(issued('aaaaa'))
  audit.record(issued('bbbbb', { clientId: 'other' }))
  audit.record(issued('ccccc'))
  audit.record(issued('ddddd', { address: '192.0.2.2' }))
  audit.record(issued('eeeee', { user: 'ada' }))
  audit.record(issued('ggggg', { method: 'refresh_token' }))
  audit.record(issued('hhhhh', { reason: 'the client is gone' }))
  audit.record(issued('iiiii', { reason: 'it is gone, truly' }))
  await audit.flush()
  audit.record(issued('fffff'))
  await audit.flush()
  assert.deepEqual(
    rows.map(({ id, count }) => [id, count]),
    [
      ['aaaaa\nccccc', 2],
      ['bbbbb', undefined],
      ['ddddd', undefined],
      ['eeeee', undefined],
      ['ggggg', undefined],
      ['hhhhh', undefined],
      ['iiiii', undefined],
      ['fffff', undefined],
    ],
  )
})

test('one row tells of a thousand tokens at most', async () => {
  const { rows, audit } = open()
  for (let index = 0; index < 999; index++) audit.record(issued(`a${index}`))
  assert.equal(rows.length, 0)
  // The thousandth is written at once, with all that waited.
  audit.record(issued('b'))
  await audit.flush()
  assert.deepEqual(
    rows.map(({ count }) => count),
    [1_000],
  )
  const more = packIssues([...Array(1_001)].map((_, index) => ({ ...issued(`c${index}`), time: 0 })))
  assert.deepEqual(
    more.map(({ count }) => count),
    [1_000, undefined],
  )
})

test('a failure is written at once, its repetitions within a minute as one row with their number', async () => {
  const { rows, audit, clock } = open()
  for (let second = 0; second < 60; second++) {
    audit.record(refused('orders'))
    clock.advance(1_000)
  }
  await audit.flush()
  const [first, repeated, ...more] = rows
  assert.deepEqual([first?.time, first?.count], [0, undefined])
  assert.deepEqual([repeated?.time, repeated?.count, repeated?.reason], [59_000, 59, 'wrong client secret'])
  assert.deepEqual(more, [])
  audit.record(refused('orders'))
  await audit.flush()
  assert.equal(rows.length, 3)
})

test('a minute ends with the first failure after it, and when the clock is set back', async () => {
  for (const ms of [60_000, -1]) {
    const { rows, audit, clock } = open()
    audit.record(refused('orders'))
    audit.record(refused('orders'))
    clock.advance(ms)
    audit.record(refused('orders'))
    await audit.flush()
    assert.deepEqual(
      rows.map(({ time, count }) => [time, count]),
      [
        [0, undefined],
        [0, 1],
        [ms, undefined],
      ],
    )
  }
})

test('a minute ends by itself', async context => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { rows, audit, clock } = open()
  audit.record(refused('orders'))
  audit.record(refused('orders'))
  clock.advance(60_000)
  context.mock.timers.tick(60_000)
  await audit.flush()
  assert.deepEqual(
    rows.map(({ count }) => count),
    [undefined, 1],
  )
})

test('each minute tells as many failures apart', async () => {
  const { rows, audit, clock } = open()
  for (let minute = 0; minute < 2; minute++) {
    for (let index = 0; index < 200; index++) audit.record(refused(`client-${index}`))
    clock.advance(60_000)
    await audit.flush()
  }
  assert.equal(rows.length, 2 * (100 + 1))
})

test('a flood of failures that differ makes a bounded number of rows, and none is uncounted', async () => {
  const { rows, audit, clock } = open()
  for (let index = 0; index < 50_000; index++) audit.record(refused(`client-${index}`, `192.0.2.${index % 200}`))
  clock.advance(60_000)
  await audit.flush()
  assert.equal(rows.length, 100 + 100 + 1)
  assert.equal(
    rows.reduce((sum, { count = 1 }) => sum + count, 0),
    50_000,
  )
})

test('a flood from one address hides nobody else', async () => {
  const { rows, audit, clock } = open()
  for (let index = 0; index < 1_000; index++) audit.record(refused(`client-${index}`))
  audit.record(refused('orders', '198.51.100.7'))
  clock.advance(60_000)
  await audit.flush()
  assert.equal(rows.filter(({ address }) => address === '198.51.100.7').length, 1)
})

test('closing writes what was counted in a minute that is not over', async () => {
  const { rows, audit } = open()
  audit.record(refused('orders'))
  audit.record(refused('orders'))
  await audit.close()
  assert.deepEqual(
    rows.map(({ count }) => count),
    [undefined, 1],
  )
})

test('what a caller chooses is cut', async () => {
  const { rows, audit } = open()
  const long = 'x'.repeat(5_000)
  audit.record({ ...refused(long), reason: long, id: long })
  await audit.write({ object: 'group', action: 'create', id: long, changes: Array.from({ length: 500 }, () => long) })
  await audit.flush()
  for (const { id, clientId = '', reason = '', changes = [] } of rows) {
    assert.ok((id?.length ?? 0) <= 1_000 && clientId.length <= 300 && reason.length <= 300)
    assert.ok(changes.length <= 101 && changes.every(change => change.length <= 300))
  }
})

test('of what nobody known asked for, little is kept', async () => {
  const { rows, audit } = open()
  audit.record({ object: 'group', action: 'delete', id: '€'.repeat(5_000), address: '192.0.2.1', reason: 'no token' })
  await audit.flush()
  assert.deepEqual([rows.length, rows[0]?.id?.length], [1, 100])
})

test('what is as long as it may be stays whole, and 101 changes are told from 100', async () => {
  const { rows, audit } = open()
  const names = Array.from({ length: 101 }, (_, index) => `name${index}`)
  const group = { object: 'group', action: 'update' } as const
  await audit.write({ ...group, id: 'x'.repeat(1_000), user: 'y'.repeat(300), changes: names.slice(0, 100) })
  await audit.write({ ...group, id: 'x'.repeat(1_001), user: 'y'.repeat(301), changes: names })
  const [whole, cut] = rows
  assert.deepEqual([whole?.id, whole?.user, whole?.changes], ['x'.repeat(1_000), 'y'.repeat(300), names.slice(0, 100)])
  assert.deepEqual([cut?.id, cut?.user], [`${'x'.repeat(999)}…`, `${'y'.repeat(299)}…`])
  assert.deepEqual(cut?.changes, [...names.slice(0, 100), '… and 1 more'])
})

test('events that cannot be written are reported, and a change that cannot be written fails', async () => {
  const { audit, fail, lost } = open()
  fail(new Error('disk full'))
  audit.record(issued('aaaaa'))
  await audit.flush()
  assert.equal(lost.length, 1)
  await assert.rejects(audit.write({ object: 'client', action: 'delete', id: 'orders' }), /disk full/)
  assert.match(JSON.stringify(lost[1]), /"object":"client","action":"delete","id":"orders"/)
})

test('what was begun is kept until what tells of it is written, or counted', async () => {
  const { rows, begun, audit } = open()
  const change = { object: 'client', action: 'delete', id: 'orders', user: 'ada' } as const
  const [first, second, third] = [await audit.begin(change), await audit.begin(change), await audit.begin(change)]
  assert.deepEqual([...begun.keys()], [first, second, third])
  await audit.write(change, first)
  for (const key of [second, third]) audit.record({ ...change, reason: 'forbidden' }, key)
  assert.deepEqual([...begun.keys()], [second, third])
  await audit.flush()
  assert.deepEqual([...begun.keys()], [])
  assert.deepEqual(
    rows.map(({ reason }) => reason),
    [undefined, 'forbidden'],
  )
})

test('what was begun and cannot be told of is kept', async () => {
  const { begun, audit, fail } = open()
  const change = { object: 'client', action: 'delete', id: 'orders' } as const
  const [first, second] = [await audit.begin(change), await audit.begin(change)]
  fail(new Error('disk full'))
  await assert.rejects(audit.write(change, first), /disk full/)
  audit.record({ ...change, reason: 'forbidden' }, second)
  await audit.flush()
  assert.deepEqual([...begun.keys()], [first, second])
})

test('a change is made when the log knows of it, and told of when it has ended', async () => {
  const { rows, begun, audit, fail } = open()
  const change = { object: 'access-token', action: 'revoke', user: 'ada' } as const
  const made = await audit.change(change, async () => [begun.size, rows.length])
  assert.deepEqual([made, begun.size, rows.length], [[1, 0], 0, 1])
  const broken = audit.change(change, () => Promise.reject(new Error('no such table')))
  await assert.rejects(broken, /no such table/)
  await audit.flush()
  assert.deepEqual([begun.size, rows.map(({ reason }) => reason)], [0, [undefined, 'the server failed']])
  fail(new Error('disk full'))
  const refused = audit.change(change, () => assert.fail('the change was made'))
  await assert.rejects(refused, /disk full/)
})

test('a thousand events are written without waiting for more', async context => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { rows, audit } = open()
  for (let index = 0; index < 999; index++) audit.record(issued('aaaaa'))
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(rows.length, 0)
  audit.record(issued('bbbbb'))
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(rows.length, 1)
})

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { FilterExpression } from '@sluice/odata'
import { createAuditRows } from './audit-log.ts'
import { inDirectory, storeTest } from './each-database.test.ts'
import { openStore } from './open.ts'
import { openQueryPlans } from './query-plans.test.ts'
import type { AuditEvent, AuditFilter, AuditPlace, Store } from './store.ts'
import { GroupWriter } from './writer.ts'

const minute = 60_000

const event = (more: Partial<AuditEvent & { time: number }> = {}) =>
  ({ time: minute, object: 'access-token', action: 'issue', ...more }) as const

async function ids(store: Store, filter: AuditFilter = {}): Promise<(string | undefined)[]> {
  return (await store.auditLog.list(filter, 100)).records.map(({ id }) => id)
}

storeTest('an event is read as it was written', async store => {
  const written = event({
    ...{ object: 'role-assignment', action: 'assign', id: 'devtmn:Read', user: 'ada', clientId: 'orders' },
    ...{ address: '192.0.2.1', method: 'password', reason: 'forbidden', changes: ['user bob', 'user cy'], count: 3 },
  })
  const bare = event({ time: 2 * minute })
  await store.auditLog.append([written, bare])
  const { records, next } = await store.auditLog.list({}, 10)
  const absent = { id: undefined, user: undefined, clientId: undefined, address: undefined, method: undefined }
  const none = { reason: undefined, changes: undefined, count: undefined }
  assert.deepEqual(records, [
    { key: 2, ...absent, ...none, ...bare },
    { key: 1, ...written },
  ])
  assert.equal(next, undefined)
})

storeTest('what was begun and not told of is told as failed, when it began, and once', async store => {
  const change = event({
    ...{ object: 'client', action: 'update', id: 'orders', user: 'ada', clientId: 'cli', address: '192.0.2.1' },
    ...{ method: 'password', changes: ['name', 'scopes'] },
  })
  const [first, second] = [await store.auditLog.begin(change), await store.auditLog.begin(event({ id: 'second' }))]
  const third = await store.auditLog.begin(event({ id: 'third', time: 3 * minute }))
  assert.deepEqual(await ids(store), [])
  await store.auditLog.append([event({ id: 'told', time: 2 * minute })], [second])
  assert.ok(first < second && second < third)
  assert.equal(await store.auditLog.appendBegun('interrupted'), 2)
  const { records } = await store.auditLog.list({}, 10)
  assert.deepEqual(
    records.map(({ id, time, reason }) => [id, time, reason]),
    [
      ['third', 3 * minute, 'interrupted'],
      ['told', 2 * minute, undefined],
      ['orders', minute, 'interrupted'],
    ],
  )
  assert.deepEqual(records[2], { key: 2, ...change, count: undefined, reason: 'interrupted' })
  assert.equal(await store.auditLog.appendBegun('interrupted'), 0)
})

storeTest('what was begun stays until the row that tells of it is written', async store => {
  const key = await store.auditLog.begin(event({ id: 'begun' }))
  const unwritable = { ...event(), time: null as unknown as number }
  await assert.rejects(store.auditLog.append([unwritable], [key]))
  await store.auditLog.append([], [key + 1])
  assert.equal(await store.auditLog.appendBegun('interrupted'), 1)
  const next = await store.auditLog.begin(event({ id: 'next' }))
  await store.auditLog.append([], [next])
  assert.equal(await store.auditLog.appendBegun('interrupted'), 0)
})

const sample: readonly (AuditEvent & { readonly time: number })[] = [
  event({ id: 'a', time: 1_000, clientId: 'orders', address: '192.0.2.1' }),
  event({ id: 'b', time: 2_000, object: 'client', action: 'update', user: 'ada' }),
  event({ id: 'c', time: 3_000, object: 'client', action: 'delete', user: 'ada', reason: 'Forbidden is what Ä said' }),
  event({ id: 'd', time: 4_000, object: 'message', action: 'resend', user: 'bob', clientId: 'orders' }),
  event({ id: 'e', time: 5_000, object: 'user-session', action: 'sign-in', user: 'ada', reason: 'wrong password' }),
]

const filters: readonly [filter: AuditFilter, found: string][] = [
  [{}, 'edcba'],
  [{ from: 2_000, to: 4_000 }, 'cb'],
  [{ category: 'audit.configuration' }, 'cb'],
  [{ category: 'audit.security-events' }, 'ea'],
  [{ category: 'audit.data-modification' }, 'd'],
  [{ object: 'client' }, 'cb'],
  [{ object: 'access-token' }, 'a'],
  [{ action: 'delete' }, 'c'],
  [{ user: 'ada' }, 'ecb'],
  [{ user: 'ada', category: 'audit.configuration', outcome: 'success' }, 'b'],
  [{ clientId: 'orders' }, 'da'],
  [{ address: '192.0.2.1' }, 'a'],
  [{ outcome: 'failure' }, 'ec'],
  [{ outcome: 'success' }, 'dba'],
  [{ text: 'ORDERS' }, 'da'],
  [{ text: 'ä said' }, 'c'],
  [{ text: '%' }, ''],
  [{ user: 'nobody' }, ''],
]

for (const [filter, found] of filters) {
  storeTest(`${JSON.stringify(filter)} finds "${found}"`, async store => {
    await store.auditLog.append(sample)
    assert.equal((await ids(store, filter)).join(''), found)
    assert.equal(await store.auditLog.count(filter), found.length)
  })
}

storeTest('the original compares times by the second', async store => {
  const times = { a: 1_999, b: 2_000, c: 2_999, d: 3_000 }
  await store.auditLog.append(Object.entries(times).map(([id, time]) => event({ id, time })))
  const found = async (operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge') => {
    const [left, right] = [{ kind: 'property', path: 'Time' } as const, { kind: 'literal', value: 2n } as const]
    const filter = { kind: 'compare', operator, left, right } as const
    const records = await store.auditLog.query({ filter, application: 'x', limit: 9, skip: 0, before: undefined })
    return records.map(({ id }) => id).join('')
  }
  const operators = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const
  assert.deepEqual(await Promise.all(operators.map(found)), ['cb', 'da', 'a', 'cba', 'd', 'dcb'])
})

const compared = (path: string, operator: 'eq' | 'ge' | 'lt', value: string | bigint): FilterExpression => ({
  ...({ kind: 'compare', operator } as const),
  ...{ left: { kind: 'property', path }, right: { kind: 'literal', value } },
})
const and = (left: FilterExpression, right: FilterExpression): FilterExpression => ({ kind: 'and', left, right })

storeTest("the original's queries find what is rare, count it, and let others have their turn", async store => {
  const rare = { user: 'ada', object: 'client' } as const
  await store.auditLog.append([event({ id: 'first', clientId: 'shop' }), event({ id: 'second', ...rare })])
  for (let group = 0; group < 21; group++) {
    const more = { time: 2 * minute, user: `u${group % 2}` }
    await store.auditLog.append(Array.from({ length: 1_000 }, () => event(more)))
  }
  const cases: readonly [filter: FilterExpression, found: string][] = [
    [compared('User', 'eq', 'ada'), 'second'],
    [compared('User', 'eq', 'oauth_client_shop'), 'first'],
    [compared('Category', 'eq', 'audit.configuration'), 'second'],
    [compared('Time', 'lt', 120n), 'second first'],
    [and(compared('Time', 'lt', 120n), compared('Category', 'eq', 'audit.security-events')), 'first'],
    [and(compared('Time', 'ge', 60n), and(compared('User', 'eq', 'ada'), compared('Time', 'lt', 61n))), 'second'],
    [and(compared('User', 'eq', 'ada'), compared('User', 'eq', 'u1')), ''],
    [{ kind: 'not', operand: compared('Time', 'ge', 120n) }, 'second first'],
  ]
  for (const [filter, found] of cases) {
    const asked = { filter, application: 'x' }
    let turns = 0
    const count = () => {
      turns += 1
      turning = setImmediate(count)
    }
    let turning = setImmediate(count)
    const query = (skip: number) => store.auditLog.query({ ...asked, limit: 9, skip, before: undefined })
    const whole = (await query(0)).map(({ id }) => id)
    clearImmediate(turning)
    assert.ok(turns > 0, 'nobody else had a turn')
    assert.deepEqual(whole.join(' '), found)
    assert.equal(await store.auditLog.countQuery(asked), whole.length)
    assert.deepEqual(
      (await query(1)).map(({ id }) => id),
      whole.slice(1),
    )
  }
  const all = { filter: undefined, application: 'x' }
  assert.equal(await store.auditLog.countQuery(all), 21_002)
  const end = await store.auditLog.query({ ...all, limit: 9, skip: 21_000, before: undefined })
  assert.deepEqual(
    end.map(({ id }) => id),
    ['second', 'first'],
  )
  const many = { filter: compared('User', 'eq', 'u1'), application: 'x' }
  assert.equal(await store.auditLog.countQuery(many), 10_000)
  assert.equal((await store.auditLog.query({ ...many, limit: 9, skip: 9_995, before: undefined })).length, 5)
})

test('indexes serve what the original filters by', async () => {
  const plans = await openQueryPlans()
  try {
    const rows = createAuditRows(plans.database, new GroupWriter(plans.database))
    const indexes: readonly [filter: FilterExpression, index: RegExp][] = [
      [compared('User', 'eq', 'ada'), /audit_log_by_user \(user_name=\?/],
      [compared('Category', 'eq', 'audit.configuration'), /audit_log_changes/],
      [compared('Time', 'lt', 120n), /audit_log_by_time \(time<\?/],
    ]
    for (const [filter, index] of indexes) {
      const asked = { filter, application: 'x' }
      const page = { ...asked, limit: 9, skip: 1, before: undefined }
      for (const ask of [() => rows.query(page), () => rows.countQuery(asked)]) {
        for (const { plan } of await plans.of(ask)) assert.match(plan.join('\n'), index)
      }
    }
  } finally {
    await plans.close()
  }
})

storeTest('pages follow each other without a gap while rows are added', async store => {
  await store.auditLog.append(Array.from({ length: 25 }, (_, index) => event({ id: `${index}`, time: index >> 2 })))
  const seen: (string | undefined)[] = []
  let before: AuditPlace | undefined
  do {
    const { records, next } = await store.auditLog.list({}, 4, before)
    seen.push(...records.map(({ id }) => id))
    before = next
    await store.auditLog.append([event({ id: 'later', time: 100 })])
  } while (before)
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, index) => `${24 - index}`),
  )
})

storeTest('a list looks at 20,000 rows, and tells where to go on looking', async store => {
  await store.auditLog.append([event({ id: 'first', clientId: 'rare' })])
  for (let group = 0; group < 21; group++) await store.auditLog.append(Array.from({ length: 1_000 }, () => event()))
  const first = await store.auditLog.list({ clientId: 'rare' }, 10)
  assert.deepEqual(first.records, [])
  const second = await store.auditLog.list({ clientId: 'rare' }, 10, first.next)
  assert.deepEqual([second.records.map(({ id }) => id), second.next], [['first'], undefined])
})

storeTest('a list that searches texts looks at 2,000 rows: each may tell of a thousand tokens', async store => {
  await store.auditLog.append([event({ id: 'first' }), ...Array.from({ length: 2_000 }, () => event())])
  const first = await store.auditLog.list({ text: 'FIRST' }, 10)
  assert.deepEqual(first.records, [])
  const second = await store.auditLog.list({ text: 'FIRST' }, 10, first.next)
  assert.deepEqual([second.records.map(({ id }) => id), second.next], [['first'], undefined])
})

storeTest('a row from before the clock was set back keeps those after it, and is no obstacle', async store => {
  await store.auditLog.append([1, 9, 2].map(time => event({ id: `${time}`, time })))
  assert.equal(await store.auditLog.deleteOlderThan(5, 10), 1)
  assert.equal(await store.auditLog.deleteOlderThan(5, 10), 0)
  assert.deepEqual(await ids(store), ['9', '2'])
  assert.equal(await store.auditLog.deleteOlderThan(10, 10), 2)
})

storeTest('the oldest rows go, at most as many as allowed, and only when they are old enough', async store => {
  await store.auditLog.append([1, 2, 3, 9, 4].map(time => event({ id: `${time}`, time })))
  assert.equal(await store.auditLog.deleteOlderThan(4, 2), 2)
  assert.equal(await store.auditLog.deleteOlderThan(4, 2), 1)
  assert.equal(await store.auditLog.deleteOlderThan(4, 2), 0)
  assert.deepEqual(await ids(store), ['9', '4'])
})

test('the database itself refuses to change rows and to delete any but the oldest', async () => {
  await inDirectory(async path => {
    const store = await openStore({ dataDirectory: path })
    await store.auditLog.append(['a', 'b', 'c'].map(id => event({ id })))
    await store.close()
    const database = new DatabaseSync(join(path, 'sluice.db'))
    assert.throws(() => database.exec(`update audit_log set user_name = 'eve' where key = 2`), /no change of a row/)
    assert.throws(() => database.exec('delete from audit_log where key = 2'), /the oldest rows to be deleted first/)
    database.exec('delete from audit_log where key <= 2')
    assert.equal(database.prepare('select count(*) as count from audit_log').get()?.count, 1)
    database.close()
  })
})

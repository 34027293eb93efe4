import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fastify } from 'fastify'
import { AuditLog } from '../audit/audit-log.ts'
import type { AuditEvent } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { rememberPrincipal } from './access.ts'
import { auditRoutes, changedFields, noteAudit } from './audited-routes.ts'

interface Failures {
  /** What cannot be written. */
  readonly full?: 'before' | 'after'
  readonly reason?: string
}

function open({ full, reason }: Failures = {}) {
  const rows: AuditEvent[] = []
  const begun: AuditEvent[] = []
  const made: string[] = []
  const append = async (events: readonly AuditEvent[]) => {
    rows.push(...events)
    if (full === 'after') throw new Error('disk full')
  }
  const begin = async (event: AuditEvent) => {
    if (full === 'before') throw new Error('disk full')
    begun.push({ ...event, count: made.length })
    return 1
  }
  const audit = new AuditLog({ rows: { begin, append }, clock: new TestClock(0), log: { error() {} } })
  const app = fastify()
  auditRoutes(app, audit, { notesOf: () => (reason === undefined ? {} : { reason }) })
  app.post<{ Params: { id: string }; Querystring: { status?: string; isRefused?: string } }>(
    '/things/:id',
    {
      config: { audit: { object: 'group', action: 'update', id: 'params.id' } },
      onRequest: async ({ raw }) =>
        rememberPrincipal(raw, { user: 'ada', clientId: undefined, method: 'basic' } as never),
      preHandler: async ({ query }, reply) => {
        if (query.isRefused) await reply.code(403).send()
      },
    },
    async (request, reply) => {
      made.push(request.params.id)
      noteAudit(request, { changes: ['name'] })
      return reply.code(Number(request.query.status ?? 200)).send()
    },
  )
  return { app, audit, rows, begun, made }
}

const event = { object: 'group', action: 'update', id: '7', user: 'ada', changes: ['name'], address: '127.0.0.1' }

test('a change is in the log before it is answered', async () => {
  const { app, rows } = open()
  assert.equal((await app.inject({ method: 'POST', url: '/things/7' })).statusCode, 200)
  const [row, ...more] = rows
  assert.deepEqual({ ...row }, { ...event, clientId: undefined, reason: undefined, time: 0 })
  assert.deepEqual(more, [])
})

test('a change is begun with what the request says, after whatever may refuse it', async () => {
  const { app, begun, made } = open()
  assert.equal((await app.inject({ method: 'POST', url: '/things/7?isRefused=yes' })).statusCode, 403)
  assert.deepEqual([begun, made], [[], []])
  assert.equal((await app.inject({ method: 'POST', url: '/things/7' })).statusCode, 200)
  const { changes, ...known } = event
  const [first, ...more] = begun.map(row => ({ ...row }))
  assert.deepEqual(first, { ...known, clientId: undefined, reason: undefined, time: 0, count: 0 })
  assert.deepEqual([more, made], [[], ['7']])
})

test('a change is not made where the log cannot know of it before', async () => {
  const { app, made } = open({ full: 'before' })
  assert.equal((await app.inject({ method: 'POST', url: '/things/7' })).statusCode, 500)
  assert.deepEqual(made, [])
})

test('a change that cannot be written into the log is answered as a failure, once', async () => {
  const { app, audit, rows } = open({ full: 'after' })
  assert.equal((await app.inject({ method: 'POST', url: '/things/7' })).statusCode, 500)
  await audit.flush()
  assert.equal(rows.length, 1)
})

for (const { status, reason, expected } of [
  { status: 400, reason: 'no such field', expected: 'no such field' },
  { status: 400, reason: undefined, expected: 'status 400' },
  { status: 499, reason: undefined, expected: 'status 499' },
  { status: 500, reason: undefined, expected: 'status 500' },
]) {
  test(`an answer with ${status} ${reason ? 'and a reason' : ''} is a failure: ${expected}`, async () => {
    const { app, audit, rows } = open(reason === undefined ? {} : { reason })
    await app.inject({ method: 'POST', url: `/things/7?status=${status}` })
    await audit.flush()
    assert.deepEqual(
      rows.map(row => row.reason),
      [expected],
    )
  })
}

for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
  test(`a route with ${method} must say what the log is told`, () => {
    const { app } = open()
    const handler = async () => ''
    assert.throws(() => app.route({ method, url: '/silent', handler }), /config\.audit/)
    assert.throws(() => app.route({ method: ['GET', method], url: '/silent', handler }), /config\.audit/)
    app.route({ method, url: '/changes-nothing', config: { audit: false }, handler })
    app.route({ method: 'GET', url: '/read', handler })
  })
}

test('fields that differ are compared deeply', () => {
  const before = { same: [1, { a: 2 }], other: { a: 1 }, gone: 1, both: undefined }
  const after = { same: [1, { a: 2 }], other: { a: 2 }, come: 1 }
  assert.deepEqual(changedFields(before, after), ['other', 'gone', 'come'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { messageLog, stoppedTimers } from '../each-database.test.ts'
import { createMessageLogs } from '../message-logs.ts'
import { migrate } from '../migrate.ts'
import type { Schema } from '../schema.ts'
import { createSeal } from '../seal.ts'
import { sqliteBackend } from '../sqlite.ts'
import { GroupWriter } from '../writer.ts'
import { migrations } from './index.ts'

test('message logs are kept, and further ones can have details', async t => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  t.after(() => database.destroy())
  const older = database as unknown as Kysely<unknown>
  const index = migrations.findIndex(({ name }) => name === '0013-message-logs')
  await migrate(older, backend, migrations.slice(0, index), () => 0)
  for (const [guid, end] of [
    ['late', 20],
    ['early', 10],
  ] as const) {
    await sql`insert into message_logs values (${guid}, 'c', 'flow', 'Flow', 'p', 'FAILED', 'Custom', 5, ${end}, 's', 'r',
      'id', 'type', 'error', 'Step')`.execute(older)
  }
  await migrate(older, backend, migrations, () => 0)

  const parts = { database, writer: new GroupWriter(database), seal: createSeal(new Uint8Array(32)) }
  const options = { timers: stoppedTimers, flushIntervalMs: 25, maxBufferedLogs: 10, onLostLogs: assert.fail }
  const logs = createMessageLogs(parts, options)
  const attachments = [{ name: 'a', contentType: 'text/plain', content: Buffer.from('x') }]
  logs.record(
    messageLog('new', { details: { run: undefined, customHeaders: [['n', 'v']], adapterAttributes: [], attachments } }),
  )
  assert.deepEqual(
    (await logs.list({})).map(({ messageGuid }) => messageGuid),
    ['new', 'late', 'early'],
  )
  const { messageGuid, ...late } = (await logs.find('late')) ?? assert.fail('a log')
  assert.deepEqual(late, {
    correlationId: 'c',
    artifactId: 'flow',
    artifactName: 'Flow',
    packageId: 'p',
    status: 'FAILED',
    customStatus: 'Custom',
    logStart: 5,
    logEnd: 20,
    sender: 's',
    receiver: 'r',
    applicationMessageId: 'id',
    applicationMessageType: 'type',
    error: 'error',
    errorStepId: 'Step',
    logLevel: 'INFO',
  })
  assert.equal(await logs.deleteOlderThan(1e15, 10), 3)
  assert.deepEqual([await logs.customHeaders.count({}), await logs.attachments.count({})], [0, 0])
})

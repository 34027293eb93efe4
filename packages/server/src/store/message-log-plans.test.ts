import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkQuery, parseFilter, parseRequest } from '@sluice/odata'
import { model } from '../api/odata/index.ts'
import { clientLogQueries } from '../testing/client-log-queries.ts'
import { randomOf } from '../testing/sample-logs.ts'
import { stoppedTimers } from './each-database.test.ts'
import { createMessageLogs } from './message-logs.ts'
import { assertIndexed, openQueryPlans, type QueryPlans } from './query-plans.test.ts'
import { createSeal } from './seal.ts'
import type { MessageLogs, Usage } from './store.ts'
import { createUsage } from './usage.ts'
import { GroupWriter } from './writer.ts'

let messageLogs: MessageLogs
let usage: Usage
let plans: QueryPlans
const plansOf = (work: () => Promise<unknown>) => plans.of(work)

before(async () => {
  plans = await openQueryPlans()
  const { database, backend } = plans
  const parts = { database, writer: new GroupWriter(database), seal: createSeal(new Uint8Array(32)) }
  const options = { timers: stoppedTimers, flushIntervalMs: 25, maxBufferedLogs: 10, onLostLogs: () => {} }
  messageLogs = createMessageLogs(parts, options)
  usage = createUsage(database, backend)
})
after(() => plans.close())

const random = randomOf(1)
for (const { name, url, index, sortsFew } of clientLogQueries) {
  test(`an index serves: ${name}`, async () => {
    const { options, custom } = parseRequest(model, url(random, Date.UTC(2026, 0, 31)))
    const type = model.sets.find(set => set.name === 'MessageProcessingLogs')?.type
    assert.ok(type)
    const { filter, orderBy } = checkQuery(model, type, options)
    const headers = custom.get('filterCustomHeaderProperties')
    const query = { filter, customHeaders: headers === undefined ? undefined : parseFilter(headers) }
    const listed = await plansOf(() =>
      messageLogs.list({ ...query, orderBy, top: options.top ?? 1_001, skip: options.skip }),
    )
    const counted = await plansOf(() => messageLogs.count(query))
    for (const planned of [...listed, ...counted]) assertIndexed(planned, sortsFew)
    assert.equal(listed.length + counted.length, 2)
    const plan = listed[0]?.plan.join('\n') ?? ''
    assert.match(plan, new RegExp(` ${index}\\b`))
    const isOfOneStatus = listed[0]?.sql.includes('"status" = ') === true
    if (/_by_(end|artifact)$/.test(index) && !isOfOneStatus) assert.doesNotMatch(plan, /TEMP B-TREE/)
  })
}

test('counting reads no row where the index knows what is asked for', async () => {
  const filters = [
    "LogEnd ge datetime'2026-01-01T00:00:00' and Status eq 'COMPLETED'",
    "LogStart gt datetime'2026-01-01T00:00:00' and LogEnd lt datetime'2026-01-02T00:00:00'",
    "IntegrationFlowName eq 'a' and LogStart gt datetime'2026-01-01T00:00:00' and Status ne 'DISCARDED'",
    "Status eq 'FAILED' and LogEnd ge datetime'2026-01-01T00:00:00'",
  ]
  for (const filter of filters) {
    const [planned] = await plansOf(() => messageLogs.count({ filter: parseFilter(filter) }))
    assert.match(planned?.plan.join() ?? '', /^SEARCH message_logs USING COVERING INDEX/, filter)
  }
  const [all] = await plansOf(() => messageLogs.count({ filter: parseFilter('MessageGuid ne null') }))
  assert.doesNotMatch(all?.sql ?? '', /where/)
})

const others: Readonly<Record<string, () => Promise<unknown>>> = {
  'custom headers of a log': () => messageLogs.customHeaders.list({}, 'g'),
  'custom headers by name and value': () =>
    messageLogs.customHeaders.list({ filter: parseFilter("Name eq 'a' and Value eq 'b'"), top: 1_001 }),
  'custom headers in their order': () =>
    messageLogs.customHeaders.list({ orderBy: ['Name', 'Value'].map(property => ({ property, descending: false })) }),
  'a custom header': () => messageLogs.customHeaders.list({ filter: parseFilter("Id eq 'g.1'") }),
  'adapter attributes of a log': () => messageLogs.adapterAttributes.list({}, 'g'),
  'attachments of a log': () => messageLogs.attachments.list({}, 'g'),
  'one log': () => messageLogs.find('g'),
  'deleting old logs': () => messageLogs.deleteOlderThan(1, 500),
  'deleting old attachments': () => messageLogs.deleteAttachmentsOlderThan(1, 500),
  'abandoning what a dead server left': () => messageLogs.abandonUnfinished(1),
  'the tries of a message': () => messageLogs.runs('g'),
  'one try': () => messageLogs.findRun('r'),
}

for (const [name, work] of Object.entries(others)) {
  test(`an index serves: ${name}`, async () => {
    const planned = await plansOf(work)
    assert.ok(planned.length > 0)
    for (const one of planned) assertIndexed(one)
  })
}

const figures: Readonly<Record<string, () => Promise<unknown>>> = {
  'figures of a flow': () => usage.messages('a', 0, 1),
  'figures of a flow by interval': () => usage.messagesByInterval('a', 0, 1, 1),
  'whether a flow has many messages': () => usage.countMessages('a', 0, 1, 1),
}

for (const [name, work] of Object.entries(figures)) {
  test(`the index alone tells: ${name}`, async () => {
    const [planned] = await plansOf(work)
    const index = 'message_logs_by_artifact (artifact_id=? AND log_end>? AND log_end<?)'
    assert.ok(planned?.plan.includes(`SEARCH message_logs USING COVERING INDEX ${index}`), planned?.plan.join())
  })
}

test('what refers to a log is found by its primary key, so that deleting a log searches', () => {
  for (const table of ['message_custom_headers', 'message_adapter_attributes', 'message_attachments', 'message_runs']) {
    const rows = plans.explain(`delete from ${table} where message_guid = ?`, ['g'])
    assert.match(rows[0] ?? '', /^SEARCH .* \(message_guid=\?\)$/, table)
  }
})

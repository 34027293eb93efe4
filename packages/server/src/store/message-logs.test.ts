import assert from 'node:assert/strict'
import { parseFilter } from '@sluice/odata'
import { messageLog, storeTest } from './each-database.test.ts'
import type { ListQuery, MessageLog, Store } from './store.ts'

const guids = async ({ messageLogs }: Store, query: ListQuery) =>
  (await messageLogs.list(query)).map(({ messageGuid }) => messageGuid)

storeTest('a log comes back as it was recorded', async ({ messageLogs }) => {
  const failed = messageLog('g1', {
    status: 'FAILED',
    customStatus: 'Rejected',
    sender: 'shop',
    receiver: 'erp',
    applicationMessageId: '4711',
    applicationMessageType: 'Order',
    error: 'Expected an order, found nothing',
    errorStepId: 'CallActivity_3',
  })
  messageLogs.record(failed)
  messageLogs.record(messageLog('g2'))
  assert.deepEqual(await messageLogs.find('g1'), failed)
  assert.deepEqual(await messageLogs.find('g2'), messageLog('g2'))
  assert.equal(await messageLogs.find('g3'), undefined)
})

storeTest('a later log of the same run replaces the earlier one, written or not', async ({ messageLogs }) => {
  messageLogs.record(messageLog('g1', { status: 'PROCESSING', logEnd: 5 }))
  messageLogs.record(messageLog('g1', { status: 'COMPLETED', logEnd: 5 }))
  messageLogs.record(messageLog('g2', { status: 'PROCESSING', logEnd: 6 }))
  await messageLogs.flush()
  messageLogs.record(messageLog('g2', { status: 'FAILED', logEnd: 6, error: 'no' }))
  assert.deepEqual(await messageLogs.list({ orderBy: [{ property: 'LogEnd', descending: false }] }), [
    messageLog('g1', { status: 'COMPLETED', logEnd: 5 }),
    messageLog('g2', { status: 'FAILED', logEnd: 6, error: 'no' }),
  ])
})

storeTest('more logs than one statement holds are all written', async ({ messageLogs }) => {
  for (let index = 0; index < 1000; index++) messageLogs.record(messageLog(`g${index}`, { logEnd: index }))
  assert.equal(await messageLogs.count({}), 1000)
  assert.equal((await messageLogs.find('g777'))?.logEnd, 777)
})

storeTest('runs that a dead process left behind are abandoned', async ({ messageLogs }) => {
  messageLogs.record(messageLog('g1', { status: 'PROCESSING', logEnd: 9 }))
  messageLogs.record(messageLog('g2', { status: 'FAILED' }))
  await messageLogs.flush()
  assert.equal(await messageLogs.abandonUnfinished(99), 1)
  assert.equal(await messageLogs.abandonUnfinished(99), 0)
  assert.deepEqual(await messageLogs.find('g1'), messageLog('g1', { status: 'ABANDONED', logStart: 9, logEnd: 99 }))
  assert.deepEqual(await messageLogs.find('g2'), messageLog('g2', { status: 'FAILED' }))
})

storeTest('old logs are deleted oldest first, a few at a time', async store => {
  for (const end of [3, 1, 2, 4]) store.messageLogs.record(messageLog(`g${end}`, { logEnd: end }))
  await store.messageLogs.flush()
  assert.equal(await store.messageLogs.deleteOlderThan(4, 2), 2)
  assert.deepEqual(await guids(store, {}), ['g4', 'g3'])
  assert.equal(await store.messageLogs.deleteOlderThan(4, 2), 1)
  assert.deepEqual(await guids(store, {}), ['g4'])
})

const time = Date.UTC(2026, 0, 31, 12)

const logs = [
  messageLog('g1', { logStart: time, logEnd: time + 1, sender: 'shop', customStatus: '100%_\\' }),
  messageLog('g2', {
    logStart: time,
    logEnd: time + 2,
    status: 'FAILED',
    artifactId: 'returns',
    artifactName: 'Returns',
  }),
  messageLog('g3', { logStart: time, logEnd: time + 3, status: 'ESCALATED', correlationId: 'c', sender: "O'Hara" }),
  messageLog('g4', { logStart: time, logEnd: time + 4, sender: 'Shop', customStatus: '100x' }),
]

/** The filters of real clients first, then each operator, then attempts to leave the filter. */
const filters: { filter: string; expected: string[] }[] = [
  { filter: "IntegrationArtifact/Id eq 'returns' and Status ne 'DISCARDED'", expected: ['g2'] },
  {
    filter: "((LogEnd le datetime'2026-01-31T12:00:00.002' and (Status eq 'FAILED' or Status eq 'COMPLETED')))",
    expected: ['g2', 'g1'],
  },
  {
    filter: "IntegrationFlowName eq 'orders' and LogStart gt datetime'2026-01-31T11:59:59'",
    expected: ['g4', 'g3', 'g1'],
  },
  { filter: 'MessageGuid ne null', expected: ['g4', 'g3', 'g2', 'g1'] },
  { filter: "CorrelationId eq 'c'", expected: ['g3'] },
  { filter: "Status eq 'COMPLETED'", expected: ['g4', 'g1'] },
  { filter: "Status ne 'COMPLETED'", expected: ['g3', 'g2'] },
  { filter: "'FAILED' eq Status", expected: ['g2'] },
  { filter: "'COMPLETED' ne Status", expected: ['g3', 'g2'] },
  { filter: "Status ne 'FAILED'", expected: ['g4', 'g3', 'g1'] },
  { filter: 'Status eq null', expected: [] },
  { filter: 'Status ne null', expected: ['g4', 'g3', 'g2', 'g1'] },
  { filter: "not (Status eq 'COMPLETED')", expected: ['g3', 'g2'] },
  { filter: "LogEnd lt datetime'2026-01-31T12:00:00.002'", expected: ['g1'] },
  { filter: "LogEnd ge datetime'2026-01-31T12:00:00.003'", expected: ['g4', 'g3'] },
  { filter: "LogEnd eq datetime'2026-01-31T12:00:00.003'", expected: ['g3'] },
  { filter: 'LogStart lt LogEnd', expected: ['g4', 'g3', 'g2', 'g1'] },
  { filter: 'Sender eq null', expected: ['g2'] },
  { filter: 'Sender ne null', expected: ['g4', 'g3', 'g1'] },
  { filter: "Sender ne 'shop'", expected: ['g4', 'g3', 'g2'] },
  { filter: 'Sender gt null', expected: [] },
  { filter: "Sender eq 'shop'", expected: ['g1'] },
  { filter: "tolower(Sender) eq 'shop'", expected: ['g4', 'g1'] },
  { filter: "toupper(Sender) eq tolower('SHOP')", expected: [] },
  { filter: "substringof('ho', Sender)", expected: ['g4', 'g1'] },
  { filter: "substringof('HO', Sender)", expected: [] },
  { filter: "substringof('HO', toupper(Sender))", expected: ['g4', 'g1'] },
  { filter: "startswith(tolower(Sender), 's') eq false", expected: ['g3', 'g2'] },
  { filter: "startswith(Sender, 's') eq true", expected: ['g1'] },
  { filter: "endswith(Sender, 'op') eq false", expected: ['g3', 'g2'] },
  {
    filter: "LogLevel eq 'INFO' and IntegrationArtifact/Type eq 'INTEGRATION_FLOW'",
    expected: ['g4', 'g3', 'g2', 'g1'],
  },
  { filter: "LogLevel eq 'DEBUG'", expected: [] },
  { filter: '1 eq 1', expected: ['g4', 'g3', 'g2', 'g1'] },
  { filter: "Sender eq 'O''Hara'", expected: ['g3'] },
  { filter: "Sender eq 'x'' or ''1''=''1'", expected: [] },
  { filter: "Sender eq 'x''; drop table message_logs; --'", expected: [] },
  { filter: "substringof('%', CustomStatus)", expected: ['g1'] },
  { filter: "startswith(CustomStatus, '100_')", expected: [] },
  { filter: "endswith(CustomStatus, '\\')", expected: ['g1'] },
  { filter: "substringof('0%_', CustomStatus)", expected: ['g1'] },
]

storeTest('a filter selects what it says and nothing else, newest first', async store => {
  for (const log of logs) store.messageLogs.record(log)
  for (const { filter, expected } of filters) {
    const query = { filter: parseFilter(filter) }
    assert.deepEqual(await guids(store, query), expected, filter)
    assert.equal(await store.messageLogs.count(query), expected.length, filter)
  }
})

const refused: { name: string; query: ListQuery; code: string }[] = [
  { name: 'an unknown property', query: { filter: parseFilter("Colour eq 'red'") }, code: 'unknown-property' },
  { name: 'a column', query: { filter: parseFilter("artifact_id eq 'orders'") }, code: 'unknown-property' },
  { name: 'an inherited name', query: { filter: parseFilter("constructor eq 'x'") }, code: 'unknown-property' },
  {
    name: 'SQL as a property',
    query: {
      filter: {
        kind: 'match',
        function: 'substringof',
        text: { kind: 'property', path: 'Status) or 1=1 --' },
        part: { kind: 'literal', value: '' },
      },
    },
    code: 'unknown-property',
  },
  {
    name: 'SQL as a sort key',
    query: { orderBy: [{ property: 'LogEnd; drop table message_logs', descending: true }] },
    code: 'unknown-property',
  },
  { name: 'a text for a date', query: { filter: parseFilter("LogEnd gt '2026'") }, code: 'malformed-filter' },
  { name: 'a number for a text', query: { filter: parseFilter('Status eq 1') }, code: 'malformed-filter' },
  {
    name: 'a date for a text',
    query: { filter: parseFilter("Status eq datetime'2026-01-31T12:00:00'") },
    code: 'malformed-filter',
  },
  { name: 'a text beside a date', query: { filter: parseFilter('Status eq LogEnd') }, code: 'malformed-filter' },
  { name: 'part of a date', query: { filter: parseFilter("startswith(LogEnd, '2')") }, code: 'malformed-filter' },
  {
    name: 'a date in small letters',
    query: { filter: parseFilter("tolower(LogEnd) eq 'x'") },
    code: 'malformed-filter',
  },
]

storeTest('what does not fit the entity is refused', async ({ messageLogs }) => {
  for (const { name, query, code } of refused) {
    await assert.rejects(messageLogs.list(query), { name: 'ODataError', code, status: 400 }, name)
  }
})

const orders: { query: ListQuery; expected: string[] }[] = [
  { query: { orderBy: [{ property: 'Sender', descending: false }] }, expected: ['g2', 'g3', 'g4', 'g1'] },
  { query: { orderBy: [{ property: 'Sender', descending: true }] }, expected: ['g1', 'g4', 'g3', 'g2'] },
  {
    query: {
      orderBy: [
        { property: 'IntegrationArtifact/Id', descending: true },
        { property: 'LogEnd', descending: false },
      ],
    },
    expected: ['g2', 'g1', 'g3', 'g4'],
  },
  { query: { orderBy: [{ property: 'LogStart', descending: true }] }, expected: ['g4', 'g3', 'g2', 'g1'] },
  { query: { orderBy: [{ property: 'LogStart', descending: false }] }, expected: ['g1', 'g2', 'g3', 'g4'] },
  { query: { orderBy: [], top: 2, skip: 1 }, expected: ['g3', 'g2'] },
]

storeTest('sorting is total: nulls first, ties as they were recorded', async store => {
  for (const log of logs) store.messageLogs.record(log)
  for (const { query, expected } of orders) assert.deepEqual(await guids(store, query), expected, JSON.stringify(query))
})

const details: NonNullable<MessageLog['details']> = {
  run: undefined,
  customHeaders: [
    ['po_number', '12345'],
    ['po_number', '12346'],
    ['colour', 'red'],
  ],
  adapterAttributes: [{ adapterId: 'Mail', adapterMessageId: '<1@x>', name: 'Subject', value: 'Hello' }],
  attachments: [
    { name: 'payload', contentType: 'text/plain', content: Buffer.from('grüße') },
    { name: 'empty', contentType: 'application/xml', content: new Uint8Array() },
  ],
}

storeTest('what a message leaves behind comes back as it was recorded', async ({ messageLogs }) => {
  messageLogs.record(messageLog('g1', { details, logEnd: 1_700_000_000_500 }))
  messageLogs.record(messageLog('g2'))
  const ofFirst = { messageGuid: 'g1' }
  assert.deepEqual(await messageLogs.customHeaders.list({}, 'g1'), [
    { id: 'g1.1', ...ofFirst, name: 'po_number', value: '12345' },
    { id: 'g1.2', ...ofFirst, name: 'po_number', value: '12346' },
    { id: 'g1.3', ...ofFirst, name: 'colour', value: 'red' },
  ])
  assert.deepEqual(await messageLogs.adapterAttributes.list({}), [
    { id: 'g1.1', ...ofFirst, ...details.adapterAttributes[0] },
  ])
  const times = { createdAt: 1_700_000_000_500 }
  assert.deepEqual(await messageLogs.attachments.list({}, 'g1'), [
    { id: 'g1.1', ...ofFirst, ...times, name: 'payload', contentType: 'text/plain', size: 7 },
    { id: 'g1.2', ...ofFirst, ...times, name: 'empty', contentType: 'application/xml', size: 0 },
  ])
  assert.equal(Buffer.from((await messageLogs.findAttachmentContent('g1.1')) ?? []).toString(), 'grüße')
  assert.deepEqual(await messageLogs.findAttachmentContent('g1.2'), new Uint8Array())
  for (const id of ['g1.3', 'g2.1', 'g1', '', "g1.1'"]) {
    assert.equal(await messageLogs.findAttachmentContent(id), undefined, id)
    assert.equal(await messageLogs.attachments.find(id), undefined, id)
  }
  assert.equal((await messageLogs.customHeaders.find('g1.3'))?.value, 'red')
  assert.equal(await messageLogs.customHeaders.count({}, 'g2'), 0)
})

storeTest('details are found by what they say', async ({ messageLogs }) => {
  messageLogs.record(messageLog('g1', { details }))
  messageLogs.record(messageLog('g2', { details: { ...details, customHeaders: [['po_number', '12345']] } }))
  const ids = async (filter: string) =>
    (await messageLogs.customHeaders.list({ filter: parseFilter(filter) })).map(({ id }) => id)
  assert.deepEqual(await ids("Name eq 'po_number' and Value eq '12345'"), ['g1.1', 'g2.1'])
  assert.deepEqual(await ids("Id eq 'g1.2'"), ['g1.2'])
  assert.deepEqual(await ids("Id eq 'nothing'"), [])
  const sorted = await messageLogs.customHeaders.list({
    orderBy: [
      { property: 'Name', descending: true },
      { property: 'Value', descending: true },
    ],
    top: 2,
  })
  assert.deepEqual(
    sorted.map(({ id }) => id),
    ['g1.2', 'g1.1'],
  )
  const large = { filter: parseFilter('PayloadSize gt 0') }
  assert.equal(await messageLogs.attachments.count(large), 2)
  assert.equal(await messageLogs.attachments.count(large, 'g1'), 1)
})

storeTest('logs are found by their custom headers, together with other conditions', async store => {
  store.messageLogs.record(messageLog('g1', { details }))
  store.messageLogs.record(
    messageLog('g2', { status: 'FAILED', details: { ...details, customHeaders: [['po_number', '12345']] } }),
  )
  store.messageLogs.record(messageLog('g3'))
  const cases: readonly (readonly [customHeaders: string, filter: string | undefined, expected: string[]])[] = [
    ["'po_number' eq '12345'", undefined, ['g2', 'g1']],
    ["'po_number' eq '12345'", "Status eq 'FAILED'", ['g2']],
    ["'po_number' eq '12345' and 'colour' eq 'red'", undefined, ['g1']],
    ["'colour' eq 'blue' or 'po_number' eq '12346'", undefined, ['g1']],
    ["not ('colour' eq 'red')", undefined, ['g2', 'g3']],
    ["'po_number' eq 'x'' or ''1'' eq ''1'", undefined, []],
  ]
  for (const [customHeaders, filter, expected] of cases) {
    const query = { customHeaders: parseFilter(customHeaders), ...(filter && { filter: parseFilter(filter) }) }
    assert.deepEqual(
      (await store.messageLogs.list(query)).map(({ messageGuid }) => messageGuid),
      expected,
      customHeaders,
    )
    assert.equal(await store.messageLogs.count(query), expected.length, customHeaders)
  }
  for (const wrong of ["'a' ne 'b'", "Status eq 'FAILED'", "'a' eq 1", "substringof('a', Status)"]) {
    const query = { customHeaders: parseFilter(wrong) }
    await assert.rejects(store.messageLogs.list(query), { code: 'malformed-filter' }, wrong)
  }
})

storeTest('values of custom headers end after 200 bytes, between characters', async ({ messageLogs }) => {
  const values = ['x'.repeat(201), 'ä'.repeat(101), `x${'€'.repeat(67)}`, '😀'.repeat(51), 'y'.repeat(200)]
  const customHeaders = values.map(value => ['name', value] as const)
  messageLogs.record(messageLog('g1', { details: { ...details, customHeaders } }))
  assert.deepEqual(
    (await messageLogs.customHeaders.list({})).map(({ value }) => value),
    ['x'.repeat(200), 'ä'.repeat(100), `x${'€'.repeat(66)}`, '😀'.repeat(50), 'y'.repeat(200)],
  )
})

storeTest(
  'a message that is tried again keeps its start, has the details of its last try, and all its tries',
  async store => {
    const { messageLogs } = store
    const tried = (number: number, status: MessageLog['status']) => {
      return {
        id: `r${number}`,
        messageGuid: 'g1',
        number,
        startedAt: number * 10,
        stoppedAt: number * 10 + 1,
        status,
        logLevel: 'INFO',
      }
    }
    const first = { ...details, run: tried(1, 'RETRY') }
    messageLogs.record(messageLog('g1', { status: 'RETRY', logStart: 10, logEnd: 11, details: first, error: 'no' }))
    await messageLogs.flush()
    const second = {
      ...details,
      run: tried(2, 'COMPLETED'),
      customHeaders: [['po_number', '2'] as const],
      attachments: [],
    }
    messageLogs.record(messageLog('g1', { status: 'COMPLETED', logStart: 20, logEnd: 21, details: second }))
    assert.deepEqual(await messageLogs.find('g1'), messageLog('g1', { logStart: 10, logEnd: 21 }))
    assert.deepEqual(
      (await messageLogs.customHeaders.list({})).map(({ id, value }) => `${id} ${value}`),
      ['g1.1 2'],
    )
    assert.equal(await messageLogs.attachments.count({}), 0)
    assert.deepEqual(await messageLogs.runs('g1'), [second.run, first.run])
    assert.deepEqual(await messageLogs.findRun('r2'), second.run)
    assert.deepEqual([await messageLogs.runs('g2'), await messageLogs.findRun('g1')], [[], undefined])
  },
)

storeTest('of many tries the first 50 are kept, and the last', async ({ messageLogs }) => {
  for (let number = 1; number <= 60; number++) {
    const times = { startedAt: 1, stoppedAt: 1 }
    const run = { id: `r${number}`, messageGuid: 'g1', number, ...times, status: 'RETRY' as const, logLevel: 'INFO' }
    messageLogs.record(messageLog('g1', { status: 'RETRY', details: { ...details, run } }))
    await messageLogs.flush()
  }
  const runs = await messageLogs.runs('g1')
  assert.deepEqual([runs.length, runs[0]?.id, runs[1]?.id, runs[50]?.id], [51, 'r60', 'r50', 'r1'])
})

storeTest('the log level comes back, and is INFO where none was recorded', async store => {
  store.messageLogs.record(messageLog('g1', { logLevel: 'TRACE' }))
  store.messageLogs.record(messageLog('g2', { logLevel: 'INFO' }))
  assert.equal((await store.messageLogs.find('g1'))?.logLevel, 'TRACE')
  assert.deepEqual(await guids(store, { filter: parseFilter("LogLevel eq 'INFO'") }), ['g2'])
})

storeTest('details end with their log, attachments also on their own, a few megabytes at a time', async store => {
  const { messageLogs } = store
  const content = new Uint8Array(1_500_000)
  const attachments = [1, 2, 3, 4].map(name => ({ name: String(name), contentType: 'x/y', content }))
  messageLogs.record(messageLog('g1', { logStart: 1, logEnd: 1, details: { ...details, attachments } }))
  messageLogs.record(messageLog('g2', { logStart: 1, logEnd: 2, details }))
  await messageLogs.flush()
  assert.equal(await messageLogs.deleteAttachmentsOlderThan(2, 500), 2)
  assert.equal(await messageLogs.deleteAttachmentsOlderThan(2, 500), 2)
  assert.equal(await messageLogs.deleteAttachmentsOlderThan(2, 500), 0)
  assert.equal(await messageLogs.deleteAttachmentsOlderThan(3, 1), 1)
  assert.equal(await messageLogs.attachments.count({}), 1)
  assert.equal(await messageLogs.deleteOlderThan(3, 500), 2)
  for (const kind of ['customHeaders', 'adapterAttributes', 'attachments'] as const) {
    assert.equal(await messageLogs[kind].count({}), 0, kind)
  }
})

storeTest('pages of logs that ended at the same time neither repeat nor skip one, in both directions', async store => {
  for (let index = 0; index < 40; index++) {
    const status = index % 3 === 0 ? 'FAILED' : 'COMPLETED'
    store.messageLogs.record(messageLog(`g${index}`, { logStart: index % 2, logEnd: 5, status }))
  }
  for (const descending of [true, false]) {
    for (const filter of [undefined, parseFilter("Status eq 'COMPLETED'")]) {
      const orderBy = [{ property: 'LogEnd', descending }]
      const all = await guids(store, { orderBy, filter })
      const pages: string[] = []
      for (let skip = 0; skip < 40; skip += 7) pages.push(...(await guids(store, { orderBy, filter, skip, top: 7 })))
      assert.deepEqual(pages, all)
      assert.equal(new Set(all).size, filter ? 26 : 40)
    }
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeWorld, type FlowSketch, fakePorts, flowText, message, runFlow } from '@sluice/iflow/testing'
import { body, call, container, end, errorEnd, errorStart, lines, localEnd, localStart } from './path-sketch.ts'

const start = { type: 'MessageStartEvent' }
const write = (properties = {}) => ({
  type: 'put',
  properties: { storageName: 'S', visibility: 'global', messageId: '${header.id}', ...properties },
})
const get = (properties = {}) => ({
  type: 'get',
  properties: { storageName: 'S', visibility: 'global', dataStoreId: '${header.id}', ...properties },
})
const select = (properties = {}) => ({
  type: 'select',
  properties: { storageName: 'S', visibility: 'global', maxresults: '10', ...properties },
})
const remove = (properties = {}) => ({
  type: 'delete',
  properties: { storageName: 'S', visibility: 'global', messageId: '${header.id}', ...properties },
})
const variable = (name: string, scope: string) =>
  `<row><cell>${name}</cell><cell></cell><cell>expression</cell><cell>\${in.body}</cell><cell>${scope}</cell></row>`
const notRequired = { transactionalHandling: 'Not Required' }

async function run(
  sketch: FlowSketch,
  world: FakeWorld,
  text = '<o/>',
  headers: Record<string, unknown> = { id: '1' },
) {
  return runFlow(flowText(sketch), { message: message({ body: text, headers }), ports: fakePorts(world) })
}

test('what is written is read again by its ID, with its headers but without those of the engine', async () => {
  const dataStores = {}
  const nodes = {
    S: start,
    W: write({ includeMessageHeaders: 'true' }),
    B: body('x'),
    G: get(),
    E: end,
  }
  const { result } = await run({ processes: [container('Main', ['S W B G E'], nodes)] }, { dataStores }, '<o/>', {
    id: 'a',
    no: 7,
    SAP_Sender: 's',
    CamelFileName: 'f',
  })
  assert.equal(result.exchange.body.text(), '<o/>')
  assert.deepEqual(dataStores, { 'global/S/a': '<o/>' })
  const headers = ['SAP_DatastoreEntryFound', 'SAP_DataStoreCreatedAt', 'SAP_DataStoreExpiresAt', 'no']
  assert.deepEqual(
    headers.map(name => result.exchange.headers.get(name)),
    [true, '2025-03-14T15:09:26.535Z', '2025-04-13T15:09:26.535Z', 7],
  )
})

const endings = [
  { title: 'with transaction handling, nothing is left of a message that fails', properties: {}, left: {} },
  {
    title: 'without transaction handling, what was written stays',
    properties: notRequired,
    left: { 'global/S/1': '<o/>', 'local/V': '<o/>' },
  },
]
for (const { title, properties, left } of endings) {
  test(title, async () => {
    const dataStores = {}
    const variables = {}
    const nodes = {
      S: start,
      W: write(),
      V: { type: 'Variables', properties: { variable: variable('V', 'local') } },
      P: { type: 'Persist', properties: { stepid: 'p' } },
      G: get({ delete: 'true' }),
      X: errorEnd,
    }
    const main = { ...container('Main', ['S W V P G X'], nodes), properties }
    const persisted = {}
    const { result } = await run({ processes: [main] }, { dataStores, variables, persisted })
    assert.equal(result.status, 'FAILED')
    assert.deepEqual({ ...dataStores, ...variables }, left)
    assert.deepEqual(persisted, {})
  })
}

test('a failure that is handled leaves what was written; the process itself sees its changes before', async () => {
  const dataStores: Record<string, string> = { 'global/S/old': '<old/>', 'global/S/gone': '<gone/>' }
  const variables: Record<string, unknown> = {}
  const read = `<row><cell id='Action'>Create</cell><cell id='Type'>global persisted variables</cell><cell id='Value'>V</cell><cell id='Name'>v</cell></row>`
  const nodes = {
    S: start,
    W: write(),
    D: remove({ messageId: 'gone' }),
    V: { type: 'Variables', properties: { variable: variable('V', 'global') } },
    R: { type: 'Enricher', properties: { headerTable: read } },
    L: select(),
    X: errorEnd,
  }
  const main = {
    ...container('Main', ['S W D V R L X'], nodes),
    onFailure: container('H', ['HS HE'], { HS: errorStart, HE: end }),
  }
  const { result } = await run({ processes: [main] }, { dataStores, variables })
  assert.equal(result.status, 'COMPLETED')
  assert.equal(result.exchange.headers.get('v'), '<o/>')
  assert.equal(
    result.exchange.body.text(),
    '<?xml version="1.0" encoding="UTF-8"?>\n<messages><message id="old"><old/></message><message id="1"><o/></message></messages>',
  )
  assert.deepEqual(dataStores, { 'global/S/old': '<old/>', 'global/S/1': '<o/>' })
  assert.deepEqual(variables, { 'global/V': '<o/>' })
})

test('a called process has a transaction of its own only when its caller has none', async () => {
  for (const [properties, left] of [
    [{}, {}],
    [notRequired, { 'global/S/1': '<o/>' }],
  ] as const) {
    const dataStores = {}
    const main = { ...container('Main', ['S C X'], { S: start, C: call, X: errorEnd }), properties }
    const local = {
      ...container('Local', ['L W LE'], { L: localStart, W: write(), LE: localEnd }),
      properties: { transactionalHandling: 'Required' },
    }
    assert.equal((await run({ processes: [main, local] }, { dataStores })).result.status, 'FAILED')
    assert.deepEqual(dataStores, left)
  }
})

test('a called process that fails leaves nothing of its own transaction', async () => {
  const dataStores = {}
  const main = { ...container('Main', ['S C E'], { S: start, C: call, E: end }), properties: notRequired }
  const local = {
    ...container('Local', ['L W X'], { L: localStart, W: write(), X: errorEnd }),
    properties: { transactionalHandling: 'Required' },
  }
  assert.equal((await run({ processes: [main, local] }, { dataStores })).result.status, 'FAILED')
  assert.deepEqual(dataStores, {})
})

test('parts of a split message write into the same transaction', async () => {
  const dataStores = {}
  const nodes = { S: start, Split: lines(), W: write({ messageId: '${in.body}' }), E: end }
  await run({ processes: [container('Main', ['S Split W E'], nodes)] }, { dataStores }, 'a\nb')
  assert.deepEqual(dataStores, { 'global/S/a': 'a', 'global/S/b': 'b' })
})

const duplicates = [
  { title: 'fails the message even if it is handled', override: 'false', properties: {}, status: 'FAILED' },
  { title: 'without a transaction is handled', override: 'false', properties: notRequired, status: 'COMPLETED' },
  { title: 'is replaced where that is allowed', override: 'true', properties: {}, status: 'COMPLETED' },
]
for (const { title, override, properties, status } of duplicates) {
  test(`an entry that exists ${title}`, async () => {
    const dataStores = { 'global/S/1': '<a/>' }
    const main = {
      ...container('Main', ['S W E'], { S: start, W: write({ override }), E: end }),
      properties,
      onFailure: container('H', ['HS HE'], { HS: errorStart, HE: end }),
    }
    const { result } = await run({ processes: [main] }, { dataStores })
    assert.equal(result.status, status)
    if (status === 'FAILED') assert.equal(result.failure?.code, 'duplicate-entry')
    assert.deepEqual(dataStores, { 'global/S/1': override === 'true' ? '<o/>' : '<a/>' })
  })
}

test('entries are deleted on completion, of the selection and one by one, unless the message fails', async () => {
  for (const last of [end, errorEnd]) {
    const dataStores = { 'global/S/1': '<a/>', 'global/S/2': '<b/>', 'global/T/1': '<c/>' }
    const nodes = {
      S: start,
      L: select({ delete: 'true' }),
      G: get({ storageName: 'T', delete: 'true', dataStoreId: '' }),
      E: last,
    }
    const { result } = await run({ processes: [container('Main', ['S L G E'], nodes)] }, { dataStores }, '', {
      SapDataStoreId: '1',
      SapDataStoreMaxResults: '1',
    })
    assert.equal(result.exchange.body.text(), '<c/>')
    assert.deepEqual(
      Object.keys(dataStores),
      last === end ? ['global/S/2'] : ['global/S/1', 'global/S/2', 'global/T/1'],
    )
  }
})

test('an entry with an empty body is an empty message in a selection', async () => {
  const dataStores = { 'global/S/1': '', 'global/S/2': '<a/>' }
  const main = container('Main', ['S L E'], { S: start, L: select(), E: end })
  const { result } = await run({ processes: [main] }, { dataStores })
  assert.match(result.exchange.text(), /<message id="1"><\/message><message id="2"><a\/><\/message>/)
})

test('variables are deleted through their store', async () => {
  const variables = { 'global/1': 'a', 'local/1': 'b' }
  const nodes = { S: start, D: remove({ storageName: 'sap_global_store', visibility: 'local' }), E: end }
  await run({ processes: [container('Main', ['S D E'], nodes)] }, { variables })
  assert.deepEqual(variables, { 'global/1': 'a' })
})

const refused = [
  { title: 'an entry that is not XML in a selection', node: select(), code: 'not-well-formed' },
  { title: 'a number of messages that is none', node: select({ maxresults: '${header.id}x' }), code: 'data-store' },
  { title: 'a store without a name', node: write({ storageName: '${header.none}' }), code: 'data-store' },
  { title: 'a store with a long name', node: write({ storageName: 's'.repeat(41) }), code: 'data-store' },
  { title: 'an entry ID that is too long', node: write({ messageId: 'i'.repeat(256) }), code: 'data-store' },
  { title: 'an entry that is not there', node: get({ dataStoreId: '2' }), code: 'entry-missing' },
  { title: 'an ID in something other than XML', node: get({ dataStoreId: '${xpath./a}' }), code: 'not-well-formed' },
]
for (const { title, node, code } of refused) {
  test(`refused: ${title}`, async () => {
    const dataStores = { 'global/S/1': 'a' }
    const main = container('Main', ['S N E'], { S: start, N: node, E: end })
    const { result } = await run({ processes: [main] }, { dataStores }, 'text')
    assert.deepEqual([result.failure?.code, result.failure?.stepId], [code, 'N'])
  })
}

const idempotent = (skipOnDuplicate: string) => ({
  type: 'IdempotentProcessCall',
  properties: { processId: 'Local', sourceMessageID: '${header.id}', skipOnDuplicate },
})
test('a message that was processed is skipped, or marked; one that failed is processed again', async () => {
  const processed = new Set<string>()
  const local = (last: typeof end) =>
    container('Local', ['L B LE'], {
      L: localStart,
      B: body('done ${property.CamelDuplicateMessage}'),
      LE: last,
    })
  const text = async (skip: string, last = localEnd) => {
    const main = container('Main', ['S C E'], { S: start, C: idempotent(skip), E: end })
    const { result } = await run({ processes: [main, local(last)] }, { processed }, 'x')
    return [result.status, result.exchange.body.text()]
  }
  assert.deepEqual(await text('true', errorEnd), ['FAILED', 'done '])
  assert.deepEqual(await text('true'), ['COMPLETED', 'done '])
  assert.deepEqual(await text('true'), ['COMPLETED', 'x'])
  assert.deepEqual(await text('false'), ['COMPLETED', 'done true'])
  assert.deepEqual([...processed], ['C/1'])
})

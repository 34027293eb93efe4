import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataStoreReference, EntryKey, SelectLimits, StoredChange } from '../src/index.ts'
import { startRun } from '../src/index.ts'
import { compileSource, fakePorts, flowText, message, TestClock } from '../src/testing/index.ts'
import { body, container, end } from './path-sketch.ts'

const minute = 60_000
const start = { type: 'MessageStartEvent' }
const fail = { type: 'Filter', properties: { wrapContent: "'x'", xpathType: 'Integer' } }

interface Item {
  readonly school: string
  readonly no: number
  readonly last?: boolean
}

/** A flow that aggregates items by their school and tells what it made of them; `run` and `due` give what was told. */
async function aggregating(properties: Readonly<Record<string, string>> = {}, then: object = body('${in.body}')) {
  const clock = new TestClock()
  const dataStores: Record<string, string> = {}
  const fakes = fakePorts({ clock, dataStores })
  let meanwhile: (() => Promise<unknown>) | undefined
  const ports = {
    ...fakes,
    dataStores: {
      find: (key: EntryKey) => fakes.dataStores.find(key),
      select: (store: DataStoreReference, limits: SelectLimits) => fakes.dataStores.select(store, limits),
      async apply(changes: readonly StoredChange[]) {
        const act = changes.some(({ kind }) => kind === 'delete-entry') ? meanwhile : undefined
        if (act) meanwhile = undefined
        await act?.()
        await fakes.dataStores.apply(changes)
      },
    },
  }
  const aggregator = {
    type: 'Aggregator',
    properties: {
      correlationExpression: '/item/school',
      lastMessageCondition: "/item/last = 'x'",
      datastoreName: 'Items',
      timeout: '10',
      ...properties,
    },
  }
  const sketch = {
    processes: [container('Main', ['S A T E'], { S: start, A: aggregator, T: then as typeof start, E: end })],
  }
  const { plan, diagnostics } = await compileSource(flowText(sketch))
  assert.ok(plan, JSON.stringify(diagnostics))
  const told = (text: string) => text.match(/<no>(\d+)/g)?.map(no => no.slice(4)) ?? []
  let guids = 0
  const options = () => ({ ports, messageGuid: `guid-${++guids}`, correlationId: 'guid' })
  return {
    clock,
    dataStores,
    /** Does something when the next run is about to forget its aggregate. */
    beforeForgetting(act: () => Promise<unknown>) {
      meanwhile = act
    },
    async run({ school, no, last = false }: Item) {
      const xml = `<item><school>${school}</school><no>${no}</no>${last ? '<last>x</last>' : ''}</item>`
      const { exchange, status } = await startRun(plan, 'Main', message({ body: xml, headers: { no } }), options())
      const completedBy = exchange.headers.get('CamelAggregatedCompletedBy') ?? 'nothing'
      return [status, completedBy, ...told(exchange.text())].join(' ')
    },
    async due() {
      const [entry] = plan.entryPoints
      assert.ok(entry?.kind === 'timer' && entry.poll)
      const found: string[] = []
      for (const { exchange, processed } of await entry.poll(ports, plan.flowId)) {
        const { status } = await startRun(plan, entry.processId, exchange, options())
        if (status !== 'FAILED') await processed()
        const { headers } = exchange
        found.push(
          [status, headers.get('CamelAggregatedCompletedBy'), ...told(exchange.text()), headers.get('no')].join(' '),
        )
      }
      return found
    },
  }
}

test('the last message goes on with all that belong to it, and nothing is left of them', async () => {
  const flow = await aggregating()
  assert.equal(await flow.run({ school: 'A', no: 1 }), 'COMPLETED nothing 1')
  assert.equal(await flow.run({ school: 'B', no: 2 }), 'COMPLETED nothing 2')
  assert.equal(await flow.run({ school: 'A', no: 3 }), 'COMPLETED nothing 3')
  assert.equal(await flow.run({ school: 'A', no: 4, last: true }), 'COMPLETED predicate 1 3 4')
  assert.deepEqual(
    Object.keys(flow.dataStores).map(path => path.replace(/-[\da-f-]{36}$/, '')),
    ['local/Items:B/0000000001', 'local/Items/B'],
  )
  assert.equal(await flow.run({ school: 'A', no: 5, last: true }), 'COMPLETED predicate 5')
})

test('an aggregate goes on when no message has come for the time, with the headers of the last one', async () => {
  const flow = await aggregating()
  await flow.run({ school: 'A', no: 1 })
  flow.clock.advance(9 * minute)
  await flow.run({ school: 'A', no: 2 })
  flow.clock.advance(9 * minute)
  assert.deepEqual(await flow.due(), [])
  flow.clock.advance(minute)
  assert.deepEqual(await flow.due(), ['COMPLETED timeout 1 2 2'])
  assert.deepEqual([await flow.due(), flow.dataStores], [[], {}])
})

for (const completedBy of ['predicate', 'timeout']) {
  test(`a message that comes while its aggregate goes on (${completedBy}) begins the next one`, async () => {
    const flow = await aggregating()
    await flow.run({ school: 'A', no: 1 })
    flow.beforeForgetting(() => flow.run({ school: 'A', no: 3 }))
    flow.clock.advance(10 * minute)
    const first =
      completedBy === 'predicate' ? await flow.run({ school: 'A', no: 2, last: true }) : (await flow.due())[0]
    assert.match(first ?? '', completedBy === 'predicate' ? /predicate 1 2$/ : /timeout 1 1$/)
    flow.clock.advance(10 * minute)
    assert.deepEqual(await flow.due(), ['COMPLETED timeout 3 3'])
    assert.deepEqual(flow.dataStores, {})
  })
}

test('an aggregate whose run fails goes on again after five minutes, and again', async () => {
  const flow = await aggregating({ timeout: '1' }, fail)
  await flow.run({ school: 'A', no: 1 })
  const found: string[][] = []
  for (const minutes of [1, 1, 4, 5]) {
    flow.clock.advance(minutes * minute)
    found.push(await flow.due())
  }
  const failed = ['FAILED timeout 1 1']
  assert.deepEqual(found, [failed, [], failed, failed])
})

test('in sequence, an aggregate is complete when none is missing before the last', async () => {
  const flow = await aggregating({
    aggregationAlgorithm: 'sap-sequenced-id-list',
    messageSequenceExpression: '/item/no',
  })
  assert.equal(await flow.run({ school: 'A', no: 3, last: true }), 'COMPLETED nothing 3')
  assert.equal(await flow.run({ school: 'A', no: 1 }), 'COMPLETED nothing 1')
  assert.equal(await flow.run({ school: 'A', no: 1 }), 'COMPLETED nothing 1')
  assert.equal(await flow.run({ school: 'A', no: 2 }), 'COMPLETED predicate 1 2 3')
})

test('in sequence, what is there goes on in its order when the time is up', async () => {
  const flow = await aggregating({
    aggregationAlgorithm: 'sap-sequenced-id-list',
    messageSequenceExpression: '/item/no',
    lastMessageCondition: '0',
  })
  await flow.run({ school: 'A', no: 10 })
  await flow.run({ school: 'A', no: 2 })
  flow.clock.advance(10 * minute)
  assert.deepEqual(await flow.due(), ['COMPLETED timeout 2 10 2'])
})

test('a run that fails behind its last message leaves the others waiting', async () => {
  const flow = await aggregating({}, fail)
  await flow.run({ school: 'A', no: 1 })
  assert.equal(await flow.run({ school: 'A', no: 2, last: true }), 'FAILED predicate 1 2')
  assert.equal(Object.keys(flow.dataStores).length, 2)
})

test('a step with nothing behind it is reported', async () => {
  const properties = { correlationExpression: '/a', datastoreName: 'S' }
  const sketch = { processes: [container('Main', ['S A'], { S: start, A: { type: 'Aggregator', properties } })] }
  const { diagnostics } = await compileSource(flowText(sketch))
  assert.deepEqual(
    diagnostics.filter(({ at }) => at.elementId === 'A').map(({ code }) => code),
    ['unsupported-place'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ask,
  body,
  container,
  end,
  gather,
  join,
  lines,
  mark,
  parallel,
  receiver,
  run,
  sequential,
  start,
} from './path-sketch.ts'

test('branches have copies of the message and are joined; properties stay, headers do not', async () => {
  for (const [multicast, waits] of [
    [parallel, 'true'],
    [parallel, 'false'],
    [sequential, 'true'],
    [sequential, 'false'],
  ] as const) {
    const nodes = {
      S: start,
      M: multicast,
      A: mark('a'),
      Ask: ask,
      B: body('b${in.body}${header.mark}'),
      J: join,
      G: gather,
      E: end,
    }
    const main = container('Main', ['S M A Ask J G E', 'M B J'], nodes)
    const { result } = await run(
      { processes: [main], channels: [receiver('Ask', { reply: '1${in.body}', waits })] },
      'x',
    )
    assert.equal(result.exchange.body.text(), '1xbx')
    assert.equal(result.exchange.properties.get('mark'), 'a')
    assert.equal(result.exchange.headers.get('mark'), undefined)
  }
})

test('a sequential multicast has an order of its own; behind a join without a gather the last branch goes on', async () => {
  const routingSequenceTable =
    '<row><cell>2</cell><cell>M-A</cell></row><row><cell>1</cell><cell>M-B</cell></row><row><cell>3</cell><cell>gone</cell></row>'
  const nodes = {
    S: start,
    M: { ...sequential, properties: { routingSequenceTable } },
    A: body('a'),
    B: body('b'),
    C: body('c'),
    J: join,
    E: end,
  }
  const { result, trace } = await run({ processes: [container('Main', ['S M A J E', 'M B J', 'M C J'], nodes)] }, 'x')
  assert.deepEqual([trace.join(' '), result.exchange.body.text()], ['S M B A C J E', 'c'])
})

test('branches without a join just end, and the last one answers', async () => {
  const nodes = { S: start, M: parallel, A: body('a'), B: mark('b'), EA: end, EB: end }
  const { result, trace } = await run({ processes: [container('Main', ['S M A EA', 'M B EB'], nodes)] }, 'x')
  assert.deepEqual([trace.join(' '), result.exchange.body.text()], ['S M A EA B EB', 'x'])
  assert.equal(result.exchange.headers.get('mark'), 'b')
})

test('a failing branch fails the multicast; the branches after it run when it is parallel', async () => {
  for (const [multicast, trace] of [
    [sequential, 'S M Ask'],
    [parallel, 'S M Ask B J'],
  ] as const) {
    const nodes = { S: start, M: multicast, Ask: ask, B: body('b'), J: { ...gather }, E: end }
    const main = container('Main', ['S M Ask J E', 'M B J'], nodes)
    const outcome = await run({ processes: [main], channels: [receiver('Ask', { fails: 'No.' })] }, 'x')
    assert.deepEqual([outcome.result.status, outcome.trace.join(' ')], ['FAILED', trace.replace(' J', '')])
  }
})

test('a branch that a router ends elsewhere is not joined', async () => {
  const nodes = {
    S: start,
    M: parallel,
    R: { type: 'ExclusiveGateway', defaultFlow: 'R-EA' },
    A: body('a'),
    EA: end,
    B: body('b'),
    J: join,
    G: gather,
    E: end,
  }
  const main = container('Main', ['S M R A J G E', 'R EA', 'M B J'], nodes)
  const flows = main.flows.map(flow => (flow.to === 'A' ? { ...flow, condition: "${in.body} = 'no'" } : flow))
  const { result } = await run({ processes: [{ ...main, flows }] }, 'x')
  assert.equal(result.exchange.body.text(), 'b')
})

test('a split without a gather in a branch leaves the branch its message; one with a gather is gathered', async () => {
  const nodes = {
    S: start,
    M: sequential,
    Split: lines(),
    P: body('p'),
    Split2: lines(),
    Q: body('[${in.body}]'),
    G2: gather,
    J: join,
    G: gather,
    E: end,
  }
  const { result, trace } = await run(
    { processes: [container('Main', ['S M Split P J G E', 'M Split2 Q G2 J'], nodes)] },
    'a\nb',
  )
  assert.equal(result.exchange.body.text(), 'a\nb[a][b]')
  assert.equal(trace.join(' '), 'S M Split P P Split2 Q Q G2 J G E')
})

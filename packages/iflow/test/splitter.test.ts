import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileSource, flowText, message, runFlow } from '@sluice/iflow/testing'
import {
  ask,
  bodiesAt,
  body,
  call,
  container,
  end,
  errorEnd,
  errorStart,
  gather,
  lines,
  localEnd,
  localStart,
  mark,
  receiver,
  run,
  start,
} from './path-sketch.ts'

test('parts know their place, the last one how many there are; without streaming all do', async () => {
  for (const Streaming of ['true', 'false']) {
    const nodes = { S: start, Split: lines({ Streaming }), E: end }
    const { events } = await run({ processes: [container('Main', ['S Split E'], nodes)] }, 'a\nb\nc')
    const properties = events.filter(event => event.phase === 'start' && event.elementId === 'E')
    const places = properties.map(({ exchange }) =>
      ['Index', 'Complete', 'Size'].map(name => exchange?.properties.get(`CamelSplit${name}`)),
    )
    const size = Streaming === 'true' ? undefined : 3
    assert.deepEqual(places, [
      [0, false, size],
      [1, false, size],
      [2, true, 3],
    ])
    assert.deepEqual(
      properties.map(({ branch }) => branch),
      ['0', '1', '2'],
    )
  }
})

test('without a gather the message after a split is the one before it, also in the caller', async () => {
  const sketch = {
    processes: [
      container('Main', ['S Call E'], { S: start, Call: call, E: end }),
      container('Local', ['L Split B LE'], { L: localStart, Split: lines(), B: mark('part'), LE: localEnd }),
    ],
  }
  const { result, trace } = await run(sketch, 'a\nb')
  assert.equal(result.exchange.body.text(), 'a\nb')
  assert.equal(result.exchange.properties.get('mark'), undefined)
  assert.equal(trace.join(' '), 'S Call L Split B LE B LE E')
})

test('where nothing is to be split, nothing runs and the message is completed', async () => {
  const nodes = { S: start, Split: lines(), B: body('x'), G: gather, E: end }
  const { result, trace } = await run({ processes: [container('Main', ['S Split B G E'], nodes)] }, '')
  assert.deepEqual([result.status, trace.join(' ')], ['COMPLETED', 'S Split'])
})

test('a gather takes the parts in their order, whichever waited; headers and properties are those from before', async () => {
  const nodes = {
    S: start,
    A: mark('before'),
    Split: lines({ ParallelProcessing: 'true' }),
    B: mark('part'),
    Ask: ask,
    G: gather,
    E: end,
  }
  const main = container('Main', ['S A Split B Ask G E'], nodes)
  const { result } = await run(
    { processes: [main], channels: [receiver('Ask', { reply: '(${in.body})', waits: 'true' })] },
    'a\nb\nc',
  )
  assert.equal(result.exchange.body.text(), '(a)(b)(c)')
  assert.equal(result.exchange.headers.get('mark'), 'before')
  assert.equal(result.exchange.properties.get('mark'), 'before')
  assert.equal(result.exchange.properties.get('CamelSplitIndex'), undefined)
})

const failing = [
  { stop: 'true', runs: 2, status: 'FAILED', left: 'ok\nno\nok', after: 0 },
  { stop: 'false', runs: 3, status: 'FAILED', left: '!no!', after: 1 },
]
for (const { stop, runs, status, left, after } of failing) {
  test(`a part fails with StopOnExecution ${stop}: ${runs} of 3 run, the message is ${status}`, async () => {
    const nodes = {
      S: start,
      Split: lines({ StopOnExecution: stop }),
      R: { type: 'ExclusiveGateway', defaultFlow: 'R-B' },
      B: body('!'),
      Ask: ask,
      G: gather,
      E: end,
    }
    const main = container('Main', ['S Split R B G E', 'R Ask G'], nodes)
    const flows = main.flows.map(flow => (flow.to === 'Ask' ? { ...flow, condition: "${in.body} = 'no'" } : flow))
    const run1 = await run(
      { processes: [{ ...main, flows }], channels: [receiver('Ask', { fails: 'No.' })] },
      'ok\nno\nok',
    )
    assert.equal(bodiesAt(run1, 'R').length, runs)
    assert.deepEqual([run1.result.status, run1.result.failure?.stepId], [status, 'Ask'])
    assert.equal(run1.result.exchange.body.text(), left)
    assert.equal(bodiesAt(run1, 'E').length, after)
  })
}

const subprocesses = [
  {
    title: 'handled in the process: it ends the part, which is gathered',
    ending: end,
    status: 'COMPLETED',
    text: 'sorrysorry',
    times: 2,
  },
  {
    title: 'raised again: the process does not see it twice',
    ending: errorEnd,
    status: 'FAILED',
    text: 'a\nb',
    times: 1,
  },
]
for (const { title, ending, status, text, times } of subprocesses) {
  test(`a failure of a part is ${title}`, async () => {
    const nodes = { S: start, Split: lines(), Ask: ask, G: gather, E: end }
    const main = container('Main', ['S Split Ask G E'], nodes)
    const onFailure = container('X', ['XS XB XE'], { XS: errorStart, XB: body('sorry'), XE: ending })
    const sketch = { processes: [{ ...main, onFailure }], channels: [receiver('Ask', { fails: 'No.' })] }
    const outcome = await run(sketch, 'a\nb')
    assert.deepEqual([outcome.result.status, outcome.result.exchange.body.text()], [status, text])
    assert.equal(bodiesAt(outcome, 'XS').length, times)
  })
}

test('a failure that a called process handled ends its part only', async () => {
  const local = container('Local', ['L Ask LE'], { L: localStart, Ask: ask, LE: localEnd })
  const onFailure = container('X', ['XS XB XE'], { XS: errorStart, XB: body('sorry'), XE: end })
  const main = container('Main', ['S Split Call B G E'], {
    S: start,
    Split: lines(),
    Call: call,
    B: body('never'),
    G: gather,
    E: end,
  })
  const sketch = { processes: [main, { ...local, onFailure }], channels: [receiver('Ask', { fails: 'No.' })] }
  const { result } = await run(sketch, 'a\nb')
  assert.deepEqual([result.status, result.exchange.body.text()], ['COMPLETED', 'sorrysorry'])
})

test('what a part of a called process raises is handled by the caller', async () => {
  const main = container('Main', ['S Call E'], { S: start, Call: call, E: end })
  const onFailure = container('X', ['XS XB XE'], { XS: errorStart, XB: body('caught'), XE: end })
  const local = container('Local', ['L Split Err'], { L: localStart, Split: lines(), Err: errorEnd })
  const { result, trace } = await run({ processes: [{ ...main, onFailure }, local] }, 'a\nb')
  assert.deepEqual([result.status, result.exchange.body.text()], ['COMPLETED', 'caught'])
  assert.equal(trace.join(' '), 'S Call L Split Err XS XB XE')
})

test('a terminate ends its part, an escalation too, and the message is escalated in the end', async () => {
  for (const [type, status] of [
    ['TerminateEndEvent', 'COMPLETED'],
    ['EscalationEndEvent', 'ESCALATED'],
  ] as const) {
    const outcome = await run(
      { processes: [container('Main', ['S Split T'], { S: start, Split: lines(), T: { type } })] },
      'a\nb',
    )
    assert.deepEqual([outcome.result.status, bodiesAt(outcome, 'T')], [status, ['a', 'b']])
  }
})

test('splits within splits are gathered from the inside out', async () => {
  const token = { type: 'Camel', properties: { exprType: 'Token', tokenValue: ',' } }
  const nodes = {
    S: start,
    Split: lines(),
    Split2: token,
    B: body('<${in.body}>'),
    G2: gather,
    W: body('(${in.body})'),
    G: gather,
    E: end,
  }
  const { result, events } = await run(
    { processes: [container('Main', ['S Split Split2 B G2 W G E'], nodes)] },
    '1,2\n3,4,5',
  )
  assert.equal(result.exchange.body.text(), '(<1><2>)(<3><4><5>)')
  const branches = events
    .filter(({ phase, elementId }) => phase === 'start' && elementId === 'B')
    .map(({ branch }) => branch)
  assert.deepEqual(branches, ['0.0', '0.1', '1.0', '1.1', '1.2'])
})

test('parts at the same time are as many as the splitter has threads', async () => {
  for (const [threads, most] of [
    ['3', 3],
    ['20', 7],
  ] as const) {
    const split = lines({ ParallelProcessing: 'true', SplitterThreads: threads })
    const main = container('Main', ['S Split Ask E'], { S: start, Split: split, Ask: ask, E: end })
    const text = flowText({ processes: [main], channels: [receiver('Ask', { waits: 'true' })] })
    const { events } = await runFlow(text, {
      message: message({ body: '1\n2\n3\n4\n5\n6\n7\n8\n9' }),
      limits: { concurrencyMax: 7 },
    })
    let running = 0
    let peak = 0
    for (const { phase, elementId } of events) {
      if (elementId === 'Ask') running += phase === 'start' ? 1 : -1
      peak = Math.max(peak, running)
    }
    assert.deepEqual([peak, running], [most, 0])
  }
})

test('too many parts end the run, whatever the flow says', async () => {
  const nodes = { S: start, Split: lines({ StopOnExecution: 'false' }), E: end }
  const onFailure = container('X', ['XS XE'], { XS: errorStart, XE: end })
  const text = flowText({ processes: [{ ...container('Main', ['S Split E'], nodes), onFailure }] })
  const { result, trace } = await runFlow(text, { message: message({ body: 'a\nb\nc' }), limits: { branchesMax: 2 } })
  assert.deepEqual([result.failure?.code, trace.join(' ')], ['branch-limit', 'S Split E E'])
})

test('every part has as many steps as a run', async () => {
  const nodes = { S: start, Split: lines(), A: body('x'), E: end }
  const text = flowText({ processes: [container('Main', ['S Split A E'], nodes)] })
  const { result } = await runFlow(text, { message: message({ body: 'a\nb\nc' }), limits: { stepsMax: 2 } })
  assert.equal(result.status, 'COMPLETED')
})

test('text that turns out not to be XML fails the splitter, when the parts before it have run', async () => {
  const split = { type: 'GeneralSplitter', properties: { splitExprValue: '/r/i' } }
  const outcome = await run(
    { processes: [container('Main', ['S Split E'], { S: start, Split: split, E: end })] },
    `<r><i/>${' '.repeat(70_000)}<i/>${' '.repeat(70_000)}<i></r>`,
  )
  assert.deepEqual([outcome.result.failure?.code, outcome.result.failure?.stepId], ['not-well-formed', 'Split'])
  assert.equal(bodiesAt(outcome, 'E').length, 1)
})

const computed = [
  {
    title: 'a path and a grouping from properties',
    splitExprValue: '//${property.path}',
    grouping: '${property.n}',
    parts: 2,
    code: undefined,
  },
  { title: 'a path that is none', splitExprValue: '//${property.path}[1]', grouping: '', parts: 0, code: 'expression' },
  {
    title: 'a grouping that is none',
    splitExprValue: '//i',
    grouping: '${property.path}',
    parts: 0,
    code: 'expression',
  },
]
for (const { title, splitExprValue, grouping, parts, code } of computed) {
  test(`a splitter computes ${title}`, async () => {
    const split = { type: 'GeneralSplitter', properties: { exprType: 'XPath', splitExprValue, grouping } }
    const text = flowText({ processes: [container('Main', ['S Split E'], { S: start, Split: split, E: end })] })
    const outcome = await runFlow(text, {
      message: message({ body: '<r><i/><i/><i/></r>', properties: { path: 'i', n: 2 } }),
    })
    assert.deepEqual([outcome.result.failure?.code, bodiesAt(outcome, 'E').length], [code, parts])
  })
}

const mistakes = [
  {
    title: 'a path with a predicate',
    node: { type: 'GeneralSplitter', properties: { splitExprValue: '/a[b]' } },
    code: 'unsupported-expression',
  },
  { title: 'no path', node: { type: 'Camel', properties: { exprType: 'XPath' } }, code: 'unsupported-expression' },
  { title: 'a grouping of nothing', node: lines({ grouping: '0' }), code: 'invalid-value' },
  { title: 'too many threads', node: lines({ SplitterThreads: '51' }), code: 'invalid-value' },
  {
    title: 'a strategy that there is not',
    node: { type: 'Gather', properties: { aggregationAlgorithm: 'custom-strategy' } },
    code: 'unsupported-value',
  },
  {
    title: 'a merge at nothing',
    node: { type: 'Gather', properties: { aggregationAlgorithm: 'xpath-merge-strategy' } },
    code: 'missing-property',
  },
]
for (const { title, node, code } of mistakes) {
  test(`reported: ${title}`, async () => {
    const { plan, diagnostics } = await compileSource(
      flowText({ processes: [container('Main', ['S N E'], { S: start, N: node, E: end })] }),
    )
    assert.equal(plan, undefined)
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === 'error').map(found => [found.code, found.at.elementId]),
      [[code, 'N']],
    )
  })
}

const student = (id: number) => `<Student>\n<Id>${id}</Id>\n<Name>Pupil ${id}</Name>\n</Student>`
const students = `<Students>\n${Array.from({ length: 10 }, (_, index) => student(index + 1)).join('\n')}\n</Students>`
const table = 'A B C D\n1 2 3 4\n2 3 4 5\n3 4 5 6\n4 5 6 7'
const rows = table.split('\n')

/** The splitters of published examples: what each makes of the same message. */
const recipes = [
  {
    title: 'the General Splitter puts each of ten students into the list',
    splitter: { type: 'GeneralSplitter', properties: { exprType: 'XPath', splitExprValue: '/Students/Student' } },
    text: students,
    parts: Array.from(
      { length: 10 },
      (_, index) => `<?xml version='1.0' encoding='UTF-8'?><Students>\n${student(index + 1)}</Students>`,
    ),
  },
  {
    title: 'the General Splitter repeats the heading of a table',
    splitter: { type: 'GeneralSplitter', properties: { exprType: 'Line Break' } },
    text: table,
    parts: rows.slice(1).map(row => `A B C D\n${row}`),
  },
  {
    title: 'the Iterating Splitter takes ten students out of the list',
    splitter: { type: 'Camel', properties: { exprType: 'XPath', splitExprValue: '//Student' } },
    text: students,
    parts: Array.from({ length: 10 }, (_, index) => student(index + 1).replace('<Student>', '<Student xmlns="">')),
  },
  {
    title: 'the Iterating Splitter takes ten students by their tag',
    splitter: { type: 'Camel', properties: { exprType: 'Token', tokenValue: '<Student>' } },
    text: students,
    parts: Array.from({ length: 10 }, (_, index) => student(index + 1)),
  },
  {
    title: 'the Iterating Splitter makes a message of every line',
    splitter: { type: 'Camel', properties: { exprType: 'Line Break' } },
    text: table,
    parts: rows,
  },
  {
    title: 'an Iterating Splitter without a token leaves the message whole',
    splitter: { type: 'Camel', properties: { exprType: 'Token' } },
    text: table,
    parts: [table],
  },
]
for (const { title, splitter, text, parts } of recipes) {
  test(title, async () => {
    const main = container('Main', ['S Split E'], { S: start, Split: splitter, E: end })
    const outcome = await run({ processes: [main] }, text)
    assert.deepEqual(bodiesAt(outcome, 'E'), parts)
  })
}

test('two students are sent one by one, then together', async () => {
  const nodes = {
    S: start,
    Split: { type: 'GeneralSplitter', properties: { splitExprValue: '//Student' } },
    Send: { type: 'Send' },
    G: { type: 'Gather', properties: { aggregationAlgorithm: 'sap-identical-multi-mapping' } },
    E: end,
  }
  const main = container('Main', ['S Split Send G E'], nodes)
  const channels = [receiver('Send', { reply: 'sent' }), receiver('E', { reply: '${in.body}' })]
  const list = (id: number) => `<Students>${student(id)}</Students>`
  const outcome = await run({ processes: [main], channels }, `<Students>${student(1)}${student(2)}</Students>`)
  const declaration = "<?xml version='1.0' encoding='UTF-8'?>"
  assert.deepEqual(bodiesAt(outcome, 'Send'), [`${declaration}${list(1)}`, `${declaration}${list(2)}`])
  const together = `${declaration}<multimap:Messages xmlns:multimap="http://sap.com/xi/XI/SplitAndMerge"><multimap:Message1>${list(1)}${list(2)}</multimap:Message1></multimap:Messages>`
  assert.deepEqual(bodiesAt(outcome, 'E'), [together])
})

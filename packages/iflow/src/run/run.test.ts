import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Step } from '../compile/step.ts'
import { defineStep } from '../compile/step.ts'
import { compileSource, fakePorts, flowText, message, runFlow, TestClock, testRegistry } from '../testing/index.ts'
import { Failure } from './failure.ts'
import type { Operation } from './plan.ts'
import { startRun } from './run.ts'

const common = { messageGuid: 'guid', correlationId: 'correlation' }

function stepOf(run: Operation): Step {
  const versions = { from: '1.0', to: '1.0' }
  return defineStep({
    type: 'Fake',
    label: 'Fake',
    doc: '',
    versions,
    group: 'Transformation',
    element: { properties: {} },
    leaves: 'one',
    props: {},
    examples: [],
    compile: () => run,
  })
}

const flow = flowText({
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        { id: 'Fake', type: 'Fake', name: 'Do it' },
        { id: 'End', type: 'MessageEndEvent' },
      ],
      flows: [
        { from: 'Start', to: 'Fake' },
        { from: 'Fake', to: 'End' },
      ],
    },
  ],
})

async function planOf(run: Operation, text = flow) {
  const { plan } = await compileSource(text, {
    registry: { ...testRegistry, steps: [...testRegistry.steps, stepOf(run)] },
  })
  assert.ok(plan)
  return plan
}

test('a run that never waits is finished when startRun returns', async () => {
  const plan = await planOf(() => undefined)
  const result = startRun(plan, 'Main', message(), { ports: fakePorts(), ...common })
  assert.ok(!(result instanceof Promise))
  assert.equal(result.status, 'COMPLETED')
})

test('a run that waits gives a promise', async () => {
  const plan = await planOf(async () => undefined)
  const result = startRun(plan, 'Main', message(), { ports: fakePorts(), ...common })
  assert.ok(result instanceof Promise)
  assert.equal((await result).status, 'COMPLETED')
})

test('a flow that leads back to where it came from leaves turns to other messages', async () => {
  const plan = await planOf(() => undefined, flow.replace('targetRef="End"', 'targetRef="Fake"'))
  let turns = 0
  const next = async () => {
    turns += 1
  }
  const ports = { ...fakePorts(), turns: { next } }
  const { failure } = await startRun(plan, 'Main', message(), { ports, ...common })
  assert.equal(failure?.code, 'step-limit')
  assert.equal(turns, 1_000)
})

test('a run knows its message processing log and its correlation', async () => {
  const plan = await planOf(() => undefined)
  const { exchange, log } = await startRun(plan, 'Main', message(), { ports: fakePorts(), ...common })
  assert.equal(exchange.headers.get('SAP_MessageProcessingLogID'), 'guid')
  assert.equal(exchange.properties.get('SAP_MessageProcessingLogID'), 'guid')
  assert.equal(exchange.headers.get('SAP_MplCorrelationId'), 'correlation')
  assert.deepEqual([log.messageGuid, log.correlationId], ['guid', 'correlation'])
})

test('what is thrown and is no failure is a bug: it comes out of the run', async () => {
  const bug = new TypeError('oops')
  const throwing = await planOf(() => {
    throw bug
  })
  assert.throws(() => startRun(throwing, 'Main', message(), { ports: fakePorts(), ...common }), bug)
  const rejecting = await planOf(() => Promise.reject(bug))
  await assert.rejects(async () => startRun(rejecting, 'Main', message(), { ports: fakePorts(), ...common }), bug)
})

test('a failure is placed at its step, unless it knows better', async () => {
  const vague = await planOf(() => {
    throw new Failure('no', { code: 'step' })
  })
  const result = await startRun(vague, 'Main', message(), { ports: fakePorts(), ...common })
  assert.deepEqual([result.status, result.failure?.stepId], ['FAILED', 'Fake'])
  const exact = await planOf(() => Promise.reject(new Failure('no', { code: 'step', stepId: 'Inner', retry: 'later' })))
  const { failure } = await startRun(exact, 'Main', message(), { ports: fakePorts(), ...common })
  assert.deepEqual([failure?.stepId, failure?.retry], ['Inner', 'later'])
})

test('a run that takes too long is stopped before its next step', async () => {
  const clock = new TestClock()
  const plan = await planOf(() => clock.advance(1_001) as undefined)
  const limits = { runTimeMsMax: 1_000 }
  const { failure } = await startRun(plan, 'Main', message(), { ports: fakePorts({ clock }), ...common, limits })
  assert.deepEqual([failure?.code, failure?.stepId], ['run-time-limit', 'End'])
})

test('a run that is cancelled ends at its next step, and no exception subprocess sees it', async () => {
  const control = { isCancelled: false }
  const plan = await planOf(() => {
    control.isCancelled = true
    return undefined
  })
  const { status, failure } = await startRun(plan, 'Main', message(), { ports: fakePorts(), ...common, control })
  assert.deepEqual([status, failure?.code, failure?.stepId], ['FAILED', 'cancelled', 'End'])
})

test('calls within each other are limited', async () => {
  const recursive = flowText({
    processes: [
      { id: 'Main', nodes: [{ id: 'S', type: 'MessageStartEvent' }, call('Call')], flows: [{ from: 'S', to: 'Call' }] },
      { id: 'Local', nodes: [{ id: 'L', type: 'StartEvent' }, call('Again')], flows: [{ from: 'L', to: 'Again' }] },
    ],
  })
  const { result, trace } = await runFlow(recursive)
  assert.equal(result.failure?.code, 'call-depth')
  assert.equal(trace.length, 2 + 2 * 50)
})

function call(id: string) {
  return { id, type: 'NonLoopingProcess', properties: { processId: 'Local' } }
}

test('100,000 steps that wait, one after the other, do not pile up', async () => {
  const circle = flow.replace('sourceRef="Fake" targetRef="End"', 'sourceRef="Fake" targetRef="Fake"')
  const plan = await planOf(async () => undefined, circle)
  const { failure } = await startRun(plan, 'Main', message(), { ports: fakePorts(), ...common })
  assert.equal(failure?.code, 'step-limit')
})

test('an observer sees each step begin and end, with the message when it asks for it', async () => {
  const { events } = await runFlow(flow.replaceAll('cname::Fake', 'cname::Enricher'), {
    message: message({ body: 'x' }),
  })
  assert.deepEqual(
    events.map(({ phase, step, elementId, callDepth }) => `${phase} ${step} ${elementId} ${callDepth}`),
    ['start 1 Start 0', 'end 1 Start 0', 'start 2 Fake 0', 'end 2 Fake 0', 'start 3 End 0', 'end 3 End 0'],
  )
  assert.equal(events[2]?.elementName, 'Do it')
  assert.equal(events[2]?.exchange?.body.text(), 'x')
  const plan = await planOf(() => undefined)
  const copies: unknown[] = []
  const observer = { snapshots: false, observe: (event: { exchange: unknown }) => copies.push(event.exchange) }
  await startRun(plan, 'Main', message(), { ports: fakePorts(), ...common, observer })
  assert.deepEqual(new Set(copies), new Set([undefined]))
})

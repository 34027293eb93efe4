import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContainerSketch, FlowSketch, NodeSketch, ProcessSketch, SequenceSketch } from '@sluice/iflow/testing'
import { flowText, message, runFlow, SeededRandom } from '@sluice/iflow/testing'

/**
 * Random flows from the registry's steps, cycles, calls of calls and splits within splits included. Every one compiles,
 * every run ends, the trace of each sub-run is a path of the graph from the step that opened it, and starts and ends of
 * steps nest within a sub-run. `SEED=n` repeats one flow.
 */
const seeds =
  process.env.SEED === undefined ? Array.from({ length: 300 }, (_, index) => index) : [Number(process.env.SEED)]

test('every random flow ends, along a path of its graph', async () => {
  const statuses = new Set<string>()
  for (const seed of seeds) {
    const sketch = randomFlow(new SeededRandom(seed))
    try {
      statuses.add(await check(sketch))
    } catch (error) {
      throw new Error(`The flow of SEED=${seed} breaks a rule.`, { cause: error })
    }
  }
  if (seeds.length > 1) assert.deepEqual([...statuses].sort(), ['COMPLETED', 'ESCALATED', 'FAILED'])
})

async function check(sketch: FlowSketch): Promise<string> {
  const { result, events, trace } = await runFlow(flowText(sketch), {
    message: message({ body: 'x\ny', headers: { way: 1 } }),
    limits: { stepsMax: 100, branchesMax: 40 },
  })
  const containers = sketch.processes.flatMap(({ onFailure, ...process }) => [
    process,
    ...(onFailure ? [onFailure] : []),
  ])
  const edges = new Set(containers.flatMap(({ flows }) => flows.map(({ from, to }) => `${from} ${to}`)))
  const starts = new Set(containers.map(({ nodes }) => nodes[0]?.id))
  const closing = new Set(containers.flatMap(({ nodes }) => nodes.filter(isClosing).map(({ id }) => id)))
  const open = new Map<string, number[]>()
  const last = new Map<string, string>()
  for (const { phase, step, elementId, callDepth, branch } of events) {
    const ours = open.get(branch) ?? []
    open.set(branch, ours)
    if (phase === 'end') {
      assert.equal(ours.pop(), step)
      continue
    }
    ours.push(step)
    // A sub-run begins behind the step that opened it, in the sub-run around it.
    const place = `${callDepth} ${branch}`
    const before = last.get(place) ?? last.get(`${callDepth} ${branch.replace(/\.?\d+$/, '')}`)
    const follows = before !== undefined && edges.has(`${before} ${elementId}`)
    assert.ok(starts.has(elementId) || follows || closing.has(elementId), trace.join(' '))
    last.set(place, elementId)
    for (const other of last.keys()) if (startsWithin(other, place)) last.delete(other)
  }
  assert.deepEqual([...open.values()].flat(), [])
  assert.equal(result.failure === undefined, result.status === 'COMPLETED')
  return result.status
}

function isClosing({ type }: NodeSketch): boolean {
  return type === 'Gather' || type === 'Join'
}

/** Whether a place is in a sub-run of what now goes on at `around`, or in a process that was called from there. */
function startsWithin(place: string, around: string): boolean {
  const [depth = '', branch = ''] = place.split(' ')
  const [depthAround = '', branchAround = ''] = around.split(' ')
  const isInner = branchAround === '' ? branch !== '' : branch.startsWith(`${branchAround}.`)
  return isInner || (branch === branchAround && depth > depthAround)
}

function randomFlow(random: SeededRandom): FlowSketch {
  const count = 1 + random.below(4)
  const locals = Array.from({ length: count - 1 }, (_, index) => `L${index}`)
  const receivers: string[] = []
  const processes = ['Main', ...locals].map((id): ProcessSketch => {
    const process = randomContainer(id, id === 'Main' ? 'MessageStartEvent' : 'StartEvent', locals, receivers, random)
    if (random.below(2) === 0) return process
    return { ...process, onFailure: randomContainer(`${id}X`, 'ErrorStartEvent', locals, receivers, random) }
  })
  const channels = receivers.map(step => {
    const kind = random.below(3)
    const properties = {
      ComponentType: 'Test',
      reply: '${in.body}!',
      waits: String(kind === 1),
      fails: kind === 2 ? 'no' : '',
    }
    return { step, direction: 'Receiver' as const, properties }
  })
  return { processes, channels }
}

const ends = ['MessageEndEvent', 'EndEvent', 'ErrorEndEvent', 'EscalationEndEvent', 'TerminateEndEvent']

function randomContainer(
  id: string,
  start: string,
  locals: readonly string[],
  receivers: string[],
  random: SeededRandom,
): ContainerSketch {
  const count = 1 + random.below(6)
  const ids = Array.from({ length: count }, (_, index) => `${id}_${index}`)
  const anyId = () => ids[random.below(ids.length)] ?? ''
  const nodes: NodeSketch[] = [{ id: `${id}_Start`, type: start }]
  const flows: SequenceSketch[] = [{ from: `${id}_Start`, to: `${id}_0` }]
  for (const [index, node] of ids.entries()) {
    // Mostly onward, sometimes anywhere: that makes merges and cycles.
    const next = random.below(4) === 0 ? anyId() : ids[index + 1]
    const local = locals[random.below(locals.length || 1)]
    const kind = random.below(9)
    if (kind === 0 || next === undefined) {
      nodes.push({ id: node, type: ends[random.below(ends.length)] ?? '' })
      continue
    }
    if (kind === 1) {
      const other = anyId()
      nodes.push({ id: node, type: 'ExclusiveGateway', defaultFlow: `${node}-${next}` })
      if (other !== next) flows.push({ from: node, to: other, condition: `\${header.way} = '${random.below(2)}'` })
    } else if (kind === 2 && local !== undefined) {
      nodes.push({ id: node, type: 'NonLoopingProcess', properties: { processId: local } })
    } else if (kind === 3) {
      nodes.push({ id: node, type: 'ExternalCall' })
      receivers.push(node)
    } else if (kind === 4) {
      nodes.push({ id: node, type: ['Multicast', 'SequentialMulticast'][random.below(2)] ?? '' })
      const other = anyId()
      if (other !== next) flows.push({ from: node, to: other })
    } else if (kind === 5) {
      const properties = {
        exprType: 'Line Break',
        StopOnExecution: String(random.below(2) === 0),
        ParallelProcessing: String(random.below(2) === 0),
      }
      nodes.push({ id: node, type: ['Camel', 'GeneralSplitter'][random.below(2)] ?? '', properties })
    } else if (kind === 6) {
      nodes.push({ id: node, type: 'Join' })
    } else if (kind === 7) {
      nodes.push({ id: node, type: 'Gather', properties: { aggregationAlgorithm: 'concatenate-strategy' } })
    } else {
      nodes.push({ id: node, type: 'Enricher', properties: { wrapContent: '${in.body}.' } })
    }
    flows.push({ from: node, to: next })
  }
  return { id, nodes, flows }
}

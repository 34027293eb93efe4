import type { Values } from '../../compile/props.ts'
import type { Closing, StepContext } from '../../compile/step.ts'
import type { ZipFile } from '../../formats/zip.ts'
import { Body } from '../../run/body.ts'
import type { Exchange } from '../../run/exchange.ts'
import type { End, Operation, PlanNode, Transition } from '../../run/plan.ts'
import type { RunScope, SubRun } from '../../run/scope.ts'
import { runAll, type SubRunsOutcome } from '../../run/sub-runs.ts'
import { compileGrouping } from './compile-grouping.ts'
import type { splitterProps } from './splitter-props.ts'

/** A part: text, or a file of an archive. */
export type Part = string | ZipFile

/** A part; undefined where none was found yet in what was read; a promise where there is something to wait for. */
type Found = Part | undefined | Promise<void>

/** The parts of a message in groups of a size. */
export type Split = (exchange: Exchange, scope: RunScope, group: number) => Iterator<Found>

const end: End = { kind: 'end', how: 'completed', reason: '' }

/** What a splitter does with the parts, however they are found. Undefined when something was reported. */
export async function splitterOperation(
  split: Split,
  props: Values<typeof splitterProps>,
  context: StepContext,
): Promise<Operation | undefined> {
  const { closing, outgoing } = context
  const start = outgoing[0]?.take.target
  const groupOf = await compileGrouping(props.grouping, context)
  if (start === undefined) context.report('no-next-step', 'Expected a step behind the splitter, found none.')
  if (start === undefined || groupOf === undefined) return undefined
  const isParallel = props.ParallelProcessing
  const policy = {
    width: isParallel ? props.SplitterThreads : 1,
    timeoutMs: isParallel ? props.timeOut * 1000 : undefined,
    stopsOnFailure: props.StopOnExecution,
  }
  return (exchange, scope) => {
    const parts = split(exchange, scope, groupOf(exchange, scope))
    const opened = { start, until: closing?.take.target, exchange, parts: toIterable(parts) }
    const outcome = runAll(props.Streaming ? streamed(opened) : counted(opened), policy, scope)
    const goOn = (ended: SubRunsOutcome) => {
      if (ended.failure !== undefined && policy.stopsOnFailure) throw ended.failure
      if (ended.failure !== undefined) scope.failLater(ended.failure)
      return after(exchange, closing, ended)
    }
    return outcome instanceof Promise ? outcome.then(goOn) : goOn(outcome)
  }
}

/** Without a gather the message goes on as it was, where there is something to go on with: at a join. */
function after(exchange: Exchange, closing: Closing | undefined, { arrived }: SubRunsOutcome): Transition {
  if (closing === undefined) return end
  if (closing.branching === 'joins') return closing.take
  if (arrived.length === 0) return end
  exchange.parts = arrived
  return closing.take
}

interface Opened {
  readonly start: PlanNode
  readonly until: PlanNode | undefined
  readonly exchange: Exchange
  readonly parts: Iterable<Found>
}

/** Runs a part as soon as the one behind it was found: only then it is known not to be the last. */
function* streamed(opened: Opened): Generator<SubRun | undefined | Promise<void>> {
  let index = 0
  let held: Part | undefined
  for (const part of opened.parts) {
    if (part === undefined || part instanceof Promise) {
      yield part
      continue
    }
    if (held !== undefined) {
      yield subRun(opened, held, index, undefined, false)
      index += 1
    }
    held = part
  }
  if (held !== undefined) yield subRun(opened, held, index, index + 1, true)
}

/** Runs the parts when all were found, so that each knows how many there are. */
function* counted(opened: Opened): Generator<SubRun | undefined | Promise<void>> {
  const parts: Part[] = []
  for (const part of opened.parts) {
    if (part === undefined || part instanceof Promise) yield part
    else parts.push(part)
  }
  for (const [index, part] of parts.entries()) {
    yield subRun(opened, part, index, parts.length, index === parts.length - 1)
  }
}

function subRun(opened: Opened, part: Part, index: number, size: number | undefined, isLast: boolean): SubRun {
  const exchange = opened.exchange.copy()
  exchange.body = Body.of(typeof part === 'string' ? part : part.bytes)
  if (typeof part !== 'string') exchange.headers.set('CamelFileName', part.name)
  exchange.properties.set('CamelSplitIndex', index)
  exchange.properties.set('CamelSplitComplete', isLast)
  if (size === undefined) exchange.properties.delete('CamelSplitSize')
  else exchange.properties.set('CamelSplitSize', size)
  return { start: opened.start, until: opened.until, exchange, index }
}

function toIterable<T>(iterator: Iterator<T>): Iterable<T> {
  return { [Symbol.iterator]: () => iterator }
}

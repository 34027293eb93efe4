import type { Closing, Outgoing } from '../../compile/step.ts'
import type { Exchange } from '../../run/exchange.ts'
import type { End, Operation, Transition } from '../../run/plan.ts'
import type { SubRun } from '../../run/scope.ts'
import { runAll, type SubRunsOutcome, type SubRunsPolicy } from '../../run/sub-runs.ts'

const end: End = { kind: 'end', how: 'completed', reason: '' }

/** Runs the branches on copies of the message, then goes on where they were brought together, or ends the path. */
export function multicastOperation(
  branches: readonly Outgoing[],
  closing: Closing | undefined,
  policy: SubRunsPolicy,
): Operation {
  return (exchange, scope) => {
    const outcome = runAll(subRuns(branches, closing, exchange), policy, scope)
    return outcome instanceof Promise
      ? outcome.then(later => goOn(exchange, closing, later))
      : goOn(exchange, closing, outcome)
  }
}

function* subRuns(
  branches: readonly Outgoing[],
  closing: Closing | undefined,
  exchange: Exchange,
): Generator<SubRun | undefined> {
  for (const [index, { take }] of branches.entries()) {
    yield { start: take.target, until: closing?.take.target, exchange: exchange.copy(), index }
  }
}

function goOn(exchange: Exchange, closing: Closing | undefined, outcome: SubRunsOutcome): Transition {
  const { arrived, failure, last } = outcome
  if (failure !== undefined) throw failure
  if (closing === undefined || arrived.length === 0) {
    if (last !== undefined) exchange.become(last)
    return end
  }
  for (const { properties } of arrived) {
    for (const [name, value] of properties) exchange.properties.set(name, value)
  }
  exchange.body = arrived.at(-1)?.body ?? exchange.body
  exchange.parts = arrived
  return closing.take
}

import type { Exchange } from './exchange.ts'
import { type Ending, Executor } from './executor.ts'
import { defaultRunLimits, Meter } from './limits.ts'
import type { RunOptions } from './options.ts'
import type { Plan } from './plan.ts'
import type { RunResult } from './result.ts'
import { RunLogCollector } from './run-log.ts'
import { Tracer } from './trace.ts'

/**
 * Runs one message through a process of a plan. `processId` is `EntryPoint.processId`, or the id of any process of
 * the plan. The exchange is changed in place.
 *
 * Returns the result itself when no step had to wait, else a promise of it: check with `instanceof Promise`, or just
 * `await`. A failed message is a result of status FAILED; what this throws or rejects with is a bug.
 */
export function startRun(
  plan: Plan,
  processId: string,
  exchange: Exchange,
  options: RunOptions,
): RunResult | Promise<RunResult> {
  const process = plan.processes.get(processId)
  if (process === undefined) throw new Error(`Plan "${plan.flowId}" has no process "${processId}".`)
  const { ports, observer, messageGuid, correlationId } = options
  const log = new RunLogCollector()
  const executor = new Executor({
    options,
    flowId: plan.flowId,
    meter: new Meter(
      options.limits === undefined ? defaultRunLimits : { ...defaultRunLimits, ...options.limits },
      ports.clock,
      options.control,
    ),
    log,
    tracer: observer && new Tracer(observer, ports.clock),
  })
  exchange.headers.set('SAP_MessageProcessingLogID', messageGuid)
  exchange.headers.set('SAP_MplCorrelationId', correlationId)
  exchange.properties.set('SAP_MessageProcessingLogID', messageGuid)
  const finish = (ending: Ending): RunResult | Promise<RunResult> => {
    const outcome = executor.outcome(ending)
    return outcome instanceof Promise ? outcome.then(resultOf) : resultOf(outcome)
  }
  const resultOf = (ending: Ending): RunResult => ({
    status: ending.kind === 'failed' ? 'FAILED' : ending.kind === 'stop' ? ending.status : 'COMPLETED',
    exchange,
    failure: 'failure' in ending ? ending.failure : undefined,
    log: log.finish(exchange, messageGuid, correlationId),
    exposeFailure: plan.settings.exposeFailure,
  })
  const ending = executor.start(process, exchange)
  return ending instanceof Promise ? ending.then(finish) : finish(ending)
}

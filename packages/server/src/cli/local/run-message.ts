import {
  type Exchange,
  Failure,
  type Flows,
  type Plan,
  type Ports,
  type RunResult,
  startRun,
  type TraceEvent,
} from '@sluice/iflow'
import { EndpointTable } from '../../runtime/endpoint-table.ts'
import { enginePorts } from '../../runtime/engine-ports.ts'
import { messageGuid } from '../../runtime/message-guid.ts'

/** A compiled flow as the endpoint table keeps it. */
interface LocalFlow {
  readonly id: string
  readonly name: string
  readonly plan: Plan
  readonly entryPoints: Plan['entryPoints']
}

/** A step of one of the runs that a message caused. */
export interface LocalTraceEvent extends TraceEvent {
  /** 1 for the run that was asked for, then one for each ProcessDirect call. */
  readonly run: number
  readonly flowId: string
}

/**
 * Runs one message through a process of the first plan. ProcessDirect calls reach the other plans; there are no stored
 * variables and no number ranges. `observe` is told about every step, with copies of the message.
 */
export async function runMessage(
  plans: readonly [Plan, ...Plan[]],
  processId: string,
  exchange: Exchange,
  observe: ((event: LocalTraceEvent) => void) | undefined,
): Promise<RunResult> {
  const table = new EndpointTable<LocalFlow>()
  for (const plan of plans) {
    table.put({ id: plan.flowId, name: plan.flowName, plan, entryPoints: plan.entryPoints })
  }
  const clock = { now: () => Date.now() }
  const nothingStored = {
    variables: { read: async () => undefined, write: async () => {} },
    numberRanges: {
      find: async () => undefined,
      put: async () => {},
      delete: async () => false,
      list: async () => [],
      take: async () => undefined,
    },
  }
  let runs = 0
  const observerOf = ({ flowId }: Plan, run: number) =>
    observe && { snapshots: true, observe: (event: TraceEvent) => observe({ ...event, run, flowId }) }
  const start = async (plan: Plan, process: string, message: Exchange, correlationId?: string): Promise<RunResult> => {
    const guid = messageGuid(clock.now())
    const observer = observerOf(plan, ++runs)
    return startRun(plan, process, message, {
      ports,
      messageGuid: guid,
      correlationId: correlationId ?? guid,
      ...(observer ? { observer } : {}),
    })
  }
  const flows: Flows = {
    async call(address, message, { correlationId }) {
      const found = table.findDirect(address)
      if (!found) {
        throw new Failure(
          `Expected a flow with ProcessDirect address "${address}" among the artifacts on the command line, found none`,
          { code: 'no-consumer' },
        )
      }
      const result = await start(found.owner.plan, found.entry.processId, found.entry.receive(message), correlationId)
      if (result.failure) throw result.failure
      return result.exchange
    },
  }
  const ports: Ports = { ...enginePorts(nothingStored, clock), flows }
  return start(plans[0], processId, exchange, undefined)
}

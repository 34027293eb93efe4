import {
  type Exchange,
  Failure,
  type FlowCaller,
  type Flows,
  type Plan,
  type Ports,
  type RunOptions,
  type RunResult,
  startRun,
  type TraceEvent,
} from '@sluice/iflow'
import { enginePorts } from '../runtime/engine-ports.ts'
import { flowCredentials } from '../runtime/flow-credentials.ts'
import { messageGuid } from '../runtime/message-guid.ts'
import type { Store } from '../store/store.ts'
import type { LocalDeployment } from './deployment.ts'

/** A step of one of the runs that a message caused. */
export interface LocalTraceEvent extends TraceEvent {
  /** 1 for the run that was asked for, then one for each ProcessDirect call. */
  readonly run: number
  readonly flowId: string
}

/** What a tenant without a server is made of. */
export interface LocalTenantOptions {
  /** What reaches beyond the tenant, and what runs what flows bring along. */
  readonly hosts: Pick<Ports, 'heavyWork' | 'http' | 'mail' | 'scripts' | 'stylesheets'>
  readonly deployment: LocalDeployment
  readonly store: Store
  /** Ports that are not those of a server; `clock` counts for the store, too. */
  readonly ports?: Partial<Omit<Ports, 'flows'>>
  /** ID of a run. Default: as a server makes them. */
  readonly messageGuid?: () => string
  /** What differs from a run of a server with its defaults: limits, an end before the end. */
  readonly run?: Pick<RunOptions, 'control' | 'limits' | 'section'>
  /** Told about every step, with copies of the message. */
  readonly observe?: ((event: LocalTraceEvent) => void) | undefined
}

const machineClock: Ports['clock'] = {
  now: () => Date.now(),
  sleep: ms => new Promise<void>(resolve => setTimeout(resolve, ms)),
}

/** Runs messages through the flows of a deployment, which call each other by ProcessDirect. */
export class LocalTenant implements Flows {
  readonly ports: Ports
  readonly #options: LocalTenantOptions
  #runs = 0

  constructor(options: LocalTenantOptions) {
    this.#options = options
    const { hosts, deployment, store } = options
    const { http, mail, heavyWork, scripts, stylesheets } = hosts
    const clock = options.ports?.clock ?? machineClock
    const { keystore, partnerDirectory } = store
    const credentials = flowCredentials(store, http, clock)
    const valueMappings = deployment.others
    const world = {
      store,
      clock,
      http,
      mail,
      credentials,
      keystore,
      partnerDirectory,
      heavyWork,
      scripts,
      stylesheets,
      valueMappings,
    }
    this.ports = { ...enginePorts(world), ...options.ports, flows: this }
  }

  /** Runs one message; a run that was called has the correlation ID of its caller. */
  async run(
    plan: Plan,
    processId: string,
    exchange: Exchange,
    { correlationId, callDepth = 0 }: Partial<FlowCaller> = {},
  ): Promise<RunResult> {
    const { observe } = this.#options
    this.#runs += 1
    const run = this.#runs
    const guid = this.#options.messageGuid?.() ?? messageGuid(this.ports.clock.now())
    const observer = observe && {
      snapshots: true,
      observe: (event: TraceEvent) => observe({ ...event, run, flowId: plan.flowId }),
    }
    return startRun(plan, processId, exchange, {
      ports: this.ports,
      messageGuid: guid,
      correlationId: correlationId ?? guid,
      callDepth,
      ...this.#options.run,
      ...(observer && { observer }),
    })
  }

  async call(address: string, exchange: Exchange, { correlationId, callDepth }: FlowCaller): Promise<Exchange> {
    const found = this.#options.deployment.table.findDirect(address)
    if (!found) {
      throw new Failure(
        `Expected a flow with ProcessDirect address "${address}" among the artifacts that were given, found none`,
        { code: 'no-consumer' },
      )
    }
    const { owner, entry } = found
    const result = await this.run(owner.plan, entry.processId, entry.receive(exchange), {
      correlationId,
      callDepth: callDepth + 1,
    })
    if (result.failure) throw result.failure
    return result.exchange
  }
}

import {
  type Diagnostic,
  type Exchange,
  Failure,
  type openBundle,
  type Plan,
  type PlanNode,
  type RunResult,
  type Section,
  type TraceEvent,
} from '@sluice/iflow'
import { type FlowModel, parseIflow } from '@sluice/iflow/bpmn'
import { mockChannels, type ReceiverCall, type ReceiverScript } from '@sluice/iflow/mocking'
import { registry } from '../runtime/build-flow.ts'
import { EndpointTable } from '../runtime/endpoint-table.ts'
import { type SeenStep, StepRecorder } from '../runtime/step-recorder.ts'
import { openMemoryStore } from '../store/open.ts'
import { compileArtifact } from './compile-artifact.ts'
import { type LocalDeployment, type LocalFlow, prepareDeployment } from './deployment.ts'
import { LocalTenant } from './local-tenant.ts'
import { SimulatedReceivers } from './simulated-receivers.ts'
import { noNetwork, type RealTenant, simulatedPorts, simulatedStore } from './simulated-tenant.ts'

/** What is simulated. */
export interface SimulationInput {
  readonly opened: ReturnType<typeof openBundle>
  /** Configured values of externalised parameters. */
  readonly parameters: ReadonlyMap<string, string>
  /** ID of the first step or event, or of the sequence flow before it; undefined: the start of the first sender's process. */
  readonly from: string | undefined
  /** ID of the last step or event, or of the sequence flow behind it; undefined: the end of the process. */
  readonly to: string | undefined
  readonly message: Exchange
  /** Answers of receivers, by ID or name of their channel. */
  readonly replies: Readonly<Record<string, ReceiverScript>>
}

/** How much a simulation may take. */
export interface SimulationLimits {
  /** At the same time. */
  readonly countMax: number
  /** Of the machine's time, from the compilation to the end. */
  readonly timeMsMax: number
  /** Of all messages that are kept together. */
  readonly traceBytesMax: number
}

/** Of one body, and of all headers or properties of one message. */
export const keptLimits = { bodyBytesMax: 256 * 1024, valuesMax: 32 * 1024 }
const stepsMax = 1_000
const callsMax = 200
/** Steps of one simulation; the original takes 10. */
const runStepsMax = 10_000

/** What came of a simulation. */
export interface Simulation {
  /** Of the flow and of what it needs; with an error nothing has run. */
  readonly diagnostics: readonly Diagnostic[]
  /** Undefined: nothing has run. */
  readonly outcome: SimulationOutcome | undefined
}

export interface SimulationOutcome {
  readonly status: RunResult['status']
  readonly failure: Failure | undefined
  /** As the last step of the section left it, which may lie in a branch; undefined when the time was over. */
  readonly exchange: Exchange | undefined
  readonly steps: readonly SeenStep[]
  readonly stepsLeftOut: number
  readonly calls: readonly ReceiverCall[]
}

/** A part that the flow does not have. */
export class UnknownElement extends Error {
  constructor(what: 'from' | 'to', id: string) {
    super(`Expected "${what}" to be the ID of a step, event or sequence flow, found "${id}".`)
    this.name = 'UnknownElement'
  }
}

/**
 * Runs messages through flows that are not deployed, each in a tenant of its own that is forgotten afterwards. Receivers are
 * mocked, other systems are out of reach, and nothing of the real tenant changes.
 */
export class Simulations {
  readonly #real: RealTenant
  readonly #limits: SimulationLimits
  #running = 0

  constructor(real: RealTenant, limits: SimulationLimits) {
    this.#real = real
    this.#limits = limits
  }

  /**
   * Undefined when as many run as may. Ends early, as FAILED, when the time is over or `signal` says so. Throws
   * `UnknownElement`.
   */
  async run(input: SimulationInput, signal: AbortSignal): Promise<Simulation | undefined> {
    if (this.#running >= this.#limits.countMax) return undefined
    this.#running += 1
    const attempt = new Attempt(this.#real, this.#limits, input)
    const work = attempt.run().finally(() => {
      this.#running -= 1
    })
    return attempt.within(work, signal)
  }
}

class Attempt {
  readonly #real: RealTenant
  readonly #limits: SimulationLimits
  readonly #input: SimulationInput
  readonly #recorder: StepRecorder
  readonly #receivers: SimulatedReceivers
  readonly #control = { isCancelled: false }
  #diagnostics: readonly Diagnostic[] = []
  #atEnd: Exchange | undefined

  constructor(real: RealTenant, limits: SimulationLimits, input: SimulationInput) {
    this.#real = real
    this.#limits = limits
    this.#input = input
    this.#receivers = new SimulatedReceivers(input.replies, callsMax)
    this.#recorder = new StepRecorder({ ...keptLimits, runBytesMax: limits.traceBytesMax, stepsMax }, true)
  }

  async within(work: Promise<Simulation>, signal: AbortSignal): Promise<Simulation> {
    const { timeMsMax } = this.#limits
    let stop = (_simulation: Simulation) => {}
    const stopped = new Promise<Simulation>(resolve => {
      stop = resolve
    })
    const end = (failure: Failure) => {
      this.#control.isCancelled = true
      stop({ diagnostics: this.#diagnostics, outcome: this.#outcome('FAILED', failure, undefined) })
    }
    const tooLong = `Expected the simulation to take at most ${timeMsMax} ms, found that it takes longer.`
    const timer = setTimeout(() => end(new Failure(tooLong, { code: 'run-time-limit' })), timeMsMax)
    const onAbort = () => end(new Failure('The simulation was cancelled.', { code: 'cancelled' }))
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    try {
      return await Promise.race([work, stopped])
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
  }

  async run(): Promise<Simulation> {
    const { opened, parameters } = this.#input
    const { others } = this.#real
    const mocked = mockChannels(registry, this.#receivers)
    const { bundle, plan, diagnostics } = await compileArtifact(opened, parameters, others.bundles, mocked)
    this.#diagnostics = diagnostics
    if (!bundle?.flow || !plan) return { diagnostics, outcome: undefined }
    const model = parseIflow(bundle.flow.text, bundle.flow.file).document?.model
    const section = sectionOf(plan, model, this.#input)
    const flow: LocalFlow = { id: bundle.id, name: bundle.name, plan, entryPoints: plan.entryPoints, bundle }
    const deployment: LocalDeployment = { flows: [flow], table: new EndpointTable(), others }
    const store = await openMemoryStore()
    try {
      const tenant = new LocalTenant({
        hosts: { ...this.#real.hosts, ...noNetwork },
        deployment,
        store: simulatedStore(this.#real, store),
        ports: simulatedPorts(this.#real),
        run: {
          section,
          control: this.#control,
          limits: { stepsMax: runStepsMax, runTimeMsMax: Number.MAX_SAFE_INTEGER },
        },
        observe: event => this.#observe(event, section),
      })
      const unready = await prepareDeployment(deployment, tenant.ports)
      this.#diagnostics = [...diagnostics, ...unready.map(({ diagnostic }) => diagnostic)]
      if (unready.length > 0) return { diagnostics: this.#diagnostics, outcome: undefined }
      const processId = section.from?.processId ?? firstProcess(plan)
      const { status, failure, exchange } = await tenant.run(plan, processId, this.#input.message)
      return { diagnostics: this.#diagnostics, outcome: this.#outcome(status, failure, this.#atEnd ?? exchange) }
    } finally {
      await store.close()
    }
  }

  #observe(event: TraceEvent, { to }: Section): void {
    this.#recorder.observe(event)
    if (event.phase === 'end' && event.elementId === to?.id && !event.failure) this.#atEnd = event.exchange
  }

  #outcome(
    status: RunResult['status'],
    failure: Failure | undefined,
    exchange: Exchange | undefined,
  ): SimulationOutcome {
    const { steps, leftOut: stepsLeftOut } = this.#recorder
    return { status, failure, exchange, steps, stepsLeftOut, calls: this.#receivers.calls }
  }
}

function sectionOf({ nodes }: Plan, model: FlowModel | undefined, { from, to }: SimulationInput): Section {
  const containers = model?.processes.flatMap(process => [process, ...process.exceptionSubprocesses]) ?? []
  const nodeAt = (what: 'from' | 'to', id: string | undefined): PlanNode | undefined => {
    if (id === undefined) return undefined
    const flow = containers.map(({ flows }) => flows.get(id)).find(found => found !== undefined)
    const node = nodes.get(flow ? flow[what === 'from' ? 'target' : 'source'] : id)
    if (node === undefined) throw new UnknownElement(what, id)
    return node
  }
  return { from: nodeAt('from', from), to: nodeAt('to', to) }
}

/** Where the first sender leads, else the first integration process. */
function firstProcess({ entryPoints, processes }: Plan): string {
  const integration = [...processes.values()].find(({ kind }) => kind === 'integration')
  return entryPoints[0]?.processId ?? integration?.id ?? ''
}

import { randomUUID } from 'node:crypto'
import { type Bundle, type Diagnostic, type Ports, prepareFlow } from '@sluice/iflow'
import type { Logger } from 'pino'
import type { Artifacts, Deployable, Deployments } from '../store/store.ts'
import { buildFlow, describeDiagnostic, openArtifact } from './build-flow.ts'
import type { DeployedArtifacts } from './deployed-artifacts.ts'
import type { EndpointTable } from './endpoint-table.ts'
import type { QueueUse, RunningFlow } from './flow-runner.ts'
import type { QueueConsumers } from './queue-consumers.ts'
import type { Scheduler } from './scheduler.ts'

export interface DeployerOptions {
  readonly artifacts: Pick<Artifacts, 'find'>
  readonly deployments: Deployments
  readonly table: EndpointTable<RunningFlow>
  /** Where artifacts that are no flows go. */
  readonly others: DeployedArtifacts
  readonly scheduler: Scheduler
  readonly consumers: QueueConsumers
  readonly clock: { now(): number }
  readonly ports: Ports
  readonly publicUrl: () => string
  readonly log: Logger
}

/** An address under which a running flow can be called. */
export interface ServiceEndpoint {
  readonly artifactId: string
  readonly name: string
  /** `REST` for HTTPS senders. */
  readonly protocol: string
  readonly address: string
  readonly url: string
}

/**
 * Brings artifacts to life. A deployment is a task: it is accepted at once and done in the background, one at a time for
 * each artifact. A flow that cannot be built, or whose address another flow holds, leaves what ran before running.
 */
export class Deployer {
  readonly #options: DeployerOptions
  /** The last task of each artifact; the next one starts behind it. */
  readonly #tasks = new Map<string, Promise<void>>()

  constructor(options: DeployerOptions) {
    this.#options = options
  }

  /** Accepts the deployment of an artifact as it was read, and resolves with the task's ID. */
  async deploy(deployable: Deployable, by: string): Promise<string> {
    const { id, name, type, version } = deployable.artifact
    const taskId = randomUUID()
    const now = this.#options.clock.now()
    await this.#options.deployments.begin(
      { id, name, type, version, status: 'STARTING', deployedBy: by, deployedAt: now, error: undefined },
      { taskId, artifactId: id, status: 'DEPLOYING', createdAt: now },
    )
    this.#enqueue(id, () => this.#perform(deployable, taskId))
    return taskId
  }

  /** Stops an artifact and forgets its deployment; a deployment under way fails. False when there was none. */
  async undeploy(id: string): Promise<boolean> {
    const found = await this.#options.deployments.delete(id)
    this.#stop(id)
    return found
  }

  endpoints(): readonly ServiceEndpoint[] {
    const found: ServiceEndpoint[] = []
    for (const flow of this.#options.table.owners()) {
      for (const entry of flow.entryPoints) {
        if (entry.kind !== 'http') continue
        const url = `${this.#options.publicUrl()}/http${entry.address}`
        found.push({ artifactId: flow.id, name: flow.name, protocol: entry.protocol, address: entry.address, url })
      }
    }
    return found
  }

  /** Running flows that use a queue, once for each way. */
  queueUsers(queue: string): { readonly id: string; readonly name: string; readonly use: QueueUse['use'] }[] {
    return [...this.#options.table.owners()].flatMap(({ id, name, queues = [] }) => {
      const uses = new Set(queues.filter(used => used.queue === queue).map(({ use }) => use))
      return [...uses].map(use => ({ id, name, use }))
    })
  }

  /**
   * Starts everything that ran when the server stopped, flows after what they may refer to. What cannot start any more is
   * logged and left out.
   */
  async startAll(): Promise<void> {
    const contents = await this.#options.deployments.running()
    const opened = await Promise.all(
      contents.map(async content => ({ content, opened: await openArtifact(content.content) })),
    )
    const isFlow = (bundle: Bundle | undefined) => bundle?.type === 'IntegrationFlow'
    opened.sort((a, b) => Number(isFlow(a.opened.bundle)) - Number(isFlow(b.opened.bundle)))
    for (const { content, opened: artifact } of opened) {
      const packageId = (await this.#options.artifacts.find(content.id))?.packageId ?? ''
      const problem = await this.#start(artifact, content.parameters, packageId)
      if (problem) this.#options.log.error({ flow: content.id, problem }, 'a deployed artifact could not be started')
    }
  }

  /** Resolves when no deployment is under way. */
  async idle(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks.values())
  }

  #enqueue(artifactId: string, task: () => Promise<void>): void {
    const before = this.#tasks.get(artifactId) ?? Promise.resolve()
    const done: Promise<void> = before.then(task).finally(() => {
      if (this.#tasks.get(artifactId) === done) this.#tasks.delete(artifactId)
    })
    this.#tasks.set(artifactId, done)
  }

  async #perform({ artifact, content, configurations }: Deployable, taskId: string): Promise<void> {
    const { deployments, scheduler, log } = this.#options
    const { id, version } = artifact
    try {
      const problem = await this.#start(await openArtifact(content), configurations, artifact.packageId)
      if (problem) {
        await deployments.fail(id, taskId, problem)
        log.info({ flow: id, version, problem }, 'deployment failed')
      } else if (await deployments.succeed(id, taskId, { id, content, parameters: configurations })) {
        await scheduler.deployed(id)
        log.info({ flow: id, version }, 'flow deployed')
      } else {
        this.#stop(id)
        log.info({ flow: id, version }, 'undeployed during its deployment')
      }
    } catch (error) {
      const errorId = randomUUID()
      log.error({ err: error, errorId, flow: id }, 'unexpected error in a deployment')
      await deployments.fail(id, taskId, `The server failed. Its log has the details under ${errorId}.`)
    }
  }

  #stop(id: string): void {
    const { table, others, scheduler, consumers } = this.#options
    table.delete(id)
    others.delete(id)
    scheduler.stop(id)
    consumers.stop(id)
  }

  /** Undefined when the artifact does its work from now on; otherwise why not, one problem a line. */
  async #start(
    { bundle, diagnostics: read }: Awaited<ReturnType<typeof openArtifact>>,
    parameters: ReadonlyMap<string, string>,
    packageId: string,
  ): Promise<string | undefined> {
    const { table, others, scheduler, consumers } = this.#options
    if (!bundle || read.some(({ severity }) => severity === 'error')) return describeErrors(read)
    if (bundle.type !== 'IntegrationFlow') return describeErrors(others.put(bundle)) || undefined
    const { flow, diagnostics } = await buildFlow(bundle, parameters, packageId, others.bundles)
    if (!flow) return describeErrors(diagnostics)
    const unready = await prepareFlow(flow.plan, this.#options.ports)
    if (unready.length > 0) return describeErrors(unready)
    const taken = () => table.conflicts(flow).map(describeConflict).join('\n')
    if (taken() !== '') return taken()
    const expired = scheduler.expired(flow)
    if (expired.length > 0) return expired.map(describeExpired).join('\n')
    const closed = await consumers.conflicts(flow)
    if (closed.length > 0) return closed.join('\n')
    // Another flow may have taken the address meanwhile.
    if (taken() !== '') return taken()
    table.put(flow)
    scheduler.start(flow)
    consumers.start(flow)
    return undefined
  }
}

function describeErrors(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(describeDiagnostic)
    .join('\n')
}

function describeExpired({ stepId }: { readonly stepId: string }): string {
  return `Expected a time to come for the timer, found all of them in the past at element ${stepId} [schedule-over]`
}

function describeConflict({ address, heldBy }: { address: string; heldBy: string }): string {
  return `Expected an address of its own for the flow, found "${address}" in use by "${heldBy}" [address-in-use]`
}

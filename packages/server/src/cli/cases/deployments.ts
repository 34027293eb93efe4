import type { Bundle, Clock, openBundle, Registry } from '@sluice/iflow'
import type { Channel } from '@sluice/iflow/bpmn'
import { type MockedReceivers, mockChannels } from '@sluice/iflow/mocking'
import { type CompiledArtifact, compileArtifact } from '../../local/compile-artifact.ts'
import { deployLocally, type LocalArtifact, type LocalDeployment, type LocalProblem } from '../../local/deployment.ts'
import { registry } from '../../runtime/build-flow.ts'
import { CommandError } from '../line/errors.ts'
import { findOnce, selectArtifact, selectArtifacts } from '../local/artifact-source.ts'
import { catchMails } from './catch-mails.ts'

type Opened = ReturnType<typeof openBundle>

/** What cases are compiled for: cases that agree in it share what was compiled. */
export interface DeploymentWish {
  /** The flow, then what it needs. */
  readonly artifacts: readonly string[]
  readonly parameters: Readonly<Record<string, string | number | boolean>>
  /** Channels that the case answers for, by name or ID. */
  readonly mocked: readonly string[]
}

/** Adapters that reach the tenant itself: they are real unless a case answers for their channel. */
const inside = new Set(['JMS', 'Mail', 'ProcessDirect'])

/** Compiled artifacts of cases. Every receiver outside of the tenant is mocked. */
export class Deployments {
  readonly #find = findOnce()
  readonly #compiled = new WeakMap<Opened, Map<string, Promise<CompiledArtifact>>>()
  readonly #numbers = new Map<Bundle, number>()
  readonly #deployed = new Map<string, Promise<LocalDeployment | { readonly problems: readonly LocalProblem[] }>>()
  /** Whose receivers answer, by the clock of the tenant that calls. */
  readonly #receivers = new WeakMap<Clock, MockedReceivers>()

  /** The receivers of the tenant that has this clock. */
  connect(clock: Clock, receivers: MockedReceivers): void {
    this.#receivers.set(clock, receivers)
  }

  /** Throws `CommandError` for a path where there is no artifact. */
  get(wish: DeploymentWish): Promise<LocalDeployment | { readonly problems: readonly LocalProblem[] }> {
    const key = JSON.stringify([wish.artifacts, Object.entries(wish.parameters).sort(), [...wish.mocked].sort()])
    const known = this.#deployed.get(key) ?? this.#deploy(wish)
    this.#deployed.set(key, known)
    return known
  }

  async #deploy({ artifacts, parameters, mocked }: DeploymentWish) {
    const [path = '', ...others] = artifacts
    const flow = await selectArtifact(path, this.#find)
    const needed = (await Promise.all(others.map(other => this.#selectNeeded(other)))).flat()
    const selected = [flow, ...needed.filter(({ opened }) => opened.bundle?.id !== flow.opened.bundle?.id)]
    const values = new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
    const deployed = await deployLocally(selected, (opened, bundles) => this.#compile(opened, values, bundles, mocked))
    if ('problems' in deployed || deployed.flows[0]?.bundle === flow.opened.bundle) return deployed
    throw new CommandError(`Expected an integration flow, found something else: ${path}`)
  }

  /** Flows of a package are needed by many cases, and compile to the same where the cases agree. */
  #compile(
    opened: Opened,
    parameters: ReadonlyMap<string, string>,
    bundles: ReadonlyMap<string, Bundle>,
    mocked: readonly string[],
  ): Promise<CompiledArtifact> {
    const others = [...bundles.values()].map(bundle => this.#numberOf(bundle))
    const key = JSON.stringify([[...parameters].sort(), [...mocked].sort(), others])
    const results = this.#compiled.get(opened) ?? new Map<string, Promise<CompiledArtifact>>()
    this.#compiled.set(opened, results)
    const known = results.get(key) ?? compileArtifact(opened, parameters, bundles, this.#mocking(new Set(mocked)))
    results.set(key, known)
    return known
  }

  #numberOf(bundle: Bundle): number {
    const number = this.#numbers.get(bundle) ?? this.#numbers.size
    this.#numbers.set(bundle, number)
    return number
  }

  /** A whole package may hold flows that the test has nothing to do with, and that cannot run. */
  async #selectNeeded(path: string): Promise<readonly LocalArtifact[]> {
    const selected = await selectArtifacts(path, this.#find)
    return selected.map(artifact => ({ ...artifact, isOptional: selected.length > 1 }))
  }

  #mocking(named: ReadonlySet<string>): Registry {
    return mockChannels(catchMails(registry), {
      isMocked: channel => named.has(channel.id) || named.has(channel.name) || isOutside(channel),
      answer: call => this.#receivers.get(call.scope.ports.clock)?.answer(call),
    })
  }
}

/** Receivers that are other systems, and senders that cannot be entered otherwise. */
function isOutside({ direction, componentType }: Channel): boolean {
  if (direction === 'Receiver') return !inside.has(componentType)
  return !registry.adapters.some(({ type, sender }) => type === componentType && sender !== undefined)
}

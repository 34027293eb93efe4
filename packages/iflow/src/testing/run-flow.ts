import { type Bundle, openBundle } from '../bundle/bundle.ts'
import { type CompileResult, compileFlow } from '../compile/compile-flow.ts'
import type { Registry } from '../compile/registry.ts'
import { expressions } from '../expressions/index.ts'
import type { ReceiverCall } from '../mocking/mock-channels.ts'
import { mockChannels } from '../mocking/mock-channels.ts'
import { MockedReceivers, type ReceiverScript } from '../mocking/mocked-receivers.ts'
import type { Ports } from '../ports.ts'
import type { Exchange } from '../run/exchange.ts'
import type { RunLimits } from '../run/limits.ts'
import type { RunResult } from '../run/result.ts'
import { startRun } from '../run/run.ts'
import type { TraceEvent } from '../run/trace.ts'
import { steps } from '../steps/index.ts'
import { message } from './messages.ts'
import { fakePorts } from './ports.ts'
import { testAdapter } from './test-adapter.ts'

/** All steps and languages of the engine, and the test adapter. */
export const testRegistry: Registry = { steps, adapters: [testAdapter], expressions }

/** A flow as the text of its `.iflw` file, or as all files of an artifact. */
export type FlowSource = string | ReadonlyMap<string, Uint8Array>

/** What a test compiles a flow with; the default is everything the engine has. */
export interface CompileOptions {
  readonly registry?: Registry
  readonly parameters?: ReadonlyMap<string, string>
  /** Other deployed artifacts by symbolic name. */
  readonly artifacts?: ReadonlyMap<string, Bundle>
  /** Texts of files below `src/main/resources`, for a source that is only the text of an `.iflw` file. */
  readonly resources?: Readonly<Record<string, string>>
}

/** What a test runs a flow with. */
export interface RunFlowOptions extends CompileOptions {
  readonly message?: Exchange
  readonly ports?: Ports
  readonly limits?: Partial<RunLimits>
  /** What receivers answer, by name or ID of their channel, whatever its adapter. */
  readonly receivers?: Readonly<Record<string, ReceiverScript>>
  /** Default: the first process of the plan. */
  readonly processId?: string
}

/** What came out of a run. */
export interface FlowRun {
  readonly result: RunResult
  /** Every event, with snapshots of the message. */
  readonly events: readonly TraceEvent[]
  /** Ids of the elements in the order in which they started. */
  readonly trace: readonly string[]
  /** Calls of the receivers in `receivers`, in order. */
  readonly calls: readonly ReceiverCall[]
}

/** Opens and compiles a flow. An `.iflw` text becomes an artifact with id `flow` and version 1.0.0. */
export async function compileSource(source: FlowSource, options: CompileOptions = {}): Promise<CompileResult> {
  const { bundle, diagnostics } = openBundle(
    typeof source === 'string' ? artifactOf(source, options.resources) : source,
  )
  if (bundle === undefined) return { plan: undefined, channels: [], diagnostics }
  const { registry = testRegistry, parameters, artifacts } = options
  const compiled = await compileFlow({
    bundle,
    registry,
    ...(parameters && { parameters }),
    ...(artifacts && { artifacts }),
  })
  return { ...compiled, diagnostics: [...diagnostics, ...compiled.diagnostics] }
}

/** Compiles a flow and runs one message through it. Throws an error that lists the diagnostics when it cannot be run. */
export async function runFlow(source: FlowSource, options: RunFlowOptions = {}): Promise<FlowRun> {
  const receivers = new MockedReceivers(options.receivers ?? {})
  const registry = mockChannels(options.registry ?? testRegistry, receivers)
  const { plan, diagnostics } = await compileSource(source, { ...options, registry })
  const processId = options.processId ?? plan?.processes.keys().next().value
  if (plan === undefined || processId === undefined) {
    throw new Error(diagnostics.map(({ code, message: text }) => `${code}: ${text}`).join('\n'))
  }
  const events: TraceEvent[] = []
  const result = await startRun(plan, processId, options.message ?? message(), {
    ports: options.ports ?? fakePorts(),
    messageGuid: 'message-1',
    correlationId: 'correlation-1',
    observer: { snapshots: true, observe: event => events.push(event) },
    ...(options.limits && { limits: options.limits }),
  })
  const started = events.filter(event => event.phase === 'start')
  return { result, events, trace: started.map(event => event.elementId), calls: receivers.calls }
}

function artifactOf(iflw: string, resources: Readonly<Record<string, string>> = {}): ReadonlyMap<string, Uint8Array> {
  const encoder = new TextEncoder()
  const manifest = [
    'Manifest-Version: 1.0',
    'Bundle-SymbolicName: flow',
    'Bundle-Name: Flow',
    'Bundle-Version: 1.0.0',
    'SAP-BundleType: IntegrationFlow',
    '',
  ].join('\n')
  return new Map([
    ['META-INF/MANIFEST.MF', encoder.encode(manifest)],
    ['src/main/resources/scenarioflows/integrationflow/flow.iflw', encoder.encode(iflw)],
    ...Object.entries(resources).map(([path, text]): [string, Uint8Array] => [
      `src/main/resources/${path}`,
      encoder.encode(text),
    ]),
  ])
}

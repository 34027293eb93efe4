import { parseIflow } from '../bpmn/document.ts'
import type { Channel, FlowModel } from '../bpmn/model.ts'
import type { Bundle } from '../bundle/bundle.ts'
import { resolveParameters } from '../bundle/parameters.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Plan } from '../run/plan.ts'
import type { Compilation } from './compilation.ts'
import { compileReceivers, compileSenders } from './compile-channels.ts'
import { compileProcess, createNodes, createProcess } from './compile-process.ts'
import { compileSettings } from './flow-settings.ts'
import type { Registry } from './registry.ts'
import { Reporter } from './reporter.ts'

/** An artifact, and what it is compiled with. */
export interface CompileInput {
  readonly bundle: Bundle
  /** Configured values of externalised parameters; they override the artifact's `parameters.prop`. */
  readonly parameters?: ReadonlyMap<string, string>
  /** The other artifacts that the flow may refer to, such as script collections, by symbolic name. */
  readonly artifacts?: ReadonlyMap<string, Bundle>
  readonly registry: Registry
}

/** A plan, or what stands in its way. */
export interface CompileResult {
  /** Present when no diagnostic is an error. */
  readonly plan: Plan | undefined
  /** Of the flow, with the values of its parameters. */
  readonly channels: readonly Channel[]
  /** Those of the `.iflw` file and of its compilation, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Compiles an artifact to a plan. Never throws on bad input: every problem is a diagnostic that names the element,
 * and all of them are reported. Local processes that nothing calls are compiled as well, and their diagnostics count.
 * Asynchronous because expression languages load their libraries when a flow first needs them.
 */
export async function compileFlow(input: CompileInput): Promise<CompileResult> {
  const { bundle, parameters } = input
  if (bundle.flow === undefined) {
    const message = `Expected an artifact with one .iflw file, found a ${bundle.type} without.`
    return { plan: undefined, channels: [], diagnostics: [{ code: 'no-iflw', severity: 'error', message, at: {} }] }
  }
  const parsed = parseIflow(bundle.flow.text, bundle.flow.file)
  if (parsed.document === undefined) return { plan: undefined, channels: [], diagnostics: parsed.diagnostics }
  const values = new Map([...bundle.parameters, ...(parameters ?? [])])
  const resolved = resolveParameters(parsed.document.model, values)
  const compiled = await compileModel(resolved.model, input)
  const diagnostics = [...parsed.diagnostics, ...resolved.diagnostics, ...compiled.diagnostics]
  diagnostics.sort((left, right) => (left.at.line ?? 0) - (right.at.line ?? 0))
  const isSound = diagnostics.every(diagnostic => diagnostic.severity !== 'error')
  return { plan: isSound ? compiled.plan : undefined, channels: resolved.model.channels, diagnostics }
}

async function compileModel(
  model: FlowModel,
  { bundle, artifacts = new Map(), registry }: CompileInput,
): Promise<{ plan: Plan; diagnostics: readonly Diagnostic[] }> {
  const reporter = new Reporter(model)
  const settings = compileSettings(model, reporter.at(model))
  const nodes = new Map(model.processes.flatMap(createNodes).map(node => [node.id, node]))
  const created = model.processes.map(process => createProcess(process, nodes, reporter))
  const processes = new Map(created.flatMap(process => (process === undefined ? [] : [[process.id, process]])))
  const known = { model, registry, reporter, settings }
  const entryPoints = await compileSenders(known)
  const compilation: Compilation = {
    ...known,
    resources: bundle.resources,
    nodes,
    processes,
    receivers: await compileReceivers(known),
    entryPoints,
    artifacts,
    preparations: [],
  }
  for (const process of model.processes) await compileProcess(process, compilation)
  if (processes.size === 0) {
    reporter.at(model)('no-process', 'Expected an integration process with a start event, found none.')
  }
  if (!isStarted(model)) {
    reporter.at(model)('no-sender', 'Expected a sender channel, found none: nothing starts this flow.', 'warning')
  }
  const { id: flowId, name: flowName, version } = bundle
  return {
    plan: {
      flowId,
      flowName,
      version,
      settings,
      entryPoints,
      processes,
      nodes,
      preparations: compilation.preparations,
    },
    diagnostics: reporter.diagnostics,
  }
}

function isStarted({ channels, processes }: FlowModel): boolean {
  return (
    channels.some(channel => channel.direction === 'Sender') ||
    processes.some(({ nodes }) => [...nodes.values()].some(node => node.tag === 'startEvent' && node.event === 'timer'))
  )
}

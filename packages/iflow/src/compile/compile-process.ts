import type { FlowNode, NodeContainer, ProcessModel, SequenceFlow } from '../bpmn/model.ts'
import type { Operation, PlanNode, Process, TransactionKind } from '../run/plan.ts'
import type { Receiver } from './adapter.ts'
import { findClosing } from './closing.ts'
import { type Compilation, compileExpression, type Unlinked } from './compilation.ts'
import { identifyStep } from './identify-step.ts'
import { readProps } from './props.ts'
import type { Report, Reporter } from './reporter.ts'
import type { Outgoing, Step, StepContext, StepDeclaration } from './step.ts'
import { checkVersion } from './versions.ts'

/** What a step may know of the graph around it. */
type Place = Pick<StepContext, 'processId' | 'outgoing' | 'closing'>

/** The node of the plan for every node of a process, not linked yet. */
export function createNodes(process: ProcessModel): Unlinked<PlanNode>[] {
  return containersOf(process).flatMap(container =>
    Array.from(container.nodes.values(), ({ id, name }) => ({
      id,
      name,
      processId: process.id,
      isHandling: container !== process,
      run: neverCompiled,
      next: undefined,
    })),
  )
}

/** The process of the plan, its steps not compiled yet. Undefined when it has no start. */
export function createProcess(
  process: ProcessModel,
  nodes: ReadonlyMap<string, PlanNode>,
  reporter: Reporter,
): Unlinked<Process> | undefined {
  const [subprocess, second] = process.exceptionSubprocesses
  if (second !== undefined) {
    reporter.at(second)('several-exception-subprocesses', 'Expected one exception subprocess in a process, found more.')
  }
  const start = findStart(process, nodes, reporter.at(process))
  const onFailure = subprocess && findStart(subprocess, nodes, reporter.at(subprocess))
  const { id, name, kind } = process
  return start && { id, name, kind, transaction: transactionOf(process), start, onFailure }
}

/** Before it could be chosen, integration processes had transaction handling. */
function transactionOf({ kind, properties }: ProcessModel): TransactionKind | undefined {
  const handling = properties.get('transactionalHandling') ?? (kind === 'integration' ? 'Required' : '')
  if (handling === 'Required JMS') return 'queues'
  return handling === 'Required' ? 'data-stores' : undefined
}

/** Compiles the steps of a process, its exception subprocess included, and links them. */
export async function compileProcess(process: ProcessModel, compilation: Compilation): Promise<void> {
  for (const container of containersOf(process)) {
    for (const element of container.nodes.values()) {
      const node = compilation.nodes.get(element.id)
      if (node === undefined) continue
      const outgoing = outgoingOf(element, container, compilation)
      const closing = findClosing(element, container, compilation)
      const run = await compileStep(element, { processId: process.id, outgoing, closing }, compilation)
      if (run === undefined) continue
      node.run = run
      if (outgoing.length === 1) node.next = outgoing[0]?.take.target
    }
  }
}

function containersOf(process: ProcessModel): readonly NodeContainer[] {
  return [process, ...process.exceptionSubprocesses]
}

function findStart(
  container: NodeContainer,
  nodes: ReadonlyMap<string, PlanNode>,
  report: Report,
): PlanNode | undefined {
  const [start, second] = [...container.nodes.values()].filter(node => node.tag === 'startEvent')
  if (start === undefined) report('no-start-event', 'Expected a start event, found none.')
  if (second !== undefined) {
    report('several-start-events', `Expected one start event, found "${start?.id}" and "${second.id}".`)
  }
  return start && nodes.get(start.id)
}

async function compileStep(element: FlowNode, place: Place, compilation: Compilation): Promise<Operation | undefined> {
  const report = compilation.reporter.at(element)
  const type = identifyStep(element)
  const step = compilation.registry.steps.find(candidate => candidate.type === type)
  if (step === undefined) {
    const code = element.event === undefined ? 'unsupported-step' : 'unsupported-event'
    report(code, `Expected a step that is supported, found ${describe(element, type)}.`)
    return undefined
  }
  checkVersion(element, step.versions, report)
  checkLeaves(step, place.outgoing, report)
  const props = readProps(step.props, element.properties, report)
  if (props === undefined) return undefined
  const context = contextOf(element, place, compilation)
  return (step.compile as StepDeclaration<typeof step.props>['compile'])(props, context)
}

function contextOf(element: FlowNode, place: Place, compilation: Compilation): StepContext {
  const { artifacts, entryPoints, preparations, processes, receivers, reporter, resources, settings } = compilation
  const report = reporter.at(element)
  const channels = receivers.get(element.id) ?? []
  return {
    element,
    ...place,
    settings,
    report,
    reportAt: other => reporter.at(other),
    value: (type, source, at = element) =>
      compileExpression(compilation, at, type, language => language.value(source, settings)),
    condition: (type, source, at = element) =>
      compileExpression(compilation, at, type, language => language.condition(source, settings)),
    resource: path => {
      const bytes = resources.get(path.replace(/^\/+/, ''))
      if (bytes === undefined) report('missing-resource', `Expected the file "${path}" in the artifact, found none.`)
      return bytes
    },
    resources,
    artifact: (id, type) => {
      const artifact = artifacts.get(id)
      if (artifact?.type === type) return artifact
      const found = artifact === undefined ? 'none: deploy it first' : `an artifact of type ${artifact.type}`
      report('missing-artifact', `Expected the ${type} "${id}", found ${found}.`)
      return undefined
    },
    findArtifact: (id, type) => {
      const artifact = artifacts.get(id)
      return artifact?.type === type ? artifact : undefined
    },
    beforeStart: prepare => void preparations.push({ at: reporter.locate(element), prepare }),
    localProcess: id => {
      const process = processes.get(id)
      if (process?.kind === 'local') return process
      report('unknown-process', `Expected the id of a local integration process with a start, found "${id}".`)
      return undefined
    },
    processBehind: () => processBehind(element, place, compilation),
    startedBy: entryPoint => void entryPoints.push(entryPoint),
    hasReceiver: channels.length > 0,
    receiver: () => onlyReceiver(channels, report),
  }
}

/** See `StepContext.processBehind`. */
function processBehind(
  element: FlowNode,
  { processId, outgoing }: Place,
  compilation: Compilation,
): string | undefined {
  const report = compilation.reporter.at(element)
  const process = compilation.processes.get(processId)
  const [next] = outgoing
  if (process?.kind === 'integration' && next !== undefined) {
    const id = `${processId}/${element.id}`
    compilation.processes.set(id, { ...process, id, start: next.take.target })
    return id
  }
  const found = next === undefined ? 'none' : 'it in another process'
  report('unsupported-place', `Expected a sequence flow to leave the step in an integration process, found ${found}.`)
  return undefined
}

/** An undefined entry stands for a channel whose own diagnostics say what is wrong with it. */
function onlyReceiver(channels: readonly (Receiver | undefined)[], report: Report): Receiver | undefined {
  if (channels.length === 1) return channels[0]
  report('receiver-channel', `Expected one receiver channel at the step, found ${channels.length || 'none'}.`)
  return undefined
}

function outgoingOf(element: FlowNode, container: NodeContainer, compilation: Compilation): Outgoing[] {
  return element.outgoing.flatMap(flowId => {
    const flow: SequenceFlow | undefined = container.flows.get(flowId)
    const target = flow && compilation.nodes.get(flow.target)
    // A flow to nowhere has its own diagnostic from the parser.
    if (flow === undefined || target === undefined || !container.nodes.has(flow.target)) return []
    return [{ flow, isDefault: element.defaultFlow === flowId, take: { kind: 'take', flowId, target } }]
  })
}

function checkLeaves(step: Step, outgoing: readonly Outgoing[], report: Report): void {
  const most = { none: 0, one: 1, several: Number.POSITIVE_INFINITY }[step.leaves]
  if (outgoing.length > most) {
    const expected = most === 0 ? 'no sequence flow' : 'at most one sequence flow'
    report('outgoing-flows', `Expected ${expected} to leave ${step.label}, found ${outgoing.length}.`)
  }
}

function describe(element: FlowNode, type: string): string {
  const activityType = element.properties.get('activityType')
  return activityType === undefined || activityType === type ? `"${type}"` : `"${type}" (${activityType})`
}

function neverCompiled(): never {
  throw new Error('A plan with a step that was not compiled must not be run.')
}

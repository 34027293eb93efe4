import type { Channel, FlowModel } from '../bpmn/model.ts'
import type { AdapterContext, AdapterSide, ErasedSide, Receiver } from './adapter.ts'
import { type Compilation, compileExpression } from './compilation.ts'
import type { EntryPoint } from './entry-point.ts'
import { readProps } from './props.ts'
import type { StandIn } from './registry.ts'
import { Reporter } from './reporter.ts'
import { checkVersion } from './versions.ts'

type Known = Pick<Compilation, 'model' | 'registry' | 'reporter' | 'settings'>

/** Compiles every receiver channel, by the id of the step that it starts at. */
export async function compileReceivers(known: Known): Promise<Map<string, (Receiver | undefined)[]>> {
  const receivers = new Map<string, (Receiver | undefined)[]>()
  for (const channel of known.model.channels) {
    if (channel.direction !== 'Receiver') continue
    // Channels of steps that look something up point at the step; all others start there.
    const stepId = known.model.participants.has(channel.source) ? channel.target : channel.source
    const receiver = await compileSide<Receiver>(known, channel, stepId, (standIn, live) => standIn.receiver(live))
    receivers.set(stepId, [...(receivers.get(stepId) ?? []), receiver])
  }
  return receivers
}

/** Compiles every sender channel to what the host has to listen for. */
export async function compileSenders(known: Known): Promise<EntryPoint[]> {
  const entryPoints: EntryPoint[] = []
  for (const channel of known.model.channels) {
    // A sender channel that ends elsewhere belongs to the step there, which polls it.
    if (channel.direction !== 'Sender' || !isStart(known.model, channel.target)) continue
    const entryPoint = await compileSide<EntryPoint>(known, channel, channel.target, (standIn, live, processId) =>
      standIn.sender(live, processId),
    )
    if (entryPoint !== undefined) entryPoints.push(entryPoint)
  }
  return entryPoints
}

async function compileSide<T>(
  known: Known,
  channel: Channel,
  nodeId: string,
  replace: (standIn: StandIn, live: T | undefined, processId: string) => T,
): Promise<T | undefined> {
  const process = processOf(known.model, nodeId)
  if (process === undefined) {
    known.reporter.at(channel)('dangling-channel', `Expected the channel to end at a step, found "${nodeId}".`)
    return undefined
  }
  const standIn = known.registry.standIn?.(channel)
  if (standIn === undefined) return compileLive(known, channel, process.id)
  const live = await compileLive<T>({ ...known, reporter: new Reporter(known.model) }, channel, process.id)
  return replace(standIn, live, process.id)
}

/** What the channel's own adapter makes of it. */
async function compileLive<T>(known: Known, channel: Channel, processId: string): Promise<T | undefined> {
  const report = known.reporter.at(channel)
  const adapter = known.registry.adapters.find(candidate => candidate.type === channel.componentType)
  const side = (channel.direction === 'Sender' ? adapter?.sender : adapter?.receiver) as ErasedSide<T> | undefined
  if (side === undefined) {
    const found = `${channel.componentType || 'none'} (${channel.direction.toLowerCase()})`
    report('unsupported-adapter', `Expected an adapter that is supported, found ${found}.`)
    return undefined
  }
  checkVersion(channel, side.versions, report)
  const props = readProps(side.props, channel.properties, report)
  if (props === undefined) return undefined
  const context: AdapterContext = {
    channel,
    processId,
    settings: known.settings,
    report,
    value: (type, source, at = channel) =>
      compileExpression(known, at, type, language => language.value(source, known.settings)),
  }
  return (side.compile as AdapterSide<typeof side.props, T>['compile'])(props, context)
}

function isStart(model: FlowModel, nodeId: string): boolean {
  const node = processOf(model, nodeId)?.nodes.get(nodeId)
  return node === undefined || node.tag === 'startEvent'
}

function processOf(model: FlowModel, nodeId: string) {
  return model.processes.find(
    process =>
      process.nodes.has(nodeId) || process.exceptionSubprocesses.some(subprocess => subprocess.nodes.has(nodeId)),
  )
}

import type { ContainerSketch, FlowRun, FlowSketch, NodeSketch, SequenceSketch } from '@sluice/iflow/testing'
import { flowText, message, runFlow } from '@sluice/iflow/testing'

/** `A B C` is a path of steps; a step is what `nodes` says of it. */
export function container(
  id: string,
  paths: readonly string[],
  nodes: Record<string, Omit<NodeSketch, 'id'>>,
): ContainerSketch {
  const flows = new Map<string, SequenceSketch>()
  for (const path of paths) {
    const steps = path.split(' ')
    for (const [index, to] of steps.slice(1).entries()) {
      const from = steps[index] ?? ''
      flows.set(`${from} ${to}`, { from, to })
    }
  }
  return { id, flows: [...flows.values()], nodes: Object.entries(nodes).map(([name, node]) => ({ id: name, ...node })) }
}

export const start = { type: 'MessageStartEvent' }
export const end = { type: 'MessageEndEvent' }
export const localStart = { type: 'StartEvent' }
export const localEnd = { type: 'EndEvent' }
export const errorStart = { type: 'ErrorStartEvent' }
export const errorEnd = { type: 'ErrorEndEvent' }
export const join = { type: 'Join' }
export const ask = { type: 'ExternalCall' }
export const parallel = { type: 'Multicast' }
export const sequential = { type: 'SequentialMulticast' }
export const gather = { type: 'Gather', properties: { aggregationAlgorithm: 'concatenate-strategy' } }
export const body = (wrapContent: string) => ({ type: 'Enricher', properties: { bodyType: 'expression', wrapContent } })
export const lines = (properties = {}) => ({
  type: 'Camel',
  properties: { exprType: 'Line Break', StopOnExecution: 'true', ...properties },
})
export const call = { type: 'NonLoopingProcess', properties: { processId: 'Local' } }

/** A Content Modifier that sets a property and a header named `mark`. */
export function mark(value: string): Omit<NodeSketch, 'id'> {
  const row = `<row><cell id='Action'>Create</cell><cell id='Type'>expression</cell><cell id='Value'>${value}</cell><cell id='Default'></cell><cell id='Name'>mark</cell><cell id='Datatype'>java.lang.String</cell></row>`
  return { type: 'Enricher', properties: { bodyType: 'expression', propertyTable: row, headerTable: row } }
}

export function receiver(step: string, properties: Record<string, string>) {
  return { step, direction: 'Receiver' as const, properties: { ComponentType: 'Test', ...properties } }
}

export function run(sketch: FlowSketch, text: string): Promise<FlowRun> {
  return runFlow(flowText(sketch), { message: message({ body: text }) })
}

/** The bodies with which a step began, in order. */
export function bodiesAt({ events }: FlowRun, elementId: string): (string | undefined)[] {
  return events
    .filter(event => event.phase === 'start' && event.elementId === elementId)
    .map(event => event.exchange?.body.text())
}

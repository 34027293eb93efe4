import type { StepExample } from '../compile/step.ts'
import { flowText, type NodeSketch, type ProcessSketch, type SequenceSketch } from './flow-text.ts'

/** The flow in which a step's example is run: a start, the step, what it needs around it, and an end. */
export function exampleFlow(type: string, example: StepExample): string {
  const isStart = type.endsWith('StartEvent')
  const isEnd = type.endsWith('EndEvent')
  const routes = example.routes ?? []
  const defaultIndex = routes.findIndex(route => route.condition === undefined)
  const step: NodeSketch = {
    id: 'Step',
    type,
    ...(example.properties && { properties: example.properties }),
    ...(example.loop && { loop: example.loop }),
    ...(defaultIndex >= 0 && { defaultFlow: `Step-Route${defaultIndex}` }),
  }
  const routeNodes = routes.map(({ body }, index) => setBody(`Route${index}`, body, 'constant'))
  const routeFlows = routes.map(
    ({ condition, expressionType }, index): SequenceSketch => ({
      from: 'Step',
      to: `Route${index}`,
      ...(condition !== undefined && { condition, expressionType: expressionType ?? 'NonXML' }),
    }),
  )
  const { partReplies } = example
  const partNodes: readonly NodeSketch[] =
    partReplies === undefined
      ? []
      : [
          setBody('Part', partReplies, 'expression'),
          { id: 'Gather', type: 'Gather', properties: { aggregationAlgorithm: 'concatenate-strategy' } },
        ]
  const path = [step, ...partNodes, { id: 'End' }].map(({ id }) => id)
  const main: ProcessSketch = {
    id: 'Main',
    nodes: [
      ...(isStart ? [] : [{ id: 'Start', type: 'MessageStartEvent' }]),
      step,
      ...routeNodes,
      ...partNodes,
      ...(isEnd ? [] : [{ id: 'End', type: 'MessageEndEvent' }]),
    ],
    flows: [
      ...(isStart ? [] : [{ from: 'Start', to: 'Step' }]),
      ...routeFlows,
      ...routeNodes.map(({ id }) => ({ from: id, to: 'End' })),
      ...(isEnd || routes.length > 0 ? [] : path.slice(1).map((to, index) => ({ from: path[index] ?? '', to }))),
    ],
  }
  const { localBody, receiverReplies: reply } = example
  return flowText({
    processes: [main, ...(localBody === undefined ? [] : [localProcess(localBody)])],
    channels:
      reply === undefined
        ? []
        : [{ step: 'Step', direction: 'Receiver', properties: { ComponentType: 'Test', reply } }],
  })
}

function localProcess(body: string): ProcessSketch {
  return {
    id: 'Local',
    nodes: [
      { id: 'LocalStart', type: 'StartEvent' },
      setBody('LocalBody', body, 'expression'),
      { id: 'LocalEnd', type: 'EndEvent' },
    ],
    flows: [
      { from: 'LocalStart', to: 'LocalBody' },
      { from: 'LocalBody', to: 'LocalEnd' },
    ],
  }
}

function setBody(id: string, wrapContent: string, bodyType: 'constant' | 'expression'): NodeSketch {
  return { id, type: 'Enricher', properties: { bodyType, wrapContent } }
}

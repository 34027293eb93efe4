import type { FlowNode, NodeContainer } from '../bpmn/model.ts'
import type { Compilation } from './compilation.ts'
import { identifyStep } from './identify-step.ts'
import type { Branching, Closing } from './step.ts'

/** How deep open steps may lie within each other before the search gives up on a path. */
const openMax = 10

/** A step on the way, and the open steps around it, innermost last. */
interface Place {
  readonly id: string
  readonly open: readonly Branching[]
}

/**
 * Finds where the sub-runs that a step opens are brought together: the nearest gather or join that belongs to it and to no
 * step that is opened on the way. Paths of routers that lead elsewhere do not matter.
 */
export function findClosing(
  element: FlowNode,
  container: NodeContainer,
  { registry, nodes }: Compilation,
): Closing | undefined {
  const branchingOf = (node: FlowNode) => registry.steps.find(({ type }) => type === identifyStep(node))?.branching
  const branching = branchingOf(element)
  if (branching !== 'splits' && branching !== 'multicasts') return undefined
  const successors = ({ id, open }: Place): Place[] =>
    (container.nodes.get(id)?.outgoing ?? []).flatMap(flowId => {
      const target = container.flows.get(flowId)?.target
      return target === undefined ? [] : [{ id: target, open }]
    })
  const seen = new Set<string>()
  const places = successors({ id: element.id, open: [branching] })
  for (const { id, open } of places) {
    const node = container.nodes.get(id)
    const key = `${id} ${open.join(' ')}`
    if (node === undefined || seen.has(key) || open.length > openMax) continue
    seen.add(key)
    const here = branchingOf(node)
    const left = openAfter(here, open)
    const target = nodes.get(id)
    if (left.length === 0 && target !== undefined && (here === 'gathers' || here === 'joins')) {
      return { branching: here, take: { kind: 'take', flowId: undefined, target } }
    }
    places.push(...successors({ id, open: left }))
  }
  return undefined
}

function openAfter(branching: Branching | undefined, open: readonly Branching[]): readonly Branching[] {
  switch (branching) {
    case undefined:
      return open
    case 'gathers':
      return open.slice(0, -1)
    case 'joins':
      return open.slice(0, Math.max(0, open.lastIndexOf('multicasts')))
    default:
      return [...open, branching]
  }
}

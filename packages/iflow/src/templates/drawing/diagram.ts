import { arrowId, type Box, type PlacedFlow, type PlacedSteps } from './placed-flow.ts'
import { type Xml, xml } from './xml-text.ts'

/** The diagram of a flow. */
export function diagram({ channels, pool, steps, subprocess, systems }: PlacedFlow): Xml {
  return xml('bpmndi:BPMNDiagram', { id: 'BPMNDiagram_1', name: 'Default Collaboration Diagram' }, [
    xml('bpmndi:BPMNPlane', { bpmnElement: 'Collaboration_1', id: 'BPMNPlane_1' }, [
      ...systems.map(({ id, box }) => shape(id, box)),
      shape('Participant_Process_1', pool),
      ...(subprocess ? [shape('SubProcess_1', subprocess.box), ...row(subprocess.steps)] : []),
      ...row(steps),
      ...channels.map(({ id, direction, step, system }) =>
        direction === 'Sender' ? edge(id, system, step) : edge(id, step, system),
      ),
    ]),
  ])
}

function row(steps: PlacedSteps): Xml[] {
  return [
    ...steps.map(({ id, box }) => shape(id, box)),
    ...steps.slice(1).flatMap((to, index) => {
      const from = steps[index]
      return from ? [edge(arrowId({ from: from.id, to: to.id }), from, to)] : []
    }),
  ]
}

function shape(id: string, { x, y, width, height }: Box): Xml {
  const bounds = { height: decimal(height), width: decimal(width), x: decimal(x), y: decimal(y) }
  return xml('bpmndi:BPMNShape', { bpmnElement: id, id: shapeId(id) }, [xml('dc:Bounds', bounds)])
}

interface End {
  readonly id: string
  readonly box: Box
}

/** From middle to middle, as the original's editor draws. */
function edge(id: string, from: End, to: End): Xml {
  const attributes = {
    bpmnElement: id,
    id: `BPMNEdge_${id}`,
    sourceElement: shapeId(from.id),
    targetElement: shapeId(to.id),
  }
  const points = [from, to].map(({ box }) =>
    xml('di:waypoint', {
      x: decimal(box.x + box.width / 2),
      'xsi:type': 'dc:Point',
      y: decimal(box.y + box.height / 2),
    }),
  )
  return xml('bpmndi:BPMNEdge', attributes, points)
}

const shapeId = (id: string) => `BPMNShape_${id}`
const decimal = (number: number) => number.toFixed(1)

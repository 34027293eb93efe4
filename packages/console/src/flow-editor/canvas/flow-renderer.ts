import BaseRenderer from 'diagram-js/lib/draw/BaseRenderer'
import type { DiagramElement, EventBus } from '../diagram.ts'
import { kindOf } from '../flow-elements.ts'
import { variantOf } from '../step-variant.ts'
import { drawConnection } from './draw-connection.ts'
import { drawIcon } from './draw-icon.ts'
import { labelLayout } from './flow-text-renderer.ts'
import { outlinePath } from './outline-of.ts'
import { create } from './svg.ts'
import { drawLines, linesOf } from './text.ts'

const priority = 1_500
const drawn =
  /^(label|bpmn:(\w*Event|\w*Gateway|CallActivity|ServiceTask|Task|SubProcess|Participant|SequenceFlow|MessageFlow))$/

/** Its own types know no elements of BPMN. */
const Base = BaseRenderer as unknown as new (events: EventBus, priority: number) => object

/** Draws flows as users of Cloud Integration know them; bpmn-js draws the rest, such as text annotations. */
class FlowRenderer extends Base {
  static readonly $inject = ['eventBus']

  constructor(events: EventBus) {
    super(events, priority)
  }

  canRender(element: DiagramElement): boolean {
    return drawn.test(element.type)
  }

  drawShape(parent: SVGElement, element: DiagramElement): SVGElement {
    const { type } = element
    if (type === 'label') return drawLabel(parent, element)
    addTitle(parent, element)
    if (type.endsWith('Event')) return drawEvent(parent, element)
    if (type.endsWith('Gateway')) return drawGateway(parent, element)
    if (type === 'bpmn:SubProcess') return drawContainer(parent, element, 'flow-exception')
    if (type !== 'bpmn:Participant') return drawStep(parent, element)
    const kind = kindOf(element.businessObject)
    if (kind === 'sender' || kind === 'receiver') return drawParticipant(parent, element)
    return drawContainer(parent, element, kind === 'localProcess' ? 'flow-local-process' : 'flow-process')
  }

  drawConnection(parent: SVGElement, element: DiagramElement): SVGElement {
    addTitle(parent, element)
    return drawConnection(parent, element)
  }

  getShapePath(element: DiagramElement): string {
    return outlinePath(element)
  }

  getConnectionPath({ waypoints = [] }: DiagramElement): string {
    return waypoints.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x},${y}`).join('')
  }
}

/** The whole name, for who points at it. */
function addTitle(parent: SVGElement, { businessObject }: DiagramElement): void {
  if (!businessObject.name) return
  const title = create('title')
  title.textContent = businessObject.name
  parent.append(title)
}

function drawLabel(parent: SVGElement, { businessObject, width }: DiagramElement): SVGElement {
  return drawLines(parent, linesOf(businessObject.name ?? '', labelLayout), {
    x: width / 2,
    y: 0,
    size: labelLayout.size,
  })
}

function box({ width, height }: DiagramElement, radius: number, className: string): SVGElement {
  return create('rect', { x: 0, y: 0, width, height, rx: radius, class: className })
}

function drawStep(parent: SVGElement, element: DiagramElement): SVGElement {
  const { width, height, businessObject } = element
  const outline = box(element, 8, 'flow-step')
  parent.append(outline)
  drawIcon(parent, variantOf(businessObject), { x: width / 2 - 12, y: height > 50 ? 7 : 3 })
  const lines = linesOf(businessObject.name ?? '', { size: 11, width: width - 10, linesMax: 2 })
  drawLines(parent, lines, { x: width / 2, y: height - 6 - 14 * Math.max(lines.length, 1.5), size: 11 })
  return outline
}

function drawEvent(parent: SVGElement, { type, width, height, businessObject }: DiagramElement): SVGElement {
  const className = type === 'bpmn:EndEvent' ? 'flow-event flow-end' : 'flow-event flow-start'
  const outline = create('ellipse', {
    cx: width / 2,
    cy: height / 2,
    rx: width / 2,
    ry: height / 2,
    class: className,
  })
  parent.append(outline)
  const variant = variantOf(businessObject)
  if (variant !== 'StartEvent' && variant !== 'EndEvent') {
    drawIcon(parent, variant, { x: width / 2 - 12, y: height / 2 - 8 })
  }
  return outline
}

/** What is inside of the diamond of a gateway. */
const signs: Readonly<Record<string, string>> = {
  ExclusiveGateway: 'M-6-6 6 6M6-6-6 6',
  Multicast: 'M0-8V8M-8 0H8',
  SequentialMulticast: 'M-6-5H6M-6 0H6M-6 5H6',
  Join: 'M-8-5 0 0l-8 5M-8 0H8M5-3 8 0 5 3',
}

function drawGateway(parent: SVGElement, { width, height, businessObject }: DiagramElement): SVGElement {
  const outline = create('path', {
    d: `M${width / 2} 0 ${width} ${height / 2} ${width / 2} ${height} 0 ${height / 2}z`,
    class: 'flow-gateway',
  })
  parent.append(outline)
  const d = signs[variantOf(businessObject)]
  if (d) parent.append(create('path', { d, class: 'flow-sign', transform: `translate(${width / 2} ${height / 2})` }))
  return outline
}

function drawParticipant(parent: SVGElement, element: DiagramElement): SVGElement {
  const { width, height, businessObject } = element
  const outline = box(element, 8, 'flow-participant')
  parent.append(outline)
  drawIcon(parent, variantOf(businessObject), { x: width / 2 - 18, y: height / 2 - 34, scale: 1.5 })
  const lines = linesOf(businessObject.name ?? '', { size: 12, width: width - 12, linesMax: 4 })
  drawLines(parent, lines, { x: width / 2, y: height / 2 - 4, size: 12 })
  return outline
}

function drawContainer(parent: SVGElement, element: DiagramElement, className: string): SVGElement {
  const outline = box(element, 10, className)
  parent.append(outline)
  const lines = linesOf(element.businessObject.name ?? '', { size: 12, width: element.width - 24, linesMax: 1 })
  drawLines(parent, lines, { x: 12, y: 7, size: 12, anchor: 'start' })
  return outline
}

/** Module of a diagram. */
export const flowRenderer = { __init__: ['flowRenderer'], flowRenderer: ['type', FlowRenderer] }

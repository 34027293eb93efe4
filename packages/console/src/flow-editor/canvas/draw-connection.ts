import type { DiagramElement, Point } from '../diagram.ts'
import { create } from './svg.ts'

const cornerRadius = 6
const headLength = 8
const headWidth = 4

/** Draws a sequence flow or the channel of an adapter, with its head. */
export function drawConnection(parent: SVGElement, element: DiagramElement): SVGElement {
  const { waypoints = [], type, businessObject } = element
  const kind = type === 'bpmn:MessageFlow' ? 'flow-channel' : 'flow-sequence'
  const line = create('path', { d: roundedPath(waypoints), class: kind })
  parent.append(line)
  const [before, end] = waypoints.slice(-2)
  if (before && end) parent.append(create('path', { d: headPath(before, end), class: `${kind}-head` }))
  const [start, next] = waypoints
  if (start && next && isDefault(businessObject)) {
    parent.append(create('path', { d: slashPath(start, next), class: kind }))
  }
  return line
}

function isDefault(flow: DiagramElement['businessObject']): boolean {
  const router = flow.get('sourceRef') as DiagramElement['businessObject'] | undefined
  return flow.$type === 'bpmn:SequenceFlow' && router?.get('default') === flow
}

/** Straight lines with round corners. */
function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      if (index === 0) return `M${point.x} ${point.y}`
      const [before, after] = [points[index - 1], points[index + 1]]
      if (!before || !after) return `L${point.x} ${point.y}`
      const radius = Math.min(cornerRadius, distance(before, point) / 2, distance(point, after) / 2)
      const [from, to] = [towards(point, before, radius), towards(point, after, radius)]
      return `L${from.x} ${from.y}Q${point.x} ${point.y} ${to.x} ${to.y}`
    })
    .join('')
}

function headPath(before: Point, end: Point): string {
  const base = towards(end, before, headLength)
  const length = distance(before, end) || 1
  const [nx, ny] = [(-(end.y - before.y) / length) * headWidth, ((end.x - before.x) / length) * headWidth]
  return `M${end.x} ${end.y}L${base.x + nx} ${base.y + ny}L${base.x - nx} ${base.y - ny}z`
}

/** The mark of what a router takes when no condition holds. */
function slashPath(start: Point, next: Point): string {
  const { x, y } = towards(start, next, 12)
  return `M${x - 4} ${y + 5}L${x + 4} ${y - 5}`
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) / whole) * length, y: from.y + ((to.y - from.y) / whole) * length }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

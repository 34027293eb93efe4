import type { Bounds, Canvas, Diagram, DiagramElement, ElementRegistry } from './diagram.ts'

const margin = 30
/** Below this, names cannot be read. */
const readableScale = 0.5

/** Shows all of a flow, at most as large as it is drawn. */
export function fit(diagram: Diagram): void {
  const canvas = diagram.get<Canvas>('canvas')
  const { inner, outer } = canvas.viewbox()
  const [width, height] = [inner.width + 2 * margin, inner.height + 2 * margin]
  const scale = Math.min(1, outer.width / width, outer.height / height)
  const [shownWidth, shownHeight] = [outer.width / scale, outer.height / scale]
  canvas.viewbox({
    x: inner.x - (shownWidth - inner.width) / 2,
    y: inner.y - (shownHeight - inner.height) / 2,
    width: shownWidth,
    height: shownHeight,
  })
}

/** Shows all of a flow, or, where that could not be read, where its largest process begins. */
export function showStart(diagram: Diagram): void {
  fit(diagram)
  const canvas = diagram.get<Canvas>('canvas')
  if (canvas.zoom() >= readableScale) return
  const { outer } = canvas.viewbox()
  const start = largest(
    diagram.get<ElementRegistry>('elementRegistry').filter(({ type }) => type === 'bpmn:Participant'),
  )
  const scale = 0.75
  const [width, height] = [outer.width / scale, outer.height / scale]
  canvas.viewbox({
    x: start.x - 200,
    y: start.height + 2 * margin > height ? start.y - margin : start.y - (height - start.height) / 2,
    width,
    height,
  })
}

function largest(shapes: readonly DiagramElement[]): Bounds {
  const area = ({ width, height }: Bounds) => width * height
  const none: Bounds = { x: 0, y: 0, width: 0, height: 0 }
  return shapes.reduce<Bounds>((found, shape) => (area(shape) > area(found) ? shape : found), none)
}

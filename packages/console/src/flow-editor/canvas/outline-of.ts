import type { Outline } from '../cropped-waypoints.ts'
import type { DiagramElement } from '../diagram.ts'

/** The outline that an element is drawn with. */
export function outlineOf({ type }: Pick<DiagramElement, 'type'>): Outline {
  if (type.endsWith('Event')) return 'circle'
  return type.endsWith('Gateway') ? 'diamond' : 'rectangle'
}

/** The same as path data, where the element is. */
export function outlinePath(element: DiagramElement): string {
  const { x, y, width, height } = element
  const [rx, ry] = [width / 2, height / 2]
  const outline = outlineOf(element)
  if (outline === 'circle') return `M${x} ${y + ry}a${rx} ${ry} 0 1 0 ${width} 0a${rx} ${ry} 0 1 0 ${-width} 0z`
  if (outline === 'diamond') return `M${x + rx} ${y}l${rx} ${ry}l${-rx} ${ry}l${-rx} ${-ry}z`
  return `M${x} ${y}h${width}v${height}h${-width}z`
}

import type { Outline } from '../cropped-waypoints.ts'
import type { DiagramElement } from '../diagram.ts'

/** The outline that an element is drawn with. */
export function outlineOf({ type }: Pick<DiagramElement, 'type'>): Outline {
  if (type.endsWith('Event')) return 'circle'
  return type.endsWith('Gateway') ? 'diamond' : 'rectangle'
}

import type { Canvas, Diagram, DiagramElement, ElementRegistry, Point, Selection } from './diagram.ts'

/** What is drawn at an element: a button with a sign. */
export interface ElementMark {
  readonly elementId: string
  /** CSS class of the element's drawing. */
  readonly marker?: string
  /** CSS class of the button. */
  readonly className: string
  /** A character or two. */
  readonly sign: string
  /** What it means, for those who point at it and those who do not see it. */
  readonly text: string
  readonly onClick: () => void
}

/** diagram-js's service for what lies above the drawing. */
interface Overlays {
  add(elementId: string, type: string, overlay: object): string
  remove(filter: { readonly type: string }): void
}

/** Where the button is: in pixels from the edges of the element. */
export type MarkPlace = Readonly<Partial<Record<'top' | 'bottom' | 'left' | 'right', number>>>

/** Draws marks of one type; returns what takes them away again. Elements that the diagram does not have get none. */
export function drawMarks(diagram: Diagram, type: string, place: MarkPlace, marks: readonly ElementMark[]): () => void {
  const overlays = diagram.get<Overlays>('overlays')
  const canvas = diagram.get<Canvas>('canvas')
  const elements = diagram.get<ElementRegistry>('elementRegistry')
  const drawn = marks.filter(({ elementId }) => elements.get(elementId) !== undefined)
  for (const mark of drawn) {
    overlays.add(mark.elementId, type, { position: place, show: { minZoom: 0 }, html: buttonOf(mark) })
    if (mark.marker) canvas.addMarker(mark.elementId, mark.marker)
  }
  return () => {
    overlays.remove({ type })
    for (const { elementId, marker } of drawn) {
      if (marker && elements.get(elementId)) canvas.removeMarker(elementId, marker)
    }
  }
}

function buttonOf({ className, sign, text, onClick }: ElementMark): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = `element-mark ${className}`
  button.textContent = sign
  button.title = text
  button.setAttribute('aria-label', text)
  button.addEventListener('click', onClick)
  return button
}

/** Selects an element and brings it into the middle of what is seen. False when the diagram does not have it. */
export function showElement(diagram: Diagram, id: string): boolean {
  const element = diagram.get<ElementRegistry>('elementRegistry').get(id)
  if (!element) return false
  const canvas = diagram.get<Canvas>('canvas')
  const middle = middleOf(element)
  const { width, height } = canvas.viewbox()
  canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height })
  diagram.get<Selection>('selection').select(element)
  return true
}

function middleOf({ waypoints, x, y, width, height }: DiagramElement): Point {
  const between = waypoints && [waypoints[Math.floor((waypoints.length - 1) / 2)], waypoints.at(-1)]
  const [start, end] = between ?? []
  if (start && end) return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  return { x: x + width / 2, y: y + height / 2 }
}

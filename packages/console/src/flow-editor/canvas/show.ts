import type { Canvas, Diagram, EventBus } from '../diagram.ts'
import { withExpandedSubprocesses } from '../expanded-subprocesses.ts'
import { showStart } from '../fit.ts'

/** Shows the flow of an .iflw file in a diagram in `container`. */
export async function show(diagram: Diagram, container: HTMLElement, text: string): Promise<Diagram> {
  try {
    await diagram.importXML(withExpandedSubprocesses(text))
    keepInView(diagram, container)
    return diagram
  } catch (error) {
    diagram.destroy()
    throw error
  }
}

/** Begins with what is to be seen first, and again when there is another amount of room, unless somebody has gone elsewhere. */
function keepInView(diagram: Diagram, container: HTMLElement): void {
  const canvas = diagram.get<Canvas>('canvas')
  const place = () => {
    const { x, y, scale } = canvas.viewbox()
    return `${x} ${y} ${scale}`
  }
  // Without room, as when a page is left meanwhile, there is no scale.
  const hasRoom = () => container.clientWidth > 0 && container.clientHeight > 0
  if (hasRoom()) showStart(diagram)
  let begun = place()
  const observer = new ResizeObserver(() => {
    if (!hasRoom()) return
    const isAtBegin = place() === begun
    canvas.resized()
    if (!isAtBegin) return
    showStart(diagram)
    begun = place()
  })
  observer.observe(container)
  diagram.get<EventBus>('eventBus').on('diagram.destroy', () => {
    observer.disconnect()
  })
}

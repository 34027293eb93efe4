import { useEffect } from 'react'
import type { Diagram, DiagramEvent, EventBus } from './diagram.ts'

/** Calls `listener` for each event of a diagram. */
export function useDiagramEvent(diagram: Diagram, name: string, listener: (event: DiagramEvent) => void): void {
  useEffect(() => {
    const events = diagram.get<EventBus>('eventBus')
    // What a listener returns, diagram-js would take as an answer.
    const heard = (event: DiagramEvent) => {
      listener(event)
    }
    events.on(name, heard)
    return () => events.off(name, heard)
  }, [diagram, name, listener])
}

import { useCallback, useSyncExternalStore } from 'react'
import type { Diagram, EventBus } from './diagram.ts'

/**
 * Something of a diagram that may be another after an event. `event` is the same object in each rendering; `read` gives the same
 * value as long as nothing has changed.
 */
export function useDiagramState<Value>(diagram: Diagram, event: string | readonly string[], read: () => Value): Value {
  const subscribe = useCallback(
    (listener: () => void) => {
      const events = diagram.get<EventBus>('eventBus')
      // As the last, when all others have done what they do.
      const tell = () => listener()
      events.on(event, 100, tell)
      return () => events.off(event, tell)
    },
    [diagram, event],
  )
  return useSyncExternalStore(subscribe, read)
}

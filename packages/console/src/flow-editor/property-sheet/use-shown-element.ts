import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { FlowElement } from '../flow-changes.ts'
import type { SheetModeler } from './sheet.ts'

/** What a person looks at: one element, the flow as a whole where nothing is selected, or how many are. */
export type Shown = FlowElement | number

interface Selected extends FlowElement {
  /** Of a name beside its element. */
  readonly labelTarget?: FlowElement
}

interface EventBus {
  on(events: readonly string[], listener: () => void): void
  off(events: readonly string[], listener: () => void): void
}

const events = ['selection.changed', 'elements.changed', 'import.done', 'commandStack.changed']

/** The selected element, with a number that rises whenever something of the flow has changed. */
export function useShownElement(modeler: SheetModeler): { readonly shown: Shown; readonly revision: number } {
  const revision = useRef(0)
  const subscribe = useCallback(
    (listener: () => void) => {
      const bus = modeler.get<EventBus>('eventBus')
      const changed = () => {
        revision.current += 1
        listener()
      }
      bus.on(events, changed)
      return () => bus.off(events, changed)
    },
    [modeler],
  )
  const current = useSyncExternalStore(subscribe, () => revision.current)
  return { shown: shownElement(modeler), revision: current }
}

function shownElement(modeler: SheetModeler): Shown {
  const selected = modeler.get<{ get(): readonly Selected[] }>('selection').get()
  const elements = [...new Set(selected.map(element => element.labelTarget ?? element))]
  if (elements.length > 1) return elements.length
  return elements[0] ?? modeler.get<{ getRootElement(): FlowElement }>('canvas').getRootElement()
}

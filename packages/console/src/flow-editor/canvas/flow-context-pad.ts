import i18next from 'i18next'
import type { DiagramElement, EventBus } from '../diagram.ts'
import { kindOf } from '../flow-elements.ts'

/** What is told when a step is to follow another, or when something is to be explained: `{ element }`. */
export const appendEvent = 'sluice.append'
export const infoEvent = 'sluice.info'

interface ContextPad {
  registerProvider(provider: object): void
}

interface Modeling {
  removeElements(elements: readonly DiagramElement[]): void
}

interface Connect {
  start(event: Event, element: DiagramElement): void
}

interface Entry {
  readonly group: string
  readonly title: string
  readonly html: string
  readonly action: object
}

const drawings = {
  append: 'M8 3v10M3 8h10',
  connect: 'M3 13 12 4M12 4H7M12 4v5',
  info: 'M8 7v5M8 4v.5M2 8a6 6 0 1 0 12 0 6 6 0 1 0-12 0',
  remove: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4',
} as const

/** What can be done with what is selected, beside it. */
class FlowContextPad {
  static readonly $inject = ['eventBus', 'contextPad', 'modeling', 'connect']
  readonly #events: EventBus
  readonly #modeling: Modeling
  readonly #connect: Connect

  constructor(events: EventBus, pad: ContextPad, modeling: Modeling, connect: Connect) {
    this.#events = events
    this.#modeling = modeling
    this.#connect = connect
    pad.registerProvider(this)
  }

  getContextPadEntries(element: DiagramElement): Record<string, Entry> {
    if (element.type === 'label') return {}
    const kind = kindOf(element.businessObject)
    const isStep = kind === 'step' && element.type !== 'bpmn:EndEvent'
    const connects = kind === 'step' || kind === 'sender' || kind === 'receiver'
    const connect = (event: Event) => this.#connect.start(event, element)
    return {
      ...(isStep && { append: entry('append', { click: () => this.#events.fire(appendEvent, { element }) }) }),
      ...(connects && { connect: entry('connect', { click: connect, dragstart: connect }) }),
      info: entry('info', { click: () => this.#events.fire(infoEvent, { element }) }),
      remove: entry('remove', { click: () => this.#modeling.removeElements([element]) }),
    }
  }

  getMultiElementContextPadEntries(elements: readonly DiagramElement[]): Record<string, Entry> {
    return { remove: entry('remove', { click: () => this.#modeling.removeElements([...elements]) }) }
  }
}

function entry(name: keyof typeof drawings, action: object): Entry {
  const icon = `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${drawings[name]}"/></svg>`
  const html = `<button type="button" class="entry flow-pad-entry" draggable="true">${icon}</button>`
  return { group: 'flow', title: i18next.t(`flowEditor.pad.${name}`), html, action }
}

/** Module of a modeler; in place of the pad of BPMN. */
export const flowContextPad = { __init__: ['contextPadProvider'], contextPadProvider: ['type', FlowContextPad] }

import type { EventBus } from '../diagram.ts'

/** What is told when an element is to be looked for. */
export const findEvent = 'sluice.find'

/** In place of bpmn-js's pad to search in: the page asks what to look for. */
class FindRequests {
  static readonly $inject = ['eventBus']
  readonly #events: EventBus

  constructor(events: EventBus) {
    this.#events = events
  }

  /** Called by the key and by the action `find`. */
  toggle(): void {
    this.#events.fire(findEvent)
  }

  registerProvider(): void {}

  close(): void {}

  isOpen(): boolean {
    return false
  }
}

/** Module of a modeler. */
export const findRequests = { searchPad: ['type', FindRequests] }

import type { EventBus } from '../diagram.ts'

/** Names of new elements are not asked for at once: they have one, and the property sheet has a field for it. */
class QuietLabels {
  static readonly $inject = ['eventBus', 'directEditing']

  constructor(events: EventBus, editing: { isActive(): boolean; cancel(): void }) {
    // Right after bpmn-js has begun to edit.
    events.on(['create.end', 'autoPlace.end'], 499, () => {
      if (editing.isActive()) editing.cancel()
    })
  }
}

/** Module of a modeler. */
export const quietLabels = { __init__: ['quietLabels'], quietLabels: ['type', QuietLabels] }

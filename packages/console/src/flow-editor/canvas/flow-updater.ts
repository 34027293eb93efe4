import BpmnUpdater from 'bpmn-js/lib/features/modeling/BpmnUpdater'
import type { DiagramElement, EventBus } from '../diagram.ts'
import type { ModdleElement } from '../ifl-properties.ts'

/** What is used of bpmn-js's own, whose types know no elements of BPMN. */
interface Updater {
  updateSemanticParent(element: ModdleElement, parent: ModdleElement | undefined, visualParent?: ModdleElement): void
  updateBounds(shape: DiagramElement): void
}

const Base = BpmnUpdater as unknown as new (...services: unknown[]) => Updater

/** Keeps the file as it is where bpmn-js would write what nobody has changed. */
class FlowUpdater extends Base {
  static readonly $inject = ['eventBus', 'bpmnFactory', 'connectionDocking']

  constructor(events: EventBus, ...services: unknown[]) {
    super(events, ...services)
    events.on('saveXML.start', ({ definitions }) => {
      for (const drawn of definitions.diagrams?.[0]?.plane?.planeElement ?? []) {
        // Of steps that were named: bpmn-js notes that there is a name, and nothing of it.
        if (drawn.label && !drawn.label.bounds) drawn.set('label', undefined)
      }
    })
  }

  /** Elements that stay in their process keep their place: a router takes the first route in the file that holds. */
  override updateSemanticParent(
    element: ModdleElement,
    parent: ModdleElement | undefined,
    visualParent?: ModdleElement,
  ): void {
    const process = parent?.$type === 'bpmn:Participant' ? parent.get('processRef') : undefined
    if (process !== undefined && element.$parent === process) return
    super.updateSemanticParent(element, parent, visualParent)
  }

  /** Names are below their element, wherever it is: Cloud Integration has no places for them in its files. */
  override updateBounds(shape: DiagramElement): void {
    if (shape.labelTarget === undefined) super.updateBounds(shape)
  }
}

/** Module of a modeler. The order of what is drawn is not that of the file, which stays; so do names below their element. */
export const flowUpdater = {
  bpmnUpdater: ['type', FlowUpdater],
  bpmnDiOrdering: ['value', {}],
  adaptiveLabelPositioningBehavior: ['value', {}],
}

import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor'
import type { DiagramElement, EventBus } from '../diagram.ts'
import type { NewElements } from './new-elements.ts'

interface Modeling {
  updateProperties(element: DiagramElement, properties: object): void
}

interface Created {
  readonly context: { readonly source: DiagramElement; readonly connection: DiagramElement; readonly hints?: object }
}

/** Its own types know no elements of BPMN. */
const Base = CommandInterceptor as unknown as new (
  events: EventBus,
) => {
  preExecute(command: string, listener: (event: Created) => void): void
  postExecuted(command: string, listener: (event: Created) => void): void
}

/** Sequence flows that leave a Router begin as routes; the first is what it takes when no condition holds. */
class RouteDefaults extends Base {
  static readonly $inject = ['eventBus', 'modeling', 'newElements']

  constructor(events: EventBus, modeling: Modeling, elements: NewElements) {
    super(events)
    this.preExecute('connection.create', ({ context: { source, connection } }) => {
      const { businessObject } = connection
      if (!isRoute(source, connection) || businessObject.get('extensionElements')) return
      businessObject.set('extensionElements', elements.routeExtensions())
      businessObject.set('name', `Route ${source.outgoing.length + 1}`)
    })
    this.postExecuted('connection.create', ({ context: { source, connection } }) => {
      if (!isRoute(source, connection) || source.businessObject.get('default')) return
      modeling.updateProperties(source, { default: connection.businessObject })
    })
  }
}

function isRoute(source: DiagramElement, { type }: DiagramElement): boolean {
  return source.type === 'bpmn:ExclusiveGateway' && type === 'bpmn:SequenceFlow'
}

/** Module of a modeler. */
export const routeDefaults = { __init__: ['routeDefaults'], routeDefaults: ['type', RouteDefaults] }

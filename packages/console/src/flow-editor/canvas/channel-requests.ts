import type { DiagramElement, DiagramEvent, EventBus, Point } from '../diagram.ts'

/** What is told when somebody has connected a participant with a step: which adapter it is to be, is to be asked. */
export const channelEvent = 'sluice.channel'

/** The ends of a channel that is to be. */
export interface ChannelRequest {
  readonly source: DiagramElement
  readonly target: DiagramElement
  readonly hints: { readonly connectionStart: Point; readonly connectionEnd: Point }
}

/** Before bpmn-js, which would connect at once. */
const priority = 1_500

/** Has somebody choose the adapter first when a channel is drawn. */
class ChannelRequests {
  static readonly $inject = ['eventBus']

  constructor(events: EventBus) {
    events.on('connect.end', priority, ({ context, x, y }: DiagramEvent) => {
      const { canExecute, source, target, start, connectionStart } = context
      if (canExecute?.type !== 'bpmn:MessageFlow') return undefined
      const isReverse = source !== start
      const [from, to] = [connectionStart, { x, y }]
      const hints = { connectionStart: isReverse ? to : from, connectionEnd: isReverse ? from : to }
      const request: ChannelRequest = { source, target, hints }
      events.fire(channelEvent, { request })
      return true
    })
  }
}

/** Module of a modeler. */
export const channelRequests = { __init__: ['channelRequests'], channelRequests: ['type', ChannelRequests] }

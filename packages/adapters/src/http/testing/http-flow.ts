import { flowText } from '@sluice/iflow/testing'

export type Texts = Readonly<Record<string, string>>

/** A flow that sends its message by one channel of the HTTP receiver. `onFailure`: the body that an exception subprocess leaves. */
export function httpFlow(channel: Texts, onFailure?: string): string {
  const handler = {
    id: 'Handler',
    nodes: [
      { id: 'Caught', type: 'ErrorStartEvent' },
      { id: 'Tell', type: 'Enricher', properties: { wrapContent: onFailure ?? '' } },
      { id: 'Told', type: 'MessageEndEvent' },
    ],
    flows: [
      { from: 'Caught', to: 'Tell' },
      { from: 'Tell', to: 'Told' },
    ],
  }
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Call', type: 'ExternalCall' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Call' },
          { from: 'Call', to: 'End' },
        ],
        ...(onFailure === undefined ? {} : { onFailure: handler }),
      },
    ],
    channels: [
      {
        step: 'Call',
        direction: 'Receiver',
        properties: { ComponentType: 'HTTP', httpAddressWithoutQuery: 'https://a.example/x', ...channel },
      },
    ],
  })
}

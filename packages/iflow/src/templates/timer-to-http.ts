import type { FlowTemplate } from './flow-template.ts'

export const timerToHttp: FlowTemplate = {
  type: 'timer-to-http',
  label: 'Timer with HTTP Call',
  doc: 'Reads from another system over HTTP when it is deployed, or at the times that the timer is given.',
  outline: () => ({
    systems: [{ name: 'Receiver', direction: 'Receiver' }],
    steps: [
      { type: 'TimerStartEvent', name: 'Start Timer' },
      {
        type: 'ExternalCall',
        name: 'Request Reply',
        channel: {
          system: 'Receiver',
          adapter: 'HTTP',
          properties: { httpAddressWithoutQuery: 'https://www.example.com', httpMethod: 'GET' },
        },
      },
      { type: 'MessageEndEvent', name: 'End' },
    ],
  }),
}

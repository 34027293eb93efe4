import { addressFrom } from './address.ts'
import type { FlowTemplate } from './flow-template.ts'

export const httpsToReply: FlowTemplate = {
  type: 'https-to-reply',
  label: 'HTTPS Request with Reply',
  doc: 'Answers requests at an address that is the ID of the flow, with a text from a Content Modifier.',
  outline: id => ({
    systems: [{ name: 'Sender', direction: 'Sender' }],
    steps: [
      {
        type: 'MessageStartEvent',
        name: 'Start',
        channel: { system: 'Sender', adapter: 'HTTPS', properties: { urlPath: addressFrom(id), xsrfProtection: '0' } },
      },
      {
        type: 'Enricher',
        name: 'Set Reply',
        properties: {
          headerTable:
            "<row><cell id='Action'>Create</cell><cell id='Type'>constant</cell><cell id='Value'>text/plain</cell><cell id='Default'></cell><cell id='Name'>Content-Type</cell><cell id='Datatype'></cell></row>",
          bodyType: 'expression',
          wrapContent: 'Hello from ${camelId}',
        },
      },
      { type: 'MessageEndEvent', name: 'End' },
    ],
  }),
}

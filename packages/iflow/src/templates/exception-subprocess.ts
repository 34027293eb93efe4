import { addressFrom } from './address.ts'
import type { FlowTemplate } from './flow-template.ts'

export const exceptionSubprocess: FlowTemplate = {
  type: 'exception-subprocess',
  label: 'HTTPS Request with Exception Subprocess',
  doc: 'Passes requests on to another system over HTTP; when that fails, answers with status 502 and the text of the failure.',
  outline: id => ({
    systems: [
      { name: 'Sender', direction: 'Sender' },
      { name: 'Receiver', direction: 'Receiver' },
    ],
    steps: [
      {
        type: 'MessageStartEvent',
        name: 'Start',
        channel: { system: 'Sender', adapter: 'HTTPS', properties: { urlPath: addressFrom(id), xsrfProtection: '0' } },
      },
      {
        type: 'ExternalCall',
        name: 'Request Reply',
        channel: {
          system: 'Receiver',
          adapter: 'HTTP',
          properties: { httpAddressWithoutQuery: 'https://www.example.com', allowedRequestHeaders: 'Content-Type' },
        },
      },
      { type: 'MessageEndEvent', name: 'End' },
    ],
    onFailure: [
      { type: 'ErrorStartEvent', name: 'Error Start' },
      {
        type: 'Enricher',
        name: 'Set Error',
        properties: {
          headerTable:
            "<row><cell id='Action'>Create</cell><cell id='Type'>constant</cell><cell id='Value'>502</cell><cell id='Default'></cell><cell id='Name'>CamelHttpResponseCode</cell><cell id='Datatype'></cell></row>",
          bodyType: 'expression',
          wrapContent: '${exception.message}',
        },
      },
      { type: 'MessageEndEvent', name: 'Error End' },
    ],
  }),
}

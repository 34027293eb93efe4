import { defineAdapter, tab, text } from '@sluice/iflow'
import { compileReceiver } from './receiver.ts'
import { compileSender } from './sender.ts'

const versions = { from: '1.0', to: '1.1' }
const channel = {
  version: '1.1.2',
  vendor: 'SAP',
  transportProtocol: 'Not Applicable',
  messageProtocol: 'Not Applicable',
}

export const processDirect = defineAdapter({
  type: 'ProcessDirect',
  label: 'ProcessDirect',
  doc: [
    'Connects flows of the same server without a network. Any number of flows may call an address; one deployed flow',
    'answers it. Properties never cross, and the answering flow sees only the headers that its allowed headers let in.',
  ].join(' '),
  sender: {
    doc: 'Answers the calls of other flows at an address.',
    versions,
    channel,
    props: tab('Connection', {
      address: text('Address', 'The address, with or without a leading `/`. Letters, digits, `/`, `_`, `-`, `.`, `~`.'),
    }),
    compile: compileSender,
  },
  receiver: {
    doc: 'Calls the flow at an address and waits. Its body and headers are the answer; its failure fails the step.',
    versions,
    channel,
    props: tab('Connection', {
      address: text('Address', 'The address, with or without a leading `/`; may hold Simple expressions.', {
        expression: 'simple',
      }),
    }),
    compile: compileReceiver,
  },
  examples: [
    { title: 'A flow that others call', direction: 'Sender', properties: { address: '/orders/check' } },
    { title: 'A fixed address', direction: 'Receiver', properties: { address: '/orders/check' } },
    {
      title: 'An address from the message',
      direction: 'Receiver',
      properties: { address: '/orders/${property.kind}' },
    },
  ],
})

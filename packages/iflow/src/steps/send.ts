import { defineStep } from '../compile/step.ts'

export const send = defineStep({
  type: 'Send',
  label: 'Send',
  doc: 'Sends the message to the receiver behind its channel and goes on with the message as it was. A failing receiver fails the step.',
  versions: { from: '1.0', to: '1.0' },
  group: 'Call',
  element: { tag: 'serviceTask', version: '1.0.4', properties: { activityType: 'Send' } },
  leaves: 'one',
  props: {},
  examples: [
    {
      title: 'The body stays, whatever the receiver answers',
      receiverReplies: 'answer',
      input: { body: 'question' },
      output: { body: 'question' },
    },
  ],
  compile: (_, context) => {
    const receiver = context.receiver()
    if (receiver === undefined) return undefined
    return (exchange, scope) => receiver(exchange.copy(), scope)?.then(() => undefined)
  },
})

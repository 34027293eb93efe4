import { defineStep } from '../compile/step.ts'

export const requestReply = defineStep({
  type: 'ExternalCall',
  label: 'Request Reply',
  doc: [
    'Calls the receiver behind its channel and waits. The answer replaces the body and adds its headers; properties stay.',
    'A failing receiver fails the step.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Call',
  element: { tag: 'serviceTask', version: '1.0.4', properties: { activityType: 'ExternalCall' } },
  leaves: 'one',
  props: {},
  examples: [
    {
      title: 'The answer becomes the body',
      receiverReplies: 'answer',
      input: { body: 'question' },
      output: { body: 'answer' },
    },
  ],
  compile: (_, context) => {
    const receiver = context.receiver()
    if (receiver === undefined) return undefined
    return (exchange, scope) => receiver(exchange, scope)?.then(() => undefined)
  },
})

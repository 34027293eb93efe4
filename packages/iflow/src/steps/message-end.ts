import { defineStep } from '../compile/step.ts'
import type { End } from '../run/plan.ts'

const end: End = { kind: 'end', how: 'completed', reason: '' }

export const messageEnd = defineStep({
  type: 'MessageEndEvent',
  label: 'End Message',
  doc: [
    'Ends a path. In an integration process the message goes back to the sender; with a receiver channel, the receiver is',
    'called first and its answer goes back. In an exception subprocess the whole message is then completed.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Events',
  element: { tag: 'endEvent', event: 'message', version: '1.1.0', properties: {} },
  leaves: 'none',
  props: {},
  examples: [
    { title: 'The message goes back to the sender', input: { body: 'done' }, output: { body: 'done' } },
    {
      title: 'A receiver channel is called first',
      input: { body: 'question' },
      receiverReplies: 'answer',
      output: { body: 'answer' },
    },
  ],
  compile: (_, context) => {
    if (!context.hasReceiver) return () => end
    const receiver = context.receiver()
    if (receiver === undefined) return undefined
    return (exchange, scope) => {
      const pending = receiver(exchange, scope)
      return pending === undefined ? end : pending.then(() => end)
    }
  },
})

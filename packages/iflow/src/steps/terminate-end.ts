import { defineStep } from '../compile/step.ts'
import type { Stop } from '../run/plan.ts'

const stop: Stop = { kind: 'stop', status: 'COMPLETED', failure: undefined }

export const terminateEnd = defineStep({
  type: 'TerminateEndEvent',
  label: 'Terminate Message',
  doc: [
    'Stops the whole message, also in a local integration process: nothing that follows runs, and its status is COMPLETED.',
    'A sender that waits gets the message as it is.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Events',
  element: { tag: 'endEvent', event: 'terminate', properties: { activityType: 'TerminateEvent' } },
  leaves: 'none',
  props: {},
  examples: [{ title: 'The message stops here', input: { body: 'order' }, output: { body: 'order' } }],
  compile: () => () => stop,
})

import { defineStep } from '../compile/step.ts'
import type { End } from '../run/plan.ts'

export const errorEnd = defineStep({
  type: 'ErrorEndEvent',
  label: 'Error End',
  doc: [
    'Fails. In an exception subprocess the failure that was caught is raised again; elsewhere a new one is raised, which',
    "the process's own exception subprocess handles. From a local integration process the failure goes to the caller,",
    'whose exception subprocess handles it. What nobody handles ends the message with status FAILED.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Events',
  element: { tag: 'endEvent', event: 'error', properties: { activityType: 'EndErrorEvent' } },
  leaves: 'none',
  props: {},
  examples: [{ title: 'The message fails', input: { body: 'order' }, status: 'FAILED', failure: 'error-end' }],
  compile: (_, { element }) => {
    const reason = `The message came to the error end event "${element.name || element.id}".`
    const end: End = { kind: 'end', how: 'raised', reason }
    return () => end
  },
})

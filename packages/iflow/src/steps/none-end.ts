import { defineStep } from '../compile/step.ts'
import type { End } from '../run/plan.ts'

const end: End = { kind: 'end', how: 'completed', reason: '' }

export const noneEnd = defineStep({
  type: 'EndEvent',
  label: 'End Event',
  doc: 'Ends a path of a local integration process; the step that called it goes on with the message.',
  versions: { from: '1.0', to: '1.1' },
  group: 'Events',
  element: { tag: 'endEvent', version: '1.0', properties: { activityType: 'EndEvent' } },
  leaves: 'none',
  props: {},
  examples: [{ title: 'The message goes back to the caller', input: { body: 'done' }, output: { body: 'done' } }],
  compile: () => () => end,
})

import { defineStep } from '../compile/step.ts'

export const errorStart = defineStep({
  type: 'ErrorStartEvent',
  label: 'Error Start',
  doc: [
    'Starts an exception subprocess with the message as the failed step left it. Property `CamelExceptionCaught` holds the',
    'failure, `SAP_ErrorModelStepID` the id of the step; `${exception.message}` is the text of the failure.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Events',
  element: { tag: 'startEvent', event: 'error', properties: { activityType: 'StartErrorEvent' } },
  leaves: 'one',
  props: {},
  examples: [{ title: 'The message of the failed step', input: { body: 'order' }, output: { body: 'order' } }],
  compile: () => () => undefined,
})

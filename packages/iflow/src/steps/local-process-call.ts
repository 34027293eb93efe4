import { tab } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { localProcess } from './process-call/local-process.ts'

export const localProcessCall = defineStep({
  type: 'NonLoopingProcess',
  label: 'Process Call',
  doc: [
    'Runs a local integration process on the message: body, headers and properties are shared. When the local process',
    'handles a failure in its own exception subprocess, the whole message ends there.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Call',
  element: {
    version: '1.0.4',
    properties: { activityType: 'ProcessCallElement', subActivityType: 'NonLoopingProcess' },
  },
  leaves: 'one',
  props: tab('Processing', { processId: localProcess }),
  examples: [
    {
      title: 'The local process changes the body',
      properties: { processId: 'Local' },
      localBody: '${in.body}, checked',
      input: { body: 'order' },
      output: { body: 'order, checked' },
    },
  ],
  compile: ({ processId }, context) => {
    const process = context.localProcess(processId)
    return process && ((exchange, scope) => scope.call(process, exchange))
  },
})

import { flag, tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { Failure } from '../run/failure.ts'
import { asText } from '../run/value.ts'
import { dataStoreLimits, dayMs } from './data-store/data-store.ts'
import { localProcess } from './process-call/local-process.ts'

const retentionDays = 90

export const idempotentProcessCall = defineStep({
  type: 'IdempotentProcessCall',
  label: 'Idempotent Process Call',
  doc: [
    'Runs a local integration process on the message unless it did so before for the same message ID. An ID counts as',
    `processed when the local process has ended well, for ${retentionDays} days, and for this step only.`,
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Call',
  element: { version: '1.1.2', properties: { activityType: 'IdempotentProcessCall' } },
  leaves: 'one',
  props: tab('Processing', {
    processId: localProcess,
    sourceMessageID: text('Message ID', 'The message ID, a Simple expression. An empty one fails the step.', {
      expression: 'simple',
    }),
    skipOnDuplicate: flag(
      'Skip Process Call for Duplicates',
      'Whether the local process is left out for a duplicate; otherwise it runs, with property `CamelDuplicateMessage` true.',
      { default: true },
    ),
  }),
  examples: [
    {
      title: 'A first message',
      properties: { processId: 'Local', sourceMessageID: '${header.id}' },
      localBody: '${in.body}, processed',
      input: { body: 'order', headers: { id: '1' } },
      output: { body: 'order, processed' },
    },
    {
      title: 'No message ID',
      properties: { processId: 'Local', sourceMessageID: '${header.id}' },
      localBody: 'x',
      status: 'FAILED',
      failure: 'step',
    },
  ],
  compile: async ({ processId, sourceMessageID, skipOnDuplicate }, context) => {
    const process = context.localProcess(processId)
    const idOf = await context.value('simple', sourceMessageID)
    if (process === undefined || idOf === undefined) return undefined
    return async (exchange, scope) => {
      const messageId = asText(idOf(exchange, scope))
      if (messageId === '' || messageId.length > dataStoreLimits.idMax) {
        const expected = `Expected a message ID of 1 to ${dataStoreLimits.idMax} characters, found ${messageId.length}.`
        throw new Failure(expected, { code: 'step' })
      }
      const { idempotentRepository, clock } = scope.ports
      const key = { flowId: scope.flowId, stepId: context.element.id, messageId }
      const isDuplicate = await idempotentRepository.contains(key)
      if (isDuplicate && skipOnDuplicate) return undefined
      if (isDuplicate) exchange.properties.set('CamelDuplicateMessage', true)
      const stop = await scope.call(process, exchange)
      if (stop === undefined && !isDuplicate) await idempotentRepository.add(key, clock.now() + retentionDays * dayMs)
      return stop
    }
  },
})

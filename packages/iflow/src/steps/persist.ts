import { flag, tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { dayMs, storedAttachments, storedBody, storedHeaders } from './data-store/data-store.ts'

const retentionDays = 30

export const persist = defineStep({
  type: 'Persist',
  label: 'Persist',
  doc: [
    `Keeps body, headers and attachments as they are here for ${retentionDays} days, for people to look at. Nothing is kept of a`,
    'message that fails in the end. A body of more than 40 MiB, or as much in all attachments, fails the step.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Persistence',
  element: { version: '1.0.2', properties: { activityType: 'Persist' } },
  leaves: 'one',
  props: tab('Processing', {
    stepid: text('Step ID', 'What the message is called. Empty: the BPMN id of the step.', { default: '' }),
    enableEncrypt: flag('Encrypt Stored Message', 'Whether the message is encrypted in the store.', { default: true }),
  }),
  examples: [
    {
      title: 'The message goes on',
      properties: { stepid: 'Received' },
      input: { body: 'order' },
      output: { body: 'order' },
    },
  ],
  compile:
    ({ stepid, enableEncrypt }, { element }) =>
    (exchange, scope) => {
      const createdAt = scope.ports.clock.now()
      scope.onCompletion({
        kind: 'persist-message',
        flowId: scope.flowId,
        messageGuid: scope.messageGuid,
        stepId: stepid || element.id,
        body: storedBody(exchange),
        headers: storedHeaders(exchange),
        attachments: storedAttachments(exchange),
        createdAt,
        expiresAt: createdAt + retentionDays * dayMs,
        encrypted: enableEncrypt,
      })
      return undefined
    },
})

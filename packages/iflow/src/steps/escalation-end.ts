import { choice, tab } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import type { End } from '../run/plan.ts'

export const escalationEnd = defineStep({
  type: 'EscalationEndEvent',
  label: 'Escalation End',
  doc: [
    'Ends the message with status ESCALATED, so that people look at it; a sender that waits gets an error. In a local',
    'integration process, outside of an exception subprocess, the caller goes on as after a plain end.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Events',
  element: {
    tag: 'endEvent',
    event: 'escalation',
    version: '1.0.0',
    properties: { activityType: 'EscalationEndEvent' },
  },
  leaves: 'none',
  props: tab('Processing', {
    ErrorCode: choice(
      'Escalation Category',
      'What the message is about, for the message processing log.',
      {
        RoutingConditionNotMet: ['Routing condition not met', 'No route fits the message.'],
        ReceiverNotReachable: ['Receiver not reachable', 'The receiver cannot be reached.'],
        ReceiverNotFound: ['Receiver not found', 'The receiver does not exist.'],
        NotAuthenticatedToInvokeReceiver: [
          'Not authenticated to invoke receiver',
          'The receiver does not know the caller.',
        ],
        NotAuthorizedToInvokeReceiver: [
          'Not authorized to invoke receiver',
          'The receiver does not let the caller in.',
        ],
        ReceiverTriesToRedirect: ['Receiver tries to redirect', 'The receiver sends the caller elsewhere.'],
        InternalServerErrorInReceiver: [
          'Internal server error in receiver',
          'An internal server error occurred in the receiver.',
        ],
        Others: ['Others - not further qualified', 'Anything else.'],
      },
      { default: 'Others' },
    ),
  }),
  examples: [
    {
      title: 'No receiver for this message',
      properties: { ErrorCode: 'ReceiverNotFound' },
      input: { body: 'order' },
      status: 'ESCALATED',
      failure: 'escalation',
    },
  ],
  compile: ({ ErrorCode }, { element }) => {
    const reason = `The message came to the escalation end event "${element.name || element.id}" (${ErrorCode}).`
    const end: End = { kind: 'end', how: 'escalated', reason }
    return () => end
  },
})

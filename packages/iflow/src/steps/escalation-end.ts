import { choice } from '../compile/props.ts'
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
  props: {
    ErrorCode: choice(
      'What the message is about, for the message processing log.',
      {
        InternalServerErrorInReceiver: 'An internal server error occurred in the receiver.',
        NotAuthenticatedToInvokeReceiver: 'The receiver does not know the caller.',
        NotAuthorizedToInvokeReceiver: 'The receiver does not let the caller in.',
        Others: 'Anything else.',
        ReceiverNotFound: 'The receiver does not exist.',
        ReceiverNotReachable: 'The receiver cannot be reached.',
        ReceiverTriesToRedirect: 'The receiver sends the caller elsewhere.',
        RoutingConditionNotMet: 'No route fits the message.',
      },
      { default: 'Others' },
    ),
  },
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

import { choice, defineAdapter, flag, tab, text, when, wholeNumber } from '@sluice/iflow'
import { compileReceiver } from './receiver.ts'
import { compileSender } from './sender.ts'

const accessType = choice(
  'Access Type',
  'Who consumes the queue. Sender and receiver of a queue must agree.',
  {
    'Non-Exclusive': 'Messages are processed at the same time, in any order.',
    Exclusive: 'One message after the other, in the order of arrival. One that fails holds up those behind it.',
  },
  { default: 'Non-Exclusive' },
)

export const jms = defineAdapter({
  type: 'JMS',
  label: 'JMS',
  doc: [
    'Decouples flows by queues of the server itself, which are on disk. A message stays in its queue until a flow has',
    'processed it: at least once, more than once when the server dies meanwhile.',
  ].join(' '),
  sender: {
    doc: [
      'Consumes a queue. The message is deleted when the flow has ended other than as failed, else it is tried again,',
      'without end: a flow that wants to give up looks at header `SAPJMSRetries`, the number of tries before this one (not',
      'for exclusive queues). Also sets headers `JMSMessageID`, `JMSTimestamp`, `JMSExpiration`, `JMSRedelivered`,',
      '`JMSDestination` and `SAPJMSAlerttime`.',
    ].join(' '),
    versions: { from: '1.0', to: '1.4' },
    channel: { version: '1.4.3', transportProtocol: 'Not Applicable', messageProtocol: 'Not Applicable' },
    props: tab('Connection', {
      QueueName_inbound: text('Queue Name', 'The queue: at most 80 letters, digits, `_`, `-` and `.`.', {
        names: 'queue',
      }),
      AccessType: accessType,
      ...when('AccessType', ['Non-Exclusive'], {
        NumberConcurrentProcesses: wholeNumber(
          'Number of Concurrent Processes',
          'How many messages are processed at the same time; exclusive queues: 1.',
          { default: 1, min: 1, max: 99 },
        ),
      }),
      RetryInterval: wholeNumber('Retry Interval (in min)', 'Minutes before a failed message is tried again.', {
        default: 1,
        min: 1,
        max: 10_080,
      }),
      ExponentialBackoff: flag('Exponential Backoff', 'Whether the interval doubles with each retry.', {
        default: true,
        fresh: '1',
      }),
      ...when('ExponentialBackoff', ['true', '1'], {
        MaxRetryInterval: wholeNumber('Maximum Retry Interval (in min)', 'Minutes that the interval grows to.', {
          default: 60,
          min: 1,
          max: 43_200,
        }),
      }),
      useDeadLetterQueue: flag(
        'Dead-Letter Queue',
        'Whether a message that the server died with three times is blocked: not tried again until somebody retries it.',
        { default: true, fresh: '1' },
      ),
    }),
    compile: compileSender,
  },
  receiver: {
    doc: [
      'Puts the message into a queue, with its headers and attachments; the flow goes on when it is on disk. In a process with',
      'transaction handling `Required JMS` all messages are put when it has ended well. Texts, numbers and truth values',
      'travel, other values do not; headers and properties together have at most 4 MB.',
    ].join(' '),
    versions: { from: '1.0', to: '1.6' },
    channel: { version: '1.6.3', transportProtocol: 'Not Applicable', messageProtocol: 'Not Applicable' },
    props: tab('Processing', {
      QueueName_outbound: text(
        'Queue Name',
        'The queue: at most 80 letters, digits, `_`, `-` and `.`; may hold Simple expressions. It is created when it does not exist.',
        { expression: 'simple', names: 'queue' },
      ),
      AccessType: accessType,
      RetentionThresholdAlerting: wholeNumber(
        'Retention Threshold for Alerting (in d)',
        'Days after which the message counts as overdue.',
        { default: 2, min: 1, max: 180 },
      ),
      ExpirationPeriod: wholeNumber('Expiration Period (in d)', 'Days after which the message is deleted.', {
        default: 30,
        min: 1,
        max: 180,
      }),
      UseMessageCompression: flag('Compress Stored Message', 'Whether the message is compressed on disk.', {
        default: true,
        fresh: '1',
      }),
      EncryptMessage: flag('Encrypt Stored Message', 'Whether the message is encrypted on disk.', {
        default: true,
        fresh: '1',
      }),
      TransferExchangeProperties: flag('Transfer Exchange Properties', 'Whether exchange properties travel, too.', {
        default: false,
        fresh: '0',
      }),
    }),
    compile: compileReceiver,
  },
  examples: [
    { title: 'Consume a queue', direction: 'Sender', properties: { QueueName_inbound: 'Orders' } },
    {
      title: 'In order, tried again every five minutes',
      direction: 'Sender',
      properties: {
        QueueName_inbound: 'Orders',
        AccessType: 'Exclusive',
        RetryInterval: '5',
        ExponentialBackoff: '0',
      },
    },
    { title: 'Into a queue', direction: 'Receiver', properties: { QueueName_outbound: 'Orders' } },
    {
      title: 'A queue that the message names',
      direction: 'Receiver',
      properties: { QueueName_outbound: '${property.RestartQueue}', TransferExchangeProperties: '1' },
    },
  ],
})

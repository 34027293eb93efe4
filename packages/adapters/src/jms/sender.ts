import { type AdapterContext, Body, type DeliveredMessage, Exchange, type QueueEntryPoint } from '@sluice/iflow'
import { queueNameProblem } from './queue-name.ts'

const minuteMs = 60_000

interface SenderProps {
  readonly QueueName_inbound: string
  readonly AccessType: 'Exclusive' | 'Non-Exclusive'
  readonly NumberConcurrentProcesses: number
  readonly RetryInterval: number
  readonly ExponentialBackoff: boolean
  readonly MaxRetryInterval: number
  readonly useDeadLetterQueue: boolean
}

/** The consumer that the flow asks the host for. */
export function compileSender(props: SenderProps, context: AdapterContext): QueueEntryPoint | undefined {
  const queue = props.QueueName_inbound.trim()
  const problem = queueNameProblem(queue)
  if (problem !== undefined) context.report('invalid-value', problem, 'warning')
  const isExclusive = props.AccessType === 'Exclusive'
  const interval = props.RetryInterval * minuteMs
  const longest = Math.max(interval, props.MaxRetryInterval * minuteMs)
  return {
    kind: 'queue',
    channelId: context.channel.id,
    processId: context.processId,
    queue,
    access: isExclusive ? 'exclusive' : 'non-exclusive',
    consumers: isExclusive ? 1 : props.NumberConcurrentProcesses,
    deadLetters: !isExclusive && props.useDeadLetterQueue,
    retryDelayMs: retries =>
      props.ExponentialBackoff ? Math.min(longest, interval * 2 ** Math.min(retries, 30)) : interval,
    receive: message => receive(message, isExclusive),
  }
}

function receive(message: DeliveredMessage, isExclusive: boolean): Exchange {
  const { body, headers, properties, attachments } = message.content
  const exchange = new Exchange({
    body,
    headers,
    properties,
    attachments: attachments.map(({ name, contentType, body: content }) => [
      name,
      { contentType, body: Body.of(content) },
    ]),
  })
  exchange.headers.set('JMSMessageID', `ID:${message.id}`)
  exchange.headers.set('JMSDestination', message.queue)
  exchange.headers.set('JMSTimestamp', message.createdAt)
  exchange.headers.set('JMSExpiration', message.expiresAt)
  exchange.headers.set('JMSRedelivered', message.retries > 0)
  if (!isExclusive) {
    exchange.headers.set('SAPJMSAlerttime', message.overdueAt)
    exchange.headers.set('SAPJMSRetries', message.retries)
  }
  return exchange
}

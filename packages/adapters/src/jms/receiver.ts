import {
  type AdapterContext,
  asText,
  type Exchange,
  Failure,
  type OutgoingMessage,
  type QueuedContent,
  type QueueValue,
  type Receiver,
} from '@sluice/iflow'
import { queueNameProblem } from './queue-name.ts'

const dayMs = 86_400_000
/** "Headers and exchange properties … must not exceed 4 MB in total" (JMS Resource Limits). Counted in characters. */
const valuesMax = 4 * 1024 * 1024

interface ReceiverProps {
  readonly QueueName_outbound: string
  readonly AccessType: 'Exclusive' | 'Non-Exclusive'
  readonly RetentionThresholdAlerting: number
  readonly ExpirationPeriod: number
  readonly UseMessageCompression: boolean
  readonly EncryptMessage: boolean
  readonly TransferExchangeProperties: boolean
}

/** The provider side: the body stays as it is. */
export async function compileReceiver(props: ReceiverProps, context: AdapterContext): Promise<Receiver | undefined> {
  const source = props.QueueName_outbound.trim()
  const queueOf = await context.value('simple', source)
  if (queueOf === undefined) return undefined
  const problem = source.includes('${') ? undefined : queueNameProblem(source)
  if (problem !== undefined) context.report('invalid-value', problem, 'warning')
  return async (exchange, scope) => {
    const queue = asText(queueOf(exchange, scope)).trim()
    if (queue === '') {
      throw new Failure(`Expected the queue name "${source}" to give text, found nothing.`, { code: 'queue' })
    }
    const { correlationId, messageGuid, ports } = scope
    const createdAt = ports.clock.now()
    const message: OutgoingMessage = {
      queue,
      access: props.AccessType === 'Exclusive' ? 'exclusive' : 'non-exclusive',
      content: contentOf(exchange, scope.flowId, props.TransferExchangeProperties),
      messageGuid,
      correlationId,
      createdAt,
      overdueAt: createdAt + props.RetentionThresholdAlerting * dayMs,
      expiresAt: createdAt + props.ExpirationPeriod * dayMs,
      compressed: props.UseMessageCompression,
      encrypted: props.EncryptMessage,
    }
    await ports.queues.put([message])
  }
}

function contentOf(exchange: Exchange, flowId: string, withProperties: boolean): QueuedContent {
  const { body, charset } = exchange
  const headers = simpleValues(exchange.headers)
  const properties: (readonly [string, QueueValue])[] = withProperties ? simpleValues(exchange.properties) : []
  // The consumer reads the body as bytes in the charset that this flow gave it.
  if (charset !== 'UTF-8' && !withProperties) properties.push(['CamelCharsetName', charset])
  properties.push(['SAP_IntegrationFlowID', flowId])
  let size = 0
  for (const [name, value] of [...headers, ...properties]) size += name.length + String(value).length
  if (size > valuesMax) {
    const message = `Expected headers and properties of at most ${valuesMax} characters for a queue, found ${size}.`
    throw new Failure(message, { code: 'size-limit' })
  }
  const attachments = Array.from(exchange.attachments, ([name, { contentType, body: content }]) => ({
    name,
    contentType,
    body: content.raw,
  }))
  return { body: body.raw, headers, properties, attachments }
}

/** "The JMS adapter stores only simple data type headers (primitive data types or strings)"; others stay behind. */
function simpleValues(values: Iterable<readonly [string, unknown]>): (readonly [string, QueueValue])[] {
  const simple: (readonly [string, QueueValue])[] = []
  for (const [name, value] of values) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') simple.push([name, value])
  }
  return simple
}

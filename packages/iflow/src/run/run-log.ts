import type { Exchange } from './exchange.ts'
import type { LogAttachment, LogProperty, LogWriter, RunLog } from './result.ts'
import { asText } from './value.ts'

/**
 * Collects what a flow tells its message processing log through reserved headers and properties. Values are read when
 * the run ends, except receivers: each new value of `SAP_Receiver` is added to a list, unless property
 * `SAP_ReceiverOverwrite` is true. A name is listed once, however many parts of a split message set it.
 */
export class RunLogCollector implements LogWriter {
  readonly #attachments: LogAttachment[] = []
  readonly #customHeaders: LogProperty[] = []
  readonly #stringProperties: LogProperty[] = []
  #receivers: Set<string> | undefined
  #lastReceiver: unknown

  attach(attachment: LogAttachment): void {
    this.#attachments.push(attachment)
  }

  addCustomHeader(name: string, value: string): void {
    this.#customHeaders.push([name, value])
  }

  setStringProperty(name: string, value: string): void {
    this.#stringProperties.push([name, value])
  }

  /** Call after each step. */
  note(exchange: Exchange): void {
    const receiver = exchange.headers.get('SAP_Receiver')
    if (receiver === undefined || receiver === this.#lastReceiver) return
    this.#lastReceiver = receiver
    if (asText(exchange.properties.get('SAP_ReceiverOverwrite')).toLowerCase() === 'true') this.#receivers = undefined
    this.#receivers ??= new Set()
    this.#receivers.add(asText(receiver))
  }

  finish(exchange: Exchange, messageGuid: string, correlationId: string): RunLog {
    const header = (name: string) => present(exchange.headers.get(name))
    return {
      messageGuid,
      correlationId,
      applicationMessageId: header('SAP_ApplicationID'),
      applicationMessageType: header('SAP_MessageType')?.slice(0, 100),
      sender: header('SAP_Sender'),
      receiver: this.#receivers && [...this.#receivers].join(','),
      customStatus: present(exchange.properties.get('SAP_MessageProcessingLogCustomStatus'))?.slice(0, 40),
      attachments: this.#attachments,
      customHeaders: this.#customHeaders,
      stringProperties: this.#stringProperties,
    }
  }
}

function present(value: unknown): string | undefined {
  const text = asText(value)
  return text === '' ? undefined : text
}

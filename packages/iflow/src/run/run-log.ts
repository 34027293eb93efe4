import type { Exchange } from './exchange.ts'
import type { AdapterAttribute, LogAttachment, LogProperty, LogWriter, RunLog } from './result.ts'
import { asText } from './value.ts'

/**
 * How much one run leaves in its message processing log: what is more is left out, longer values are cut. Bytes of a text are
 * counted in characters.
 */
export const runLogLimits = {
  attachmentsMax: 1_000,
  attachmentBytesMax: 64 * 1024 * 1024,
  propertiesMax: 1_000,
  nameMax: 256,
  valueMax: 16_384,
  receiversMax: 100,
} as const

const { attachmentsMax, attachmentBytesMax, propertiesMax, nameMax, valueMax, receiversMax } = runLogLimits

/**
 * Collects what a flow tells its message processing log through reserved headers and properties. Values are read when
 * the run ends, except receivers: each new value of `SAP_Receiver` is added to a list, unless property
 * `SAP_ReceiverOverwrite` is true. A name is listed once, however many parts of a split message set it.
 */
export class RunLogCollector implements LogWriter {
  readonly #attachments: LogAttachment[] = []
  readonly #customHeaders: LogProperty[] = []
  readonly #stringProperties: LogProperty[] = []
  readonly #adapterAttributes: AdapterAttribute[] = []
  #attachmentBytes = 0
  #receivers: Set<string> | undefined
  #lastReceiver: unknown

  attach(attachment: LogAttachment): void {
    const size = attachment.body.raw?.length ?? 0
    if (this.#attachments.length >= attachmentsMax || this.#attachmentBytes + size > attachmentBytesMax) return
    this.#attachmentBytes += size
    this.#attachments.push(attachment)
  }

  addCustomHeader(name: string, value: string): void {
    addTo(this.#customHeaders, name, value)
  }

  setStringProperty(name: string, value: string): void {
    addTo(this.#stringProperties, name, value)
  }

  addAdapterAttribute({ adapterId, adapterMessageId, name, value }: AdapterAttribute): void {
    if (this.#adapterAttributes.length >= propertiesMax) return
    const [cutName, cutValue] = [name.slice(0, nameMax), value.slice(0, valueMax)]
    this.#adapterAttributes.push({
      adapterId,
      adapterMessageId: adapterMessageId.slice(0, nameMax),
      name: cutName,
      value: cutValue,
    })
  }

  /** Call after each step. */
  note(exchange: Exchange): void {
    const receiver = exchange.headers.get('SAP_Receiver')
    if (receiver === undefined || receiver === this.#lastReceiver) return
    this.#lastReceiver = receiver
    if (asText(exchange.properties.get('SAP_ReceiverOverwrite')).toLowerCase() === 'true') this.#receivers = undefined
    this.#receivers ??= new Set()
    if (this.#receivers.size < receiversMax) this.#receivers.add(asText(receiver).slice(0, valueMax))
  }

  finish(exchange: Exchange, messageGuid: string, correlationId: string): RunLog {
    const header = (name: string) => present(exchange.headers.get(name))
    return {
      messageGuid,
      correlationId,
      applicationMessageId: header('SAP_ApplicationID')?.slice(0, valueMax),
      applicationMessageType: header('SAP_MessageType')?.slice(0, 100),
      sender: header('SAP_Sender')?.slice(0, valueMax),
      receiver: this.#receivers && [...this.#receivers].join(','),
      customStatus: present(exchange.properties.get('SAP_MessageProcessingLogCustomStatus'))?.slice(0, 40),
      attachments: this.#attachments,
      customHeaders: this.#customHeaders,
      stringProperties: this.#stringProperties,
      adapterAttributes: this.#adapterAttributes,
    }
  }
}

function addTo(properties: LogProperty[], name: string, value: string): void {
  if (properties.length < propertiesMax) properties.push([name.slice(0, nameMax), value.slice(0, valueMax)])
}

function present(value: unknown): string | undefined {
  const text = asText(value)
  return text === '' ? undefined : text
}

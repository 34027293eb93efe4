import { Body, type StoredBytes } from './body.ts'
import { HeaderMap } from './header-map.ts'

/** What an exchange may be created from; parts that are left out are empty. */
export interface ExchangeParts {
  readonly body?: Body | string | Uint8Array | StoredBytes | null
  readonly headers?: HeaderMap | Iterable<readonly [name: string, value: unknown]>
  readonly properties?: Iterable<readonly [name: string, value: unknown]>
  readonly attachments?: Iterable<readonly [name: string, attachment: Attachment]>
}

/** What travels beside the body: a file with its media type, such as `image/png`. */
export interface Attachment {
  readonly body: Body
  readonly contentType: string
}

/**
 * A message on its way through a flow: headers travel with it to receivers and back to the sender, properties never
 * leave the flow. Steps change the exchange in place; whoever needs the message as it was takes a `copy()` first.
 */
export class Exchange {
  /** Looked up without regard to case. */
  readonly headers: HeaderMap
  /** Looked up with regard to case. */
  readonly properties: Map<string, unknown>
  /** By name, in the order in which they were added; names are compared with regard to case. */
  readonly attachments: Map<string, Attachment>
  body: Body
  /** Messages of sub-runs that were brought together here and are still to be gathered. Copies do not have them. */
  parts: readonly Exchange[] | undefined = undefined

  constructor(parts: ExchangeParts = {}) {
    this.headers = parts.headers instanceof HeaderMap ? parts.headers : new HeaderMap(parts.headers)
    this.properties = new Map(parts.properties)
    this.attachments = new Map(parts.attachments)
    this.body = parts.body instanceof Body ? parts.body : Body.of(parts.body ?? null)
  }

  /**
   * The charset for conversions between text and bytes: header `CamelCharsetName`, else the property of that name,
   * else UTF-8.
   */
  get charset(): string {
    const name = this.headers.get('CamelCharsetName') ?? this.properties.get('CamelCharsetName')
    return typeof name === 'string' && name !== '' ? name : 'UTF-8'
  }

  /** The body as text in the exchange's charset. Throws a `Failure` of code `charset` when the charset is unknown. */
  text(): string {
    return this.body.text(this.charset)
  }

  /** Makes this the message that `other` is. */
  become(other: Exchange): void {
    this.body = other.body
    this.headers.clear()
    for (const [name, value] of other.headers) this.headers.set(name, value)
    this.properties.clear()
    for (const [name, value] of other.properties) this.properties.set(name, value)
    this.attachments.clear()
    for (const [name, attachment] of other.attachments) this.attachments.set(name, attachment)
  }

  /** An independent exchange with the same content. Body, values and attachments are shared, which is cheap and safe. */
  copy(): Exchange {
    const { attachments, body, headers, properties } = this
    return new Exchange({ body, headers: headers.copy(), properties, attachments })
  }
}

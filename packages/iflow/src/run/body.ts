import type { Document } from 'slimdom'
import { decode, encode } from './charset.ts'
import { decodeXml, parseXml } from './xml.ts'

/** Bytes of a large message that the host keeps outside of memory, for as long as the run lasts. */
export interface StoredBytes {
  readonly length: number
  /** The bytes from `start` up to `end`; they may be overwritten by the next call. */
  read(start: number, end: number): Uint8Array
}

/**
 * The payload of a message: immutable, cheap to share, and converted on demand. Each conversion is done once.
 * Bytes that are handed in must not be changed afterwards, nor those that are handed out.
 */
export class Body {
  static readonly empty: Body = new Body(null)

  #content: string | Uint8Array | StoredBytes | null
  #text: Conversion<string> | undefined
  #bytes: Conversion<Uint8Array> | undefined
  #document: Document | undefined

  private constructor(content: string | Uint8Array | StoredBytes | null) {
    this.#content = content
  }

  static of(content: string | Uint8Array | StoredBytes | null): Body {
    return content === null ? Body.empty : new Body(content)
  }

  /**
   * Bytes of a text in a charset, in an exchange whose charset is `usual`: what converters leave, so that scripts see a
   * stream. Throws a `Failure` of code `charset` when the charset cannot be written.
   */
  static in(charset: string, content: string, usual: string): Body {
    const body = new Body(encode(content, charset))
    if (charset.toUpperCase() === usual.toUpperCase()) body.#text = { charset: usual, value: content }
    return body
  }

  get isEmpty(): boolean {
    return this.size === 0
  }

  /** Characters of a text, bytes of anything else. */
  get size(): number {
    return this.#content?.length ?? 0
  }

  /** True for a body that was cleared or never set, as opposed to one that is an empty text. */
  get isNull(): boolean {
    return this.#content === null
  }

  /** The content as it was given, in memory: stored bytes are read whole and kept. */
  get raw(): string | Uint8Array | null {
    const content = this.#content
    if (content === null || typeof content === 'string' || content instanceof Uint8Array) return content
    const bytes = new Uint8Array(content.read(0, content.length))
    this.#content = bytes
    return bytes
  }

  /** The content as it lies, for those that read it piece by piece or hand it on. */
  get content(): string | Uint8Array | StoredBytes | null {
    return this.#content
  }

  /** The empty string for an empty body. Throws a `Failure` of code `charset` when the charset is unknown. */
  text(charset = 'UTF-8'): string {
    const content = this.raw
    if (typeof content === 'string') return content
    if (content === null) return ''
    if (this.#text?.charset !== charset) this.#text = { charset, value: decode(content, charset) }
    return this.#text.value
  }

  /** No bytes for an empty body. Throws a `Failure` of code `charset` when the charset cannot be written. */
  bytes(charset = 'UTF-8'): Uint8Array {
    const content = this.raw
    if (content === null) return new Uint8Array(0)
    if (typeof content !== 'string') return content
    if (this.#bytes?.charset !== charset) this.#bytes = { charset, value: encode(content, charset) }
    return this.#bytes.value
  }

  /**
   * The content as an XML document, which readers share and must not change. Bytes are decoded as their byte order
   * mark or XML declaration says. Throws a `Failure` of code `not-well-formed`, also for a document type declaration
   * and for XML that is too large or too deep.
   */
  xml(charset = 'UTF-8'): Document {
    const content = this.raw
    this.#document ??= parseXml(content instanceof Uint8Array ? decodeXml(content, charset) : (content ?? ''))
    return this.#document
  }
}

interface Conversion<T> {
  readonly charset: string
  readonly value: T
}

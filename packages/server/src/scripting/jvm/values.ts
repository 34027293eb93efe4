import { asText, Body, Failure } from '@sluice/iflow'

/** The first byte of each value. The same as in `groovy/host/sluice/worker/Tags.groovy`. */
const tag = {
  null: 0,
  true: 1,
  false: 2,
  integer: 3,
  double: 4,
  text: 5,
  bytes: 6,
  list: 7,
  map: 8,
  number: 9,
  serialized: 10,
  kept: 11,
  failure: 12,
  xml: 13,
  remote: 14,
} as const

/** The kinds of Java numbers that are no `Integer`, by the letter that crosses. */
type NumberKind = 'L' | 'B' | 'I' | 'D' | 'F' | 'S' | 'Y' | 'C'

/**
 * A Java object that JavaScript has no equal for. Flows see its text; a JVM gets it back as it was: a number of its own type,
 * an XML document, an object by Java serialization.
 */
export class JavaObject {
  readonly text: string
  /** A kind of number, `document` or `node` of XML, or the serialized object. */
  readonly content: NumberKind | 'document' | 'node' | Uint8Array

  constructor(text: string, content: JavaObject['content']) {
    this.text = text
    this.content = content
  }

  toString(): string {
    return this.text
  }

  toJSON(): string {
    return this.text
  }
}

/** A Java object that cannot leave its process: `keeper` is the process. */
export class KeptObject {
  readonly text: string
  readonly handle: number
  readonly keeper: object

  constructor(text: string, handle: number, keeper: object) {
    this.text = text
    this.handle = handle
    this.keeper = keeper
  }

  toString(): string {
    return this.text
  }

  toJSON(): string {
    return this.text
  }
}

/** An exception as it comes from a JVM. `index` is that of a failure that went there before, or -1. */
export interface JavaException {
  readonly index: number
  readonly className: string
  readonly message: string
  readonly cause: JavaException | undefined
}

/** Content that is fetched piece by piece when somebody reads it. */
export class RemoteContent {
  readonly index: number
  readonly isText: boolean
  readonly size: number

  constructor(index: number, isText: boolean, size: number) {
    this.index = index
    this.isText = isText
    this.size = size
  }
}

const largeBytes = 65_536

/**
 * Writes values for a JVM: null and undefined, booleans, numbers, bigints, text, bytes, arrays, sets, maps, plain objects (as
 * maps), failures, XML nodes, bodies, and what came from a JVM. Anything else crosses as its text.
 */
export class ValueWriter {
  /** Failures that were written, by the index under which they may come back. */
  readonly failures: Failure[] = []
  #buffer = Buffer.allocUnsafe(1_024)
  #used = 0
  readonly #segments: Buffer[] = []

  /** All that was written, in pieces: large bytes are not copied. */
  pieces(): readonly Buffer[] {
    return [...this.#segments, this.#buffer.subarray(0, this.#used)]
  }

  write(value: unknown): void {
    if (typeof value === 'string') this.#text(tag.text, value)
    else if (value === null || value === undefined) this.#byte(tag.null)
    else if (typeof value === 'boolean') this.#byte(value ? tag.true : tag.false)
    else if (typeof value === 'number') this.#number(value)
    else if (typeof value === 'bigint') this.#javaNumber('L', String(value))
    else if (value instanceof Uint8Array) this.#bytes(tag.bytes, value)
    else if (Array.isArray(value)) this.#list(value)
    else if (value instanceof Map) this.#map([...value])
    else this.#object(value)
  }

  #object(value: object | symbol | ((...parameters: never) => unknown)): void {
    if (value instanceof JavaObject) this.#javaObject(value)
    else if (value instanceof KeptObject) {
      this.#text(tag.kept, value.text)
      this.#integer(value.handle)
    } else if (value instanceof RemoteContent) {
      this.#byte(tag.remote)
      this.#integer(value.index)
      this.#byte(value.isText ? 1 : 0)
      this.#integer(value.size)
    } else if (value instanceof Body) this.write(value.raw)
    else if (value instanceof Failure) this.#failure(value)
    else if (value instanceof Set) this.#list([...value])
    else if (typeof value === 'object' && 'nodeType' in value) this.#xml(value)
    else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
      this.#map(Object.entries(value))
    else this.write(asText(value))
  }

  #number(value: number): void {
    if (Number.isInteger(value) && !Object.is(value, -0)) {
      if (value !== (value | 0)) {
        this.#javaNumber(Number.isSafeInteger(value) ? 'L' : 'D', String(value))
        return
      }
      this.#byte(tag.integer)
      this.#integer(value)
      return
    }
    this.#byte(tag.double)
    this.#reserve(8)
    this.#used = this.#buffer.writeDoubleBE(value, this.#used)
  }

  #javaNumber(kind: string, text: string): void {
    this.#byte(tag.number)
    this.#byte(kind.charCodeAt(0))
    this.#string(text)
  }

  #javaObject({ text, content }: JavaObject): void {
    if (content === 'document' || content === 'node') this.#xmlText(content === 'document', text)
    else if (typeof content === 'string') this.#javaNumber(content, text)
    else {
      this.#text(tag.serialized, text)
      this.#rawBytes(content)
    }
  }

  #xml(node: object): void {
    const isDocument = (node as { readonly nodeType: unknown }).nodeType === 9
    const isElement = (node as { readonly nodeType: unknown }).nodeType === 1
    if (isDocument || isElement) this.#xmlText(isDocument, asText(node))
    else this.write(asText(node))
  }

  #xmlText(isDocument: boolean, text: string): void {
    this.#byte(tag.xml)
    this.#byte(isDocument ? 1 : 0)
    this.#string(text)
  }

  #failure(failure: Failure, depth = 0): void {
    this.#byte(tag.failure)
    this.#integer(this.failures.push(failure) - 1)
    this.#string(classNameOf(failure))
    this.#string(failure.message)
    this.#map(Object.entries(failure.exception?.properties ?? {}))
    if (failure.cause instanceof Failure && depth < 8) this.#failure(failure.cause, depth + 1)
    else this.#byte(tag.null)
  }

  #list(items: readonly unknown[]): void {
    this.#byte(tag.list)
    this.#integer(items.length)
    for (const item of items) this.write(item)
  }

  #map(entries: readonly (readonly [unknown, unknown])[]): void {
    this.#byte(tag.map)
    this.#integer(entries.length)
    for (const [key, value] of entries) {
      this.write(key)
      this.write(value)
    }
  }

  #text(code: number, text: string): void {
    this.#byte(code)
    this.#string(text)
  }

  #string(text: string): void {
    if (text.length * 3 >= largeBytes) {
      this.#rawBytes(Buffer.from(text))
      return
    }
    this.#reserve(4 + text.length * 3)
    const length = this.#buffer.write(text, this.#used + 4)
    this.#used = this.#buffer.writeUInt32BE(length, this.#used) + length
  }

  #bytes(code: number, bytes: Uint8Array): void {
    this.#byte(code)
    this.#rawBytes(bytes)
  }

  #rawBytes(bytes: Uint8Array): void {
    this.#integer(bytes.length)
    if (bytes.length >= largeBytes) {
      this.#segments.push(
        this.#buffer.subarray(0, this.#used),
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      )
      this.#buffer = Buffer.allocUnsafe(1_024)
      this.#used = 0
      return
    }
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  #byte(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#used++] = value
  }

  #integer(value: number): void {
    this.#reserve(4)
    this.#used = this.#buffer.writeInt32BE(value, this.#used)
  }

  #reserve(count: number): void {
    if (this.#used + count <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#used + count))
    this.#buffer.copy(larger, 0, 0, this.#used)
    this.#buffer = larger
  }
}

/** The Java classes of failures that do not say theirs, as far as flows are known to compare them. */
const classNames: Partial<Record<Failure['code'], string>> = {
  connection: 'java.net.ConnectException',
  credential: 'com.sap.it.api.securestore.exception.SecureStoreException',
  'error-end': 'com.sap.esb.camel.error.handler.ErrorEventException',
  escalation: 'com.sap.esb.camel.error.handler.ErrorEventException',
  'no-consumer': 'org.apache.camel.component.directvm.DirectVmConsumerNotAvailableException',
  'not-well-formed': 'org.apache.camel.TypeConversionException',
  'receiver-timeout': 'java.util.concurrent.TimeoutException',
  script: 'javax.script.ScriptException',
}

function classNameOf({ code, exception }: Failure): string {
  return exception?.className ?? classNames[code] ?? 'org.apache.camel.CamelExecutionException'
}

/**
 * Reads a value that a JVM wrote, from `start` of the frame on. Objects that stay there are kept by `keeper`; `onKept` is told
 * about each.
 */
export function readValue(frame: Buffer, start: number, keeper: object, onKept: (kept: KeptObject) => void): unknown {
  return new ValueReader(frame, start, keeper, onKept).read()
}

class ValueReader {
  readonly #frame: Buffer
  readonly #keeper: object
  readonly #onKept: (kept: KeptObject) => void
  #at: number

  constructor(frame: Buffer, start: number, keeper: object, onKept: (kept: KeptObject) => void) {
    this.#frame = frame
    this.#at = start
    this.#keeper = keeper
    this.#onKept = onKept
  }

  read(): unknown {
    switch (this.#frame[this.#at++]) {
      case tag.null:
        return null
      case tag.true:
        return true
      case tag.false:
        return false
      case tag.integer:
        return this.#integer()
      case tag.double:
        this.#at += 8
        return this.#frame.readDoubleBE(this.#at - 8)
      case tag.text:
        return this.#text()
      case tag.bytes:
        return this.#bytes()
      case tag.list:
        return Array.from({ length: this.#integer() }, () => this.read())
      case tag.map:
        return new Map(Array.from({ length: this.#integer() }, () => [this.read(), this.read()]))
      case tag.number:
        return this.#javaNumber()
      case tag.serialized:
        return new JavaObject(this.#text(), Uint8Array.from(this.#bytes()))
      case tag.kept:
        return this.#keptObject()
      case tag.failure:
        return this.#exception()
      case tag.xml: {
        const content = this.#frame[this.#at++] === 1 ? 'document' : 'node'
        return new JavaObject(this.#text(), content)
      }
      default:
        throw new Error(`Expected a value from the JVM, found tag ${this.#frame[this.#at - 1]}.`)
    }
  }

  #keptObject(): KeptObject {
    const kept = new KeptObject(this.#text(), this.#integer(), this.#keeper)
    this.#onKept(kept)
    return kept
  }

  #javaNumber(): JavaObject {
    const kind = String.fromCharCode(this.#frame[this.#at++] ?? 0) as NumberKind
    return new JavaObject(this.#text(), kind)
  }

  #exception(): JavaException {
    const index = this.#integer()
    const className = this.#text()
    const message = this.#text()
    this.read()
    return { index, className, message, cause: (this.read() as JavaException | null) ?? undefined }
  }

  #text(): string {
    const length = this.#integer()
    this.#at += length
    return this.#frame.toString('utf8', this.#at - length, this.#at)
  }

  /** A part of the frame: large content is not copied. */
  #bytes(): Uint8Array {
    const length = this.#integer()
    this.#at += length
    return this.#frame.subarray(this.#at - length, this.#at)
  }

  #integer(): number {
    this.#at += 4
    return this.#frame.readInt32BE(this.#at - 4)
  }
}

import { KeystoreError } from './keystore-error.ts'

/** Reads values of `java.io.DataInput` one after the other. Throws `KeystoreError` at the end of the bytes. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes)
  }

  take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length)
      throw new KeystoreError('Expected a whole keystore file, found one that ends too soon')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  byte(): number {
    return this.take(1).readUInt8()
  }

  short(): number {
    return this.take(2).readUInt16BE()
  }

  int(): number {
    return this.take(4).readUInt32BE()
  }

  /** With its length in four bytes before it. */
  block(): Buffer {
    return this.take(this.int())
  }

  /** Java's modified UTF-8, with its length in two bytes before it: each surrogate has three bytes, zero has two. */
  text(): string {
    const bytes = this.take(this.short())
    const units: number[] = []
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at] ?? 0
      const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : 3
      let unit = length === 1 ? first : first & (length === 2 ? 0x1f : 0x0f)
      for (const next of bytes.subarray(at + 1, at + length)) unit = (unit << 6) | (next & 0x3f)
      units.push(unit)
      at += length
    }
    return String.fromCharCode(...units)
  }
}

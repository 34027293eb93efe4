import type { ByteReader } from './byte-reader.ts'
import { KeystoreError } from './keystore-error.ts'

interface ClassDescription {
  readonly name: string
  readonly fields: readonly string[]
  /** The class has data of its own behind its fields, up to a mark. */
  readonly hasMore: boolean
  readonly parent: ClassDescription | undefined
}

const primitiveBytes: Readonly<Record<string, number>> = { B: 1, C: 2, D: 8, F: 4, I: 4, J: 8, S: 2, Z: 1 }

/** How deep a value may lie within others. */
const depthMax = 20

/**
 * Skips one object in the form of Java's object serialization (stream protocol, version 5): secret keys of a JCEKS keystore are
 * kept so, and nothing but the form says where they end. Nothing is made of what is read. Throws `KeystoreError`.
 */
export function skipSerialized(reader: ByteReader): void {
  if (reader.int() !== 0xaced0005) throw unknown('stream of version 5')
  new Skipper(reader).value(0)
}

function unknown(expected: string): KeystoreError {
  return new KeystoreError(`Expected a secret key of a JCEKS keystore as Java writes it, found no ${expected}`)
}

class Skipper {
  readonly #reader: ByteReader
  /** What references count: classes are needed again, the places of other values are only kept. */
  readonly #known: (ClassDescription | undefined)[] = []

  constructor(reader: ByteReader) {
    this.#reader = reader
  }

  /** True where there is no value but the end of a class's own data. */
  value(depth: number): boolean {
    if (depth > depthMax) throw unknown(`value less than ${depthMax} deep`)
    const reader = this.#reader
    const tag = reader.byte()
    if (tag === 0x78) return true
    if (tag === 0x70) return false
    if (tag === 0x71) reader.int()
    else if (tag === 0x73) this.#object(depth)
    else if (tag === 0x74) this.#text(reader.short())
    else if (tag === 0x75) this.#array(depth)
    else if (tag === 0x77) reader.take(reader.byte())
    else if (tag === 0x7a) reader.take(reader.int())
    else throw unknown('value of a known kind')
    return false
  }

  #text(length: number): void {
    this.#known.push(undefined)
    this.#reader.take(length)
  }

  #object(depth: number): void {
    const description = this.#classDescription(depth)
    this.#known.push(undefined)
    const classes: ClassDescription[] = []
    for (let one = description; one; one = one.parent) classes.unshift(one)
    for (const { fields, hasMore } of classes) {
      for (const type of fields) this.#field(type, depth)
      while (hasMore && !this.value(depth + 1));
    }
  }

  #field(type: string, depth: number): void {
    const bytes = primitiveBytes[type]
    if (bytes === undefined) this.value(depth + 1)
    else this.#reader.take(bytes)
  }

  #array(depth: number): void {
    if (this.#classDescription(depth)?.name !== '[B') throw unknown('array of bytes')
    this.#known.push(undefined)
    this.#reader.take(this.#reader.int())
  }

  #classDescription(depth: number): ClassDescription | undefined {
    if (depth > depthMax) throw unknown(`class less than ${depthMax} deep`)
    const reader = this.#reader
    const tag = reader.byte()
    if (tag === 0x70) return undefined
    if (tag === 0x71) return this.#known[reader.int() - 0x7e0000]
    if (tag !== 0x72) throw unknown('class')
    const name = reader.text()
    reader.take(8)
    const place = this.#known.push(undefined) - 1
    const flags = reader.byte()
    const fields = Array.from({ length: reader.short() }, () => {
      const type = String.fromCharCode(reader.byte())
      reader.text()
      if (primitiveBytes[type] === undefined) this.value(depth + 1)
      return type
    })
    while (!this.value(depth + 1));
    const parent = this.#classDescription(depth + 1)
    const description = { name, fields, hasMore: (flags & 1) !== 0, parent }
    this.#known[place] = description
    return description
  }
}

import { Failure } from '../run/failure.ts'

/** How deep objects and arrays may be nested in JSON that arrives in messages. */
export const jsonDepthMax = 1_000

const literalPattern = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/** What a reader stands before; `literal` is a number, `true` or `false`. */
export type JsonKind = 'object' | 'array' | 'string' | 'literal' | 'null'

/**
 * Reads JSON (RFC 8259) front to back, without building values: members keep their order, also repeated ones, and numbers
 * their spelling. Every method throws a `Failure` of code `not-json` when something else stands there; its text says where
 * and does not quote the content.
 */
export class JsonReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1
  }

  /** What the next value is; nothing is read. */
  peek(): JsonKind {
    switch (this.#next()) {
      case 0x7b:
        return 'object'
      case 0x5b:
        return 'array'
      case 0x22:
        return 'string'
      case 0x6e:
        return 'null'
      default:
        return 'literal'
    }
  }

  /** Reads an object; `onMember` must read the value of the member that it is given the name of. */
  object(onMember: (name: string) => void): void {
    this.#items(0x7b, 0x7d, '"}"', () => {
      const name = this.string()
      this.#expect(0x3a, '":"')
      onMember(name)
    })
  }

  /** Reads an array; `onItem` must read one value. */
  array(onItem: () => void): void {
    this.#items(0x5b, 0x5d, '"]"', onItem)
  }

  /** Reads a string. */
  string(): string {
    if (this.#next() !== 0x22) this.#fail('a string')
    const start = this.#at
    let end = start + 1
    let isPlain = true
    for (let code = this.#text.charCodeAt(end); code !== 0x22; code = this.#text.charCodeAt(end)) {
      if (Number.isNaN(code)) this.#fail('the end of the string')
      if (code === 0x5c || code < 0x20) isPlain = false
      end += code === 0x5c ? 2 : 1
    }
    this.#at = end + 1
    return isPlain ? this.#text.slice(start + 1, end) : this.#unescape(start)
  }

  /** Reads a number, `true`, `false` or `null`, as it is spelt. */
  literal(): string {
    this.#next()
    literalPattern.lastIndex = this.#at
    const match = literalPattern.exec(this.#text) ?? this.#fail('a value')
    this.#at = literalPattern.lastIndex
    return match[0]
  }

  /** Reads the end of the text. */
  end(): void {
    if (!Number.isNaN(this.#next())) this.#fail('the end')
  }

  #items(open: number, close: number, closing: string, onItem: () => void): void {
    this.#expect(open, 'a value')
    this.#depth += 1
    if (this.#depth > jsonDepthMax) this.#fail(`at most ${jsonDepthMax} values within each other`, 'more')
    if (this.#next() === close) this.#at += 1
    else {
      onItem()
      while (this.#next() === 0x2c) {
        this.#at += 1
        onItem()
      }
      this.#expect(close, `"," or ${closing}`)
    }
    this.#depth -= 1
  }

  /** The next character that is not white space; NaN at the end. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
      this.#at += 1
    }
  }

  #expect(code: number, what: string): void {
    if (this.#next() !== code) this.#fail(what)
    this.#at += 1
  }

  #unescape(start: number): string {
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string
    } catch {
      this.#at = start
      return this.#fail('a string', 'one with an escape or control character that JSON does not have')
    }
  }

  #fail(expected: string, found = this.#at < this.#text.length ? 'something else' : 'the end'): never {
    const lines = this.#text.slice(0, this.#at).split('\n')
    const place = `at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
    throw new Failure(`Expected JSON with ${expected} ${place}, found ${found}.`, { code: 'not-json' })
  }
}

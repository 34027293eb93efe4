/**
 * Message headers. Names are compared without regard to case; the spelling of the first `set` is kept, and so is the
 * order of insertion. Values are strings, or whatever a step computed.
 */
export class HeaderMap implements Iterable<readonly [name: string, value: unknown]> {
  readonly #entries: Map<string, readonly [name: string, value: unknown]>

  constructor(entries: Iterable<readonly [name: string, value: unknown]> = []) {
    this.#entries = new Map()
    for (const [name, value] of entries) this.set(name, value)
  }

  get size(): number {
    return this.#entries.size
  }

  get(name: string): unknown {
    return this.#entries.get(name.toLowerCase())?.[1]
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  set(name: string, value: unknown): void {
    const key = name.toLowerCase()
    const previous = this.#entries.get(key)
    this.#entries.set(key, [previous?.[0] ?? name, value])
  }

  delete(name: string): boolean {
    return this.#entries.delete(name.toLowerCase())
  }

  clear(): void {
    this.#entries.clear()
  }

  /** An independent map with the same entries; values are shared. */
  copy(): HeaderMap {
    const copy = new HeaderMap()
    for (const [key, entry] of this.#entries) copy.#entries.set(key, entry)
    return copy
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: unknown]> {
    return this.#entries.values()
  }
}

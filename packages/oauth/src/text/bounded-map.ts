interface Entry<Key, Value> {
  readonly key: Key
  value: Value
  older: Entry<Key, Value> | undefined
  newer: Entry<Key, Value> | undefined
}

/**
 * At most `max` entries: adding one more drops the one that was used longest ago. For caches that can be refilled. The order of
 * use is a list of its own: to take a key out of a `Map` and put it in again leaves something behind that each later look
 * at the key has to pass, thousands of times where one key is used again and again.
 */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Entry<Key, Value>>()
  readonly #max: number
  #oldest: Entry<Key, Value> | undefined
  #newest: Entry<Key, Value> | undefined

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#use(entry)
    return entry.value
  }

  /** Returns the value it had to drop. */
  set(key: Key, value: Value): Value | undefined {
    const known = this.#entries.get(key)
    if (known) {
      known.value = value
      this.#use(known)
      return undefined
    }
    const entry = { key, value, older: undefined, newer: undefined }
    this.#entries.set(key, entry)
    this.#append(entry)
    const dropped = this.#entries.size > this.#max ? this.#oldest : undefined
    if (dropped) this.delete(dropped.key)
    return dropped?.value
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#unlink(entry)
  }

  clear(): void {
    this.#entries.clear()
    this.#oldest = undefined
    this.#newest = undefined
  }

  *values(): Generator<Value> {
    for (const { value } of this.#entries.values()) yield value
  }

  #use(entry: Entry<Key, Value>): void {
    if (entry === this.#newest) return
    this.#unlink(entry)
    this.#append(entry)
  }

  #append(entry: Entry<Key, Value>): void {
    entry.older = this.#newest
    entry.newer = undefined
    if (this.#newest) this.#newest.newer = entry
    else this.#oldest = entry
    this.#newest = entry
  }

  #unlink({ older, newer }: Entry<Key, Value>): void {
    if (older) older.newer = newer
    else this.#oldest = newer
    if (newer) newer.older = older
    else this.#newest = older
  }
}

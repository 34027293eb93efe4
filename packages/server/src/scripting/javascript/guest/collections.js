// java.util: maps, lists and sets. They keep texts as JavaScript's and hand them out as Java's.

{
  const { sluice } = globalThis
  const { define, JavaObject, textOf, unwrap, wrap } = sluice
  const content = Symbol('content')
  const iteratorOf = items => {
    const left = [...items]
    return { hasNext: () => left.length > 0, next: () => left.shift() }
  }
  const itemsOf = items => (items instanceof sluice.HashMap ? items.values() : items)

  /** Names without a method of the map are keys, for reading and writing: `map.key`, `map['a key']`. */
  const asProperties = {
    get: (map, name) =>
      typeof name === 'symbol' || name in map ? map[name] : map.containsKey(name) ? map.get(name) : undefined,
    set: (map, name, value) => {
      if (typeof name === 'symbol' || name in map) map[name] = value
      else map.put(name, value)
      return true
    },
    has: (map, name) => name in map || (typeof name === 'string' && map.containsKey(name)),
    deleteProperty: (map, name) => {
      map.remove(name)
      return true
    },
    ownKeys: map => Array.from(map[content].values(), ([key]) => String(key)),
    getOwnPropertyDescriptor: (map, name) =>
      typeof name === 'string' && map.containsKey(name)
        ? { value: map.get(name), enumerable: true, configurable: true, writable: true }
        : undefined,
  }

  /** Keeps the order of insertion. `keyOf` makes of a key what is compared. */
  class HashMap extends JavaObject {
    constructor(from) {
      super()
      Object.defineProperty(this, content, { value: new Map() })
      const map = new Proxy(this, asProperties)
      if (from !== null && typeof from === 'object') map.putAll(from)
      // biome-ignore lint/correctness/noConstructorReturn: a proxy is how a Java map has properties
      return map
    }
    keyOf(key) {
      return unwrap(key)
    }
    get(key) {
      return wrap(this[content].get(this.keyOf(key))?.[1] ?? null)
    }
    getOrDefault(key, other) {
      return this.containsKey(key) ? this.get(key) : wrap(other)
    }
    put(key, value) {
      const before = this[content].get(this.keyOf(key))
      this[content].set(this.keyOf(key), [before?.[0] ?? unwrap(key), unwrap(value)])
      return wrap(before?.[1] ?? null)
    }
    putIfAbsent(key, value) {
      return this.get(key) ?? this.put(key, value)
    }
    putAll(from) {
      const entries = from instanceof HashMap ? from[content].values() : Object.entries(from)
      for (const [key, value] of entries) this.put(key, value)
    }
    remove(key) {
      const before = this.get(key)
      this[content].delete(this.keyOf(key))
      return before
    }
    containsKey(key) {
      return this[content].has(this.keyOf(key))
    }
    containsValue(value) {
      return Array.from(this[content].values()).some(([, kept]) => kept === unwrap(value))
    }
    size() {
      return this[content].size
    }
    isEmpty() {
      return this[content].size === 0
    }
    clear() {
      this[content].clear()
    }
    keySet() {
      return new sluice.HashSet(Array.from(this[content].values(), ([key]) => key))
    }
    values() {
      return new sluice.ArrayList(Array.from(this[content].values(), ([, value]) => value))
    }
    entrySet() {
      const entryOf = ([key]) => ({
        getKey: () => wrap(key),
        getValue: () => this.get(key),
        setValue: value => this.put(key, value),
        toString: () => `${textOf(key)}=${textOf(this.get(key))}`,
      })
      return new sluice.HashSet(Array.from(this[content].values(), entryOf))
    }
    forEach(action) {
      for (const [key, value] of [...this[content].values()]) action(wrap(key), wrap(value))
    }
    toString() {
      return `{${Array.from(this[content].values(), ([key, value]) => `${textOf(key)}=${textOf(value)}`).join(', ')}}`
    }
    toJSON() {
      return Object.fromEntries(this[content].values())
    }
  }

  /** A list that is an array, too: `list.get(0)`, `list[0]`, `for (item of list)`. */
  class ArrayList extends Array {
    static get [Symbol.species]() {
      return Array
    }
    constructor(from) {
      super()
      if (from !== null && typeof from === 'object') this.addAll(from)
    }
    add(...args) {
      if (args.length > 1) this.splice(args[0], 0, wrap(args[1]))
      else this.push(wrap(args[0]))
      return true
    }
    addAll(items) {
      for (const item of itemsOf(items)) this.push(wrap(item))
      return true
    }
    get(index) {
      if (!(index >= 0 && index < this.length)) {
        throw new sluice.JavaException(`Expected an index below ${this.length}, found ${index}`)
      }
      return this[index]
    }
    set(index, value) {
      const before = this.get(index)
      this[index] = wrap(value)
      return before
    }
    remove(indexOrItem) {
      const index = typeof indexOrItem === 'number' ? indexOrItem : this.indexOf(indexOrItem)
      return typeof indexOrItem === 'number' ? this.splice(index, 1)[0] : index >= 0 && this.splice(index, 1).length > 0
    }
    indexOf(item) {
      return this.findIndex(kept => unwrap(kept) === unwrap(item))
    }
    contains(item) {
      return this.indexOf(item) >= 0
    }
    size() {
      return this.length
    }
    isEmpty() {
      return this.length === 0
    }
    clear() {
      this.length = 0
    }
    iterator() {
      return iteratorOf(this)
    }
    toArray() {
      return [...this]
    }
    getClass() {
      return this.constructor
    }
    toString() {
      return `[${this.map(textOf).join(', ')}]`
    }
  }

  class HashSet extends JavaObject {
    #items = new Map()
    constructor(from) {
      super()
      if (from !== null && typeof from === 'object') this.addAll(from)
    }
    add(item) {
      const isNew = !this.contains(item)
      this.#items.set(unwrap(item), wrap(item))
      return isNew
    }
    addAll(items) {
      for (const item of itemsOf(items)) this.add(item)
      return true
    }
    contains(item) {
      return this.#items.has(unwrap(item))
    }
    remove(item) {
      return this.#items.delete(unwrap(item))
    }
    size() {
      return this.#items.size
    }
    isEmpty() {
      return this.#items.size === 0
    }
    clear() {
      this.#items.clear()
    }
    iterator() {
      return iteratorOf(this)
    }
    toArray() {
      return [...this]
    }
    forEach(action) {
      for (const item of this) action(item)
    }
    [Symbol.iterator]() {
      return this.#items.values()
    }
    toString() {
      return `[${Array.from(this, textOf).join(', ')}]`
    }
  }

  Object.assign(sluice, { HashMap, ArrayList, HashSet })
  define('java.util.HashMap', HashMap)
  for (const name of ['LinkedHashMap', 'TreeMap', 'Hashtable']) define(`java.util.${name}`, class extends HashMap {})
  define('java.util.ArrayList', ArrayList)
  for (const name of ['LinkedList', 'Vector']) define(`java.util.${name}`, class extends ArrayList {})
  define('java.util.HashSet', HashSet)
  for (const name of ['LinkedHashSet', 'TreeSet']) define(`java.util.${name}`, class extends HashSet {})
  sluice.writers.push(
    [HashMap, (map, each) => ({ kind: 'map', entries: Array.from(map[content].values(), entry => entry.map(each)) })],
    [HashSet, (set, each) => ({ kind: 'set', items: Array.from(set, each) })],
  )
  Object.assign(sluice.readers, {
    list: ({ items }, each) => new ArrayList(items.map(each)),
    set: ({ items }, each) => new HashSet(items.map(each)),
    map: ({ entries }, each) => {
      const map = new HashMap()
      for (const [key, value] of entries) map.put(each(key), each(value))
      return map
    },
  })
}

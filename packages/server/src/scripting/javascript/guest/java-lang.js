// java.lang: texts, numbers, exceptions.

{
  const { sluice } = globalThis
  const { define, JavaObject } = sluice

  /** Values as Java objects: a text that a method of Java returns has the methods of `java.lang.String`. */
  sluice.wrap = value => (typeof value === 'string' ? new JavaString(value) : value)
  /** As JavaScript has it. */
  sluice.unwrap = value => (value instanceof JavaString ? value.toString() : value)
  /** As Java writes it. */
  sluice.textOf = value => (value === undefined ? 'null' : String(value))

  const literal = text => String(text).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const regex = (text, flags) => new RegExp(text instanceof RegExp ? text.source : String(text), flags)
  const wrap = text => sluice.wrap(text)

  /** java.lang.String: its own methods, and under them those of JavaScript's texts. */
  class JavaString extends JavaObject {
    #text
    constructor(value = '', charset = 'UTF-8') {
      super()
      this.#text = ArrayBuffer.isView(value) ? sluice.decode(sluice.latin1(value), String(charset)) : String(value)
    }
    static valueOf(value) {
      return wrap(sluice.textOf(value))
    }
    static join(separator, ...items) {
      return wrap((items.length === 1 && typeof items[0] === 'object' ? [...items[0]] : items).join(String(separator)))
    }
    toString() {
      return this.#text
    }
    valueOf() {
      return this.#text
    }
    toJSON() {
      return this.#text
    }
    /** A number to JavaScript, a method to Java: `text.length`, `text.length()`. */
    get length() {
      const { length } = this.#text
      return Object.assign(() => length, { valueOf: () => length, toString: () => String(length) })
    }
    isEmpty() {
      return this.#text === ''
    }
    isBlank() {
      return this.#text.trim() === ''
    }
    equals(other) {
      return (other instanceof JavaString || typeof other === 'string') && this.#text === String(other)
    }
    equalsIgnoreCase(other) {
      return this.#text.toLowerCase() === String(other).toLowerCase()
    }
    compareTo(other) {
      return this.#text < String(other) ? -1 : Number(this.#text > String(other))
    }
    compareToIgnoreCase(other) {
      return wrap(this.#text.toLowerCase()).compareTo(String(other).toLowerCase())
    }
    contains(part) {
      return this.#text.includes(String(part))
    }
    matches(pattern) {
      return new RegExp(`^(?:${regex(pattern).source})$`).test(this.#text)
    }
    concat(other) {
      return wrap(this.#text + other)
    }
    substring(...range) {
      return wrap(this.#text.substring(...range))
    }
    trim() {
      return wrap(this.#text.trim())
    }
    strip() {
      return this.trim()
    }
    toLowerCase() {
      return wrap(this.#text.toLowerCase())
    }
    toUpperCase() {
      return wrap(this.#text.toUpperCase())
    }
    replace(part, by) {
      const pattern = part instanceof RegExp ? part : new RegExp(literal(part), 'g')
      return wrap(
        this.#text.replace(pattern, typeof by === 'function' || part instanceof RegExp ? by : () => String(by)),
      )
    }
    replaceAll(pattern, by) {
      return wrap(this.#text.replace(regex(pattern, 'g'), typeof by === 'function' ? by : String(by)))
    }
    replaceFirst(pattern, by) {
      return wrap(this.#text.replace(regex(pattern), String(by)))
    }
    split(pattern, limit) {
      const parts = this.#text.split(regex(pattern))
      if (limit === undefined) while (parts.length > 1 && parts.at(-1) === '') parts.pop()
      else if (limit > 0 && parts.length > limit) parts.push(parts.splice(limit - 1).join(String(pattern)))
      return parts.map(wrap)
    }
    getBytes(charset = 'UTF-8') {
      return sluice.bytes(sluice.encode(this.#text, String(charset)))
    }
    toCharArray() {
      return [...this.#text]
    }
    hashCode() {
      let code = 0
      for (let index = 0; index < this.#text.length; index++) code = (code * 31 + this.#text.charCodeAt(index)) | 0
      return code
    }
    intern() {
      return this
    }
  }
  Object.setPrototypeOf(JavaString.prototype, Object.setPrototypeOf({ ...methodsOf(JavaObject) }, String.prototype))
  define('java.lang.String', JavaString)
  sluice.JavaString = JavaString
  sluice.writers.push([JavaString, String])
  for (const name of ['equals', 'equalsIgnoreCase']) {
    const value = function (other) {
      return wrap(String(this))[name](other)
    }
    Object.defineProperty(String.prototype, name, { value })
  }

  function methodsOf({ prototype }) {
    const names = Object.getOwnPropertyNames(prototype).filter(name => name !== 'constructor')
    return Object.fromEntries(names.map(name => [name, prototype[name]]))
  }

  class StringBuilder extends JavaObject {
    #text
    constructor(text = '') {
      super()
      this.#text = typeof text === 'number' ? '' : String(text)
    }
    append(value) {
      this.#text += sluice.textOf(value)
      return this
    }
    insert(at, value) {
      this.#text = this.#text.slice(0, at) + sluice.textOf(value) + this.#text.slice(at)
      return this
    }
    reverse() {
      this.#text = [...this.#text].reverse().join('')
      return this
    }
    setLength(length) {
      this.#text = this.#text.slice(0, length)
    }
    deleteCharAt(at) {
      this.#text = this.#text.slice(0, at) + this.#text.slice(at + 1)
      return this
    }
    length() {
      return this.#text.length
    }
    toString() {
      return this.#text
    }
  }
  define('java.lang.StringBuilder', StringBuilder)
  define('java.lang.StringBuffer', class extends StringBuilder {})
  sluice.writers.push([StringBuilder, String])

  class JavaException extends Error {
    constructor(message, cause) {
      super(message instanceof Error ? message.message : sluice.textOf(message ?? ''), { cause: cause ?? message })
      this.name = this.constructor.getName()
    }
    getMessage() {
      return wrap(this.message)
    }
    getLocalizedMessage() {
      return this.getMessage()
    }
    getCause() {
      return this.cause instanceof Error ? this.cause : null
    }
    getClass() {
      return this.constructor
    }
    get javaException() {
      return this
    }
    printStackTrace() {}
  }
  sluice.JavaException = define('java.lang.Throwable', JavaException)
  for (const name of ['Exception', 'RuntimeException', 'IllegalArgumentException', 'IllegalStateException', 'Error']) {
    define(`java.lang.${name}`, class extends JavaException {})
  }
}

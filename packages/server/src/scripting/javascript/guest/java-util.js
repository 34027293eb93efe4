// java.util: dates, identifiers, Base64.

{
  const { sluice } = globalThis
  const { define, JavaObject, wrap } = sluice
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const two = number => String(number).padStart(2, '0')

  /** A date of JavaScript that writes itself as Java does: `Fri Nov 27 14:30:07 UTC 2026`. */
  class JavaDate extends Date {
    toString() {
      const time = [this.getHours(), this.getMinutes(), this.getSeconds()].map(two).join(':')
      return `${days[this.getDay()]} ${months[this.getMonth()]} ${two(this.getDate())} ${time} UTC ${this.getFullYear()}`
    }
    before(other) {
      return this < other
    }
    after(other) {
      return this > other
    }
    equals(other) {
      return other instanceof Date && this.getTime() === other.getTime()
    }
    compareTo(other) {
      return Math.sign(this.getTime() - other.getTime())
    }
    getClass() {
      return this.constructor
    }
  }
  define('java.util.Date', JavaDate)

  class UUID extends JavaObject {
    #text
    constructor(text) {
      super()
      this.#text = text
    }
    static randomUUID() {
      const hex = Array.from({ length: 32 }, () => Math.floor(Math.random() * 16))
      hex[12] = 4
      hex[16] = (hex[16] & 3) | 8
      const text = hex.map(digit => digit.toString(16)).join('')
      return new UUID(text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
    }
    static fromString(text) {
      return new UUID(String(text))
    }
    toString() {
      return this.#text
    }
  }
  define('java.util.UUID', UUID)
  sluice.writers.push([UUID, String])

  const latin1Of = bytes => (ArrayBuffer.isView(bytes) ? sluice.latin1(bytes) : sluice.encode(String(bytes), 'UTF-8'))
  const encoder = isUrl => ({
    encodeToString: bytes => wrap(sluice.base64(latin1Of(bytes), isUrl)),
    encode: bytes => sluice.bytes(sluice.base64(latin1Of(bytes), isUrl)),
  })
  const decoder = {
    decode: text => sluice.bytes(sluice.unbase64(ArrayBuffer.isView(text) ? latin1Of(text) : String(text))),
  }
  const Base64 = class {}
  define(
    'java.util.Base64',
    Object.assign(Base64, {
      getEncoder: () => encoder(false),
      getUrlEncoder: () => encoder(true),
      getDecoder: () => decoder,
      getUrlDecoder: () => decoder,
      getMimeDecoder: () => decoder,
    }),
  )
}

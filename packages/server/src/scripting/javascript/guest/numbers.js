// java.lang: numbers, truth values, arithmetic and the system.

{
  const { sluice } = globalThis
  const { define, wrap } = sluice

  function parsed(text, pattern, what) {
    const trimmed = String(text).trim()
    if (!pattern.test(trimmed)) throw new sluice.JavaException(`Expected ${what}, found "${text}"`)
    return Number(trimmed)
  }
  const whole = text => parsed(text, /^[+-]?\d+$/, 'a whole number')
  const decimal = text => parsed(text, /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, 'a number')

  /** Numbers are JavaScript's: `new java.lang.Integer(5)` is 5 with methods. */
  function defineNumber(name, parse, statics) {
    const type = class extends Number {
      constructor(value) {
        super(typeof value === 'number' ? value : parse(value))
      }
      static valueOf(value) {
        return typeof value === 'number' ? value : parse(value)
      }
      intValue() {
        return Math.trunc(this)
      }
      longValue() {
        return Math.trunc(this)
      }
      doubleValue() {
        return Number(this)
      }
      equals(other) {
        return Number(this) === Number(other)
      }
      getClass() {
        return this.constructor
      }
    }
    define(`java.lang.${name}`, type)
    for (const [key, value] of Object.entries(statics)) Object.defineProperty(type, key, { value })
    const written = value => (value === undefined ? `class java.lang.${name}` : wrap(String(value)))
    Object.defineProperty(type, 'toString', { value: written })
  }
  defineNumber('Integer', whole, { parseInt: whole, MAX_VALUE: 2 ** 31 - 1, MIN_VALUE: -(2 ** 31) })
  defineNumber('Long', whole, { parseLong: whole })
  defineNumber('Double', decimal, { parseDouble: decimal })
  defineNumber('Float', decimal, { parseFloat: decimal })

  const truth = value => String(value).toLowerCase() === 'true'
  define(
    'java.lang.Boolean',
    class extends Boolean {
      constructor(value) {
        super(truth(value))
      }
      static parseBoolean(value) {
        return truth(value)
      }
      static valueOf(value) {
        return truth(value)
      }
      booleanValue() {
        return Boolean(this.valueOf())
      }
    },
  )
  const math = class {}
  for (const name of ['abs', 'ceil', 'floor', 'max', 'min', 'pow', 'random', 'sqrt'])
    math[name] = (...x) => Math[name](...x)
  define('java.lang.Math', Object.assign(math, { round: value => Math.round(value), PI: Math.PI }))
  const system = {
    currentTimeMillis: () => Date.now(),
    nanoTime: () => Date.now() * 1_000_000,
    lineSeparator: () => wrap('\n'),
    getProperty: () => null,
    out: { print() {}, println() {} },
  }
  define('java.lang.System', Object.assign(class {}, system))

  /** `java.lang.reflect.Array.newInstance(java.lang.Byte.TYPE, 0).getClass()`: how scripts ask for bytes. */
  const byteArray = define('[B', class {})
  Int8Array.prototype.getClass = () => byteArray
  define('java.lang.Byte', Object.assign(class {}, { TYPE: 'byte' }))
  const newInstance = (type, length) => (type === 'byte' ? new Int8Array(length) : new Array(length).fill(null))
  define('java.lang.reflect.Array', Object.assign(class {}, { newInstance }))
}

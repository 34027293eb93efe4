// Values that cross between the sandbox and its host, as JSON can say them. All that scripts see of Java is made of these
// files; each is given `sluice`, which no script can reach.

{
  const { sluice } = globalThis
  const { host } = sluice
  const { parse, stringify } = JSON
  const hostNames = [
    'attachmentText',
    'base64',
    'bodyBytes',
    'bodyText',
    'decode',
    'encode',
    'hasBody',
    'random',
    'unbase64',
  ]
  for (const name of hostNames) sluice[name] = (...args) => parse(host(stringify([name, ...args])))
  Math.random = sluice.random

  const depthMax = 100

  /** Java names of types, and what they write of themselves: `define` in classes.js and those that follow. */
  sluice.writers = []

  /** What JSON says of a value; the host reads it with `readValue`. */
  sluice.write = (value, depth = 0) => {
    if (depth > depthMax) throw new Error(`Expected values at most ${depthMax} deep in each other, found deeper ones`)
    if (value === null || value === undefined) return null
    if (typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
    if (typeof value !== 'object') return String(value)
    const each = item => sluice.write(item, depth + 1)
    for (const [type, write] of sluice.writers) if (value instanceof type) return write(value, each)
    if (ArrayBuffer.isView(value)) return { kind: 'bytes', latin1: sluice.latin1(value) }
    if (Array.isArray(value)) return { kind: 'list', items: Array.from(value, each) }
    if (value instanceof Set) return { kind: 'set', items: Array.from(value, each) }
    if (value instanceof Map) return { kind: 'map', entries: Array.from(value, entry => entry.map(each)) }
    if (value instanceof Date || value instanceof String || value instanceof Error) return String(value)
    if (value instanceof Number || value instanceof Boolean) return value.valueOf()
    return { kind: 'map', entries: Object.entries(value).map(([name, entry]) => [name, each(entry)]) }
  }

  /** Makes the value that the host has written. Kinds that need Java's types add their reader. */
  sluice.readers = { bytes: ({ latin1 }) => sluice.bytes(latin1) }
  sluice.read = written => {
    if (written === null || typeof written !== 'object') return written
    return sluice.readers[written.kind](written, sluice.read)
  }

  /** Bytes are signed, as Java's are. */
  sluice.bytes = latin1 => Int8Array.from(latin1, character => character.charCodeAt(0))

  const pieceLength = 8_192
  sluice.latin1 = view => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    const pieces = []
    for (let start = 0; start < bytes.length; start += pieceLength) {
      pieces.push(String.fromCharCode(...bytes.subarray(start, start + pieceLength)))
    }
    return pieces.join('')
  }
}

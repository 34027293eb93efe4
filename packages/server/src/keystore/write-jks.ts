import type { Certificate } from '@sluice/iflow'
import { digestOf, jksMagic } from './jks.ts'

/** A trusted certificate in a file. */
export interface JksCertificate {
  readonly alias: string
  readonly certificate: Certificate
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly createdAt: number
}

/** A keystore of Java's type JKS with certificates only, under the empty password. */
export function writeJks(entries: readonly JksCertificate[]): Uint8Array {
  const content = Buffer.concat([int(jksMagic), int(2), int(entries.length), ...entries.flatMap(writeEntry)])
  return new Uint8Array(Buffer.concat([content, digestOf(content, '')]))
}

function writeEntry({ alias, certificate, createdAt }: JksCertificate): Uint8Array[] {
  const date = Buffer.alloc(8)
  date.writeBigInt64BE(BigInt(createdAt))
  return [int(2), text(alias), date, text('X.509'), int(certificate.length), certificate]
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Java's modified UTF-8, with its length in two bytes before it. */
function text(value: string): Buffer {
  const bytes: number[] = []
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    const last = 0x80 | (unit & 0x3f)
    if (unit > 0 && unit < 0x80) bytes.push(unit)
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), last)
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), last)
  }
  return Buffer.from([bytes.length >> 8, bytes.length & 0xff, ...bytes])
}

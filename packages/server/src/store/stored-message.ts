import type { HeaderValue } from '@sluice/iflow'
import type { Seal } from './seal.ts'

/** Body and headers of a message, as they stand in one column: length of the headers (4 bytes), headers as JSON, body. */
export interface StoredMessage {
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, HeaderValue>>
}

export function writeMessage({ body, headers }: StoredMessage): Uint8Array {
  const head = Buffer.from(JSON.stringify(headers))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, body])
}

export function readMessage(content: Uint8Array): StoredMessage {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const end = 4 + bytes.readUInt32BE(0)
  return {
    headers: JSON.parse(bytes.toString('utf8', 4, end)) as StoredMessage['headers'],
    body: new Uint8Array(bytes.subarray(end)),
  }
}

/** Throws when `name` is not the one under which it was sealed, or it was changed. */
export function unsealed(seal: Seal, name: string, sealed: Uint8Array): Uint8Array {
  const content = seal.open(name, sealed)
  if (!content) throw new Error(`Expected ${name} as it was sealed, found it changed`)
  return content
}

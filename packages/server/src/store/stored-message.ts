import type { HeaderValue } from '@sluice/iflow'
import type { Seal } from './seal.ts'

/** Body and headers of a message, as they stand in one column. */
export interface StoredMessage {
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, HeaderValue>>
}

export function writeMessage({ body, headers }: StoredMessage): Uint8Array {
  return writeHeaded(headers, body)
}

export function readMessage(content: Uint8Array): StoredMessage {
  const { head, body } = readHeaded<StoredMessage['headers']>(content)
  return { headers: head, body }
}

/** A body with something else before it: length (4 bytes), JSON, body. */
export function writeHeaded(head: unknown, body: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([length, json, body])
}

export function readHeaded<Head>(content: Uint8Array): { readonly head: Head; readonly body: Uint8Array } {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const end = 4 + bytes.readUInt32BE(0)
  return { head: JSON.parse(bytes.toString('utf8', 4, end)) as Head, body: new Uint8Array(bytes.subarray(end)) }
}

/** Throws when `name` is not the one under which it was sealed, or it was changed. */
export function unsealed(seal: Seal, name: string, sealed: Uint8Array): Uint8Array {
  const content = seal.open(name, sealed)
  if (!content) throw new Error(`Expected ${name} as it was sealed, found it changed`)
  return content
}

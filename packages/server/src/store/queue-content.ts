import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { QueuedAttachment, QueuedContent, QueueValue } from '@sluice/iflow'
import type { Seal } from './seal.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** Bytes below which compressing saves nothing worth a thread's time. */
const compressedMin = 1_024

type Part = { readonly kind: 'null' | 'text' | 'bytes'; readonly length: number }

interface Head {
  readonly headers: readonly (readonly [string, QueueValue])[]
  readonly properties: readonly (readonly [string, QueueValue])[]
  readonly body: Part
  readonly attachments: readonly (Part & Pick<QueuedAttachment, 'name' | 'contentType'>)[]
}

/** A content as the store keeps it. */
export interface StoredContent {
  readonly content: Uint8Array
  readonly compressed: number
  readonly encrypted: number
}

/** Length of the head in 4 bytes, the head as JSON, then body and attachments; compressed, then sealed under `id`. */
export async function packContent(
  id: string,
  content: QueuedContent,
  options: { readonly compressed: boolean; readonly encrypted: boolean },
  seal: Seal,
): Promise<StoredContent> {
  const body = bytesOf(content.body)
  const attachments = content.attachments.map(attachment => ({ attachment, bytes: bytesOf(attachment.body) }))
  const head: Head = {
    headers: content.headers,
    properties: content.properties,
    body: partOf(content.body, body),
    attachments: attachments.map(({ attachment: { name, contentType, body: raw }, bytes }) => {
      return { name, contentType, ...partOf(raw, bytes) }
    }),
  }
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([length, text, body, ...attachments.map(({ bytes }) => bytes)])
  const compressed = options.compressed && plain.length >= compressedMin
  const small = compressed ? await compress(plain) : plain
  return {
    content: options.encrypted ? seal.seal(sealName(id), small) : small,
    compressed: compressed ? 1 : 0,
    encrypted: options.encrypted ? 1 : 0,
  }
}

/** Throws when the content was changed behind the store's back. */
export async function unpackContent(id: string, stored: StoredContent, seal: Seal): Promise<QueuedContent> {
  const opened = stored.encrypted ? seal.open(sealName(id), stored.content) : stored.content
  if (!opened) throw new Error(`Expected the content of queue message "${id}" as it was sealed, found it changed`)
  const plain = stored.compressed ? await decompress(opened) : Buffer.from(opened)
  const start = 4 + plain.readUInt32BE()
  const head = JSON.parse(plain.toString('utf8', 4, start)) as Head
  let at = start
  const read = ({ kind, length }: Part) => {
    const bytes = plain.subarray(at, at + length)
    at += length
    return kind === 'null' ? null : kind === 'text' ? bytes.toString('utf8') : new Uint8Array(bytes)
  }
  const body = read(head.body)
  const attachments = head.attachments.map(part => ({
    name: part.name,
    contentType: part.contentType,
    body: read(part),
  }))
  return { headers: head.headers, properties: head.properties, body, attachments }
}

function sealName(id: string): string {
  return `queue-message:${id}`
}

function bytesOf(raw: string | Uint8Array | null): Uint8Array {
  return typeof raw === 'string' ? Buffer.from(raw) : (raw ?? new Uint8Array(0))
}

function partOf(raw: string | Uint8Array | null, { length }: Uint8Array): Part {
  return { kind: raw === null ? 'null' : typeof raw === 'string' ? 'text' : 'bytes', length }
}

import { flag, tab } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { type MediaType, parseMediaType } from '../formats/media-type.ts'
import {
  multipartPartsMax,
  type Part,
  readHeaders,
  readMultipart,
  readMultipartTask,
  receivedPart,
} from '../formats/multipart.ts'
import { Body } from '../run/body.ts'
import { decode } from '../run/charset.ts'
import type { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import { heavyFrom } from '../run/heavy-work.ts'
import type { RunScope } from '../run/scope.ts'
import { asText } from '../run/value.ts'

export const mimeMultipartDecode = defineStep({
  type: 'MIME Multipart Message Decode',
  label: 'MIME Multipart Decoder',
  doc: [
    'Takes a MIME multipart message apart: the first part becomes the body and gives header `Content-Type`, the others become',
    'attachments, named after their file, else `attachment-1` and so on. Transfer encodings are undone. A message that is no',
    `multipart stays as it is. More than ${multipartPartsMax} parts fail the step.`,
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.2', properties: { activityType: 'Decoder', encoderType: 'MIME Multipart Message Decode' } },
  leaves: 'one',
  props: tab('Processing', {
    MultipartHeadersInline: flag(
      'Multipart Headers Inline',
      'Whether the multipart headers are at the start of the body. Then a body without them becomes empty. If not, they are headers of the message, and are taken away.',
      { default: false },
    ),
  }),
  examples: [
    {
      title: 'A text and a file',
      input: {
        headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
        body: '--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Disposition: attachment; filename="a.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n--b--\r\n',
      },
      output: { body: 'Hello', headers: { 'Content-Type': 'text/plain' }, attachments: { 'a.txt': 'Grüße' } },
    },
    {
      title: 'A multipart without parts',
      input: { headers: { 'Content-Type': 'multipart/mixed; boundary=b' }, body: 'Hello' },
      status: 'FAILED',
      failure: 'decoding',
    },
  ],
  compile:
    ({ MultipartHeadersInline }) =>
    (exchange, scope) =>
      MultipartHeadersInline ? decodeInline(exchange, scope) : decodeBehindHeaders(exchange, scope),
})

function decodeInline(exchange: Exchange, scope: RunScope): undefined | Promise<undefined> {
  const bytes = exchange.body.bytes(exchange.charset)
  const { headers, bodyStart } = readHeaders(bytes)
  const media = parseMediaType(asText(headers.get('Content-Type')))
  if (!media.type.startsWith('multipart/')) {
    exchange.body = Body.empty
    return undefined
  }
  return read(bytes.subarray(bodyStart), media, scope, parts => unpack(exchange, parts))
}

function decodeBehindHeaders(exchange: Exchange, scope: RunScope): undefined | Promise<undefined> {
  const media = parseMediaType(asText(exchange.headers.get('Content-Type')))
  if (!media.type.startsWith('multipart/')) return undefined
  return read(exchange.body.bytes(exchange.charset), media, scope, parts => {
    for (const name of ['Content-Type', 'MIME-Version', 'Message-ID']) exchange.headers.delete(name)
    unpack(exchange, parts)
  })
}

/** Hands over the parts; waits for them only when the body is large. */
function read(
  bytes: Uint8Array,
  media: MediaType,
  { ports }: RunScope,
  then: (parts: readonly Part[]) => undefined,
): undefined | Promise<undefined> {
  const boundary = boundaryOf(media)
  if (bytes.length <= heavyFrom) return then(readMultipart(bytes, boundary))
  return ports.heavyWork.run(readMultipartTask, { bytes, boundary }).then(parts => then(parts.map(receivedPart)))
}

function boundaryOf({ parameters }: MediaType): string {
  const boundary = parameters.get('boundary')
  if (boundary) return boundary
  throw new Failure('Expected Content-Type to say the boundary of the parts, found none.', { code: 'decoding' })
}

function unpack(exchange: Exchange, [first, ...others]: readonly Part[]): undefined {
  const contentType = first?.headers.get('Content-Type')
  if (contentType === undefined) exchange.headers.delete('Content-Type')
  else exchange.headers.set('Content-Type', contentType)
  exchange.body = bodyOf(first)
  for (const [index, { headers, content }] of others.entries()) {
    const type = asText(headers.get('Content-Type')) || 'application/octet-stream'
    const name = freeName(exchange, fileName(headers, type) ?? `attachment-${index + 1}`)
    exchange.attachments.set(name, { body: Body.of(content), contentType: type })
  }
}

/** Text in a charset of its own becomes text: bytes would be read in the charset of the message. */
function bodyOf(part: Part | undefined): Body {
  const { type, parameters } = parseMediaType(asText(part?.headers.get('Content-Type')))
  const charset = type.startsWith('text/') ? parameters.get('charset') : undefined
  const content = part?.content ?? null
  return Body.of(content === null || charset === undefined ? content : decode(content, charset))
}

function fileName(headers: Part['headers'], contentType: string): string | undefined {
  const disposition = parseMediaType(asText(headers.get('Content-Disposition')))
  return disposition.parameters.get('filename') || parseMediaType(contentType).parameters.get('name') || undefined
}

function freeName({ attachments }: Exchange, wanted: string): string {
  let name = wanted
  for (let number = 2; attachments.has(name); number += 1) name = `${wanted} (${number})`
  return name
}

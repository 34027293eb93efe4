import { ODataError } from '../error.ts'
import { type BodyPart, boundaryOf, readHeaders, readLine, splitMultipart } from './multipart.ts'

/** A request inside a batch. */
export interface BatchRequest {
  readonly method: string
  /** As written: relative to the service root, an absolute path, a URI, or `$<Content-ID>/…`. */
  readonly url: string
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** What answers and later requests of the same changeset call this one. */
  readonly contentId: string | undefined
}

/** One thing that a batch asks for. The requests of a changeset take effect together or not at all. */
export type BatchItem =
  | { readonly kind: 'request'; readonly request: BatchRequest }
  | { readonly kind: 'changeset'; readonly requests: readonly BatchRequest[] }

/**
 * Understands the body of `POST $batch` (OData V2, "Batch Processing", section 2): `multipart/mixed` of single requests and
 * changesets, one level deep. Lenient where clients are: LF for CRLF, no Content-Length, no final line break. At most
 * `requestsMax` requests in all. Throws `ODataError`: 415 for another content type, else 400.
 */
export function parseBatch(contentType: string | undefined, body: string, requestsMax: number): BatchItem[] {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) {
    throw new ODataError(
      'unsupported-media-type',
      `Expected Content-Type multipart/mixed with a boundary for $batch, found ${contentType ?? 'none'}`,
    )
  }
  let remaining = requestsMax
  const items: BatchItem[] = []
  for (const part of splitMultipart(body, boundary, requestsMax)) {
    const item = parseItem(part, remaining)
    remaining -= item.kind === 'request' ? 1 : item.requests.length
    if (remaining < 0) throw new ODataError('malformed-batch', `Expected at most ${requestsMax} requests in one batch`)
    items.push(item)
  }
  return items
}

function parseItem(part: BodyPart, requestsMax: number): BatchItem {
  const boundary = boundaryOf(part.headers.get('content-type'))
  if (boundary === undefined) return { kind: 'request', request: parseHttp(part) }
  const requests = splitMultipart(part.content, boundary, requestsMax).map(parseHttp)
  const seen = new Set<string>()
  for (const { method, contentId } of requests) {
    if (method === 'GET' || method === 'HEAD') {
      throw new ODataError('malformed-batch', `Expected only changes in a changeset, found ${method}`)
    }
    if (contentId === undefined) continue
    if (seen.has(contentId)) {
      throw new ODataError(
        'malformed-batch',
        `Expected each Content-ID once in a changeset, found "${contentId}" again`,
      )
    }
    seen.add(contentId)
  }
  return { kind: 'changeset', requests }
}

const requestLine = /^([A-Za-z]{1,20})[ \t]+(\S.*)$/

function parseHttp({ headers: outer, content }: BodyPart): BatchRequest {
  const type = outer.get('content-type')
  if (type !== undefined && !/^application\/http\s*(;|$)/i.test(type)) {
    throw new ODataError('malformed-batch', `Expected parts of type application/http, found "${type}"`)
  }
  const start = content.search(/[^\r\n]/)
  const { line, next } = readLine(content, Math.max(0, start))
  const match = requestLine.exec(line.trim())
  if (!match?.[1] || !match[2]) {
    throw new ODataError(
      'malformed-batch',
      `Expected a request line such as "GET Set HTTP/1.1" in a part, found "${line.slice(0, 100)}"`,
    )
  }
  const { headers, end } = readHeaders(content, next)
  return {
    method: match[1].toUpperCase(),
    // One blank: with more, the time that a line takes would grow with the square of its length.
    url: match[2].replace(/[ \t]HTTP\/\d(\.\d)?$/i, '').trim(),
    headers,
    body: content.slice(end),
    contentId: checkContentId(outer.get('content-id') ?? headers.get('content-id')),
  }
}

/** It goes into header fields of the answer. */
function checkContentId(contentId: string | undefined): string | undefined {
  if (contentId === undefined || /^[\x21-\x7e]{1,200}$/.test(contentId)) return contentId
  throw new ODataError('malformed-batch', 'Expected a Content-ID of 1 to 200 visible ASCII characters')
}

/**
 * The URL of a request in a batch, relative to the service root: a URI and an absolute path lose what is before it, and
 * `$<Content-ID>` becomes the path of the entity that the request of that name created. `servicePath` has no trailing slash.
 */
export function urlInBatch(url: string, servicePath: string, created: ReadonlyMap<string, string>): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '')
  const below = path === servicePath || path.startsWith(`${servicePath}/`) || path.startsWith(`${servicePath}?`)
  const relative = (below ? path.slice(servicePath.length) : path).replace(/^\/+/, '')
  const reference = /^\$([^/?]+)/.exec(relative)
  const target = reference?.[1] === undefined ? undefined : created.get(reference[1])
  return target === undefined ? relative : target + relative.slice(reference?.[0].length)
}

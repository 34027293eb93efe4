import { type Document, type Node, parseXmlDocument, serializeToWellFormedString } from 'slimdom'
import type { StoredBytes } from './body.ts'
import { decode, piecesOf } from './charset.ts'
import { Failure } from './failure.ts'

/** Limits on XML that arrives in messages. */
export const xmlLimits = { charactersMax: 64 * 1024 * 1024, depthMax: 1_000 } as const

/**
 * Parses a message as XML. Throws a `Failure` of code `not-well-formed` when it is not XML, declares a document type
 * (and with it entities), or passes one of `xmlLimits`. The message text never quotes the content.
 */
export function parseXml(text: string): Document {
  if (text.length > xmlLimits.charactersMax) {
    throw notWellFormed(`Expected at most ${xmlLimits.charactersMax} characters of XML, found ${text.length}.`)
  }
  refuseDocumentType(text)
  const document = parseOrThrow(text)
  refuseDepth(document)
  return document
}

/** The text of XML bytes, in the encoding that a byte order mark or the XML declaration names; otherwise `charset`. */
export function decodeXml(bytes: Uint8Array, charset: string): string {
  return decode(bytes, xmlEncoding(bytes, charset))
}

/** An XML declaration stands in so many bytes, if there is one. */
const declarationBytesMax = 1_024

/** The text of XML in pieces, so that large documents need not be in memory as text. Bytes are read as by `decodeXml`. */
export function piecesOfXml(content: string | Uint8Array | StoredBytes, charset: string): Iterable<string> {
  if (typeof content === 'string') return piecesOf(content, charset)
  const start = content instanceof Uint8Array ? content : content.read(0, Math.min(content.length, declarationBytesMax))
  return piecesOf(content, xmlEncoding(start, charset))
}

/** The encoding that a byte order mark or the XML declaration names; otherwise `charset`. */
export function xmlEncoding(bytes: Uint8Array, charset: string): string {
  return byteOrderMark(bytes) ?? declaredEncoding(bytes) ?? charset
}

/** Writes one node without an XML declaration; attributes give their value, documents all of their content. */
export function serializeXml(node: Node): string {
  return node.nodeType === 2 || node.nodeType === 3 ? (node.nodeValue ?? '') : serializeToWellFormedString(node)
}

/** Whether a value is a DOM node, as XPath steps leave them in headers and properties. */
export function isXmlNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value
}

function parseOrThrow(text: string): Document {
  try {
    return parseXmlDocument(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch (cause) {
    const [problem = 'unreadable', position = ''] = (cause as Error).message.split('\n', 2)
    throw notWellFormed(`Expected well-formed XML, found: ${problem}. ${position.replace(/:$/, '.')}`.trim(), cause)
  }
}

/**
 * Throws a `Failure` of code `not-well-formed` when the text declares a document type, which can only stand in the prolog,
 * between comments and processing instructions.
 */
export function refuseDocumentType(text: string): void {
  const prolog = /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(text)?.[0] ?? ''
  if (text.startsWith('<!DOCTYPE', prolog.length)) {
    throw notWellFormed('Expected XML without a document type declaration, found <!DOCTYPE.')
  }
}

function refuseDepth(document: Document): void {
  let depth = 0
  let node: Node | null = document.documentElement
  while (node !== null) {
    if (depth >= xmlLimits.depthMax) {
      throw notWellFormed(`Expected at most ${xmlLimits.depthMax} nested elements, found more.`)
    }
    if (node.firstChild !== null) {
      node = node.firstChild
      depth += 1
      continue
    }
    while (node !== null && node.nextSibling === null) {
      node = node.parentNode
      depth -= 1
      if (depth <= 0) return
    }
    node = node?.nextSibling ?? null
  }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  return undefined
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = decode(bytes.subarray(0, 200), 'ISO-8859-1')
  return /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]
}

/** The failure of a message that is not the XML it should be. */
export function notWellFormed(message: string, cause?: unknown): Failure {
  return new Failure(message, { code: 'not-well-formed', cause })
}

import { type SaxesAttributeNS, SaxesParser } from 'saxes'
import type { Diagnostic } from '../diagnostic.ts'

/** How much XML is read before parsing gives up with a `too-large` or `too-deep` diagnostic. */
export interface XmlLimits {
  /** UTF-16 code units of text. */
  readonly lengthMax: number
  readonly depthMax: number
  readonly elementsMax: number
}

/** Defaults: 10 Mi characters, 200 levels, 200,000 elements. */
export const XML_LIMITS: XmlLimits = { lengthMax: 10 * 1024 * 1024, depthMax: 200, elementsMax: 200_000 }

/** An element and where it stands in the text. All positions are indexes into the text that was parsed. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string
  readonly local: string
  readonly uri: string
  /** By name as written. */
  readonly attributes: Readonly<Record<string, SaxesAttributeNS>>
  readonly children: readonly XmlElement[]
  /** The direct text and CDATA, entities resolved, line ends normalised as XML 1.0 section 2.11 says. */
  readonly text: string
  /** 1-based line of the start tag. */
  readonly line: number
  /** Of the `<` of the start tag. */
  readonly start: number
  /** After the `>` of the start tag. Equal to `contentEnd` and `end` for `<a/>`. */
  readonly contentStart: number
  /** Of the `<` of the end tag. */
  readonly contentEnd: number
  /** After the `>` of the end tag. */
  readonly end: number
}

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: XmlElement[] }

export interface ParsedXml {
  readonly root: XmlElement | undefined
  /** At most one error, the first that was found; then `root` is undefined. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Ends the parser from inside a handler; never leaves this file. */
class Stop extends Error {
  readonly code: string
  readonly line: number

  constructor(code: string, message: string, line: number) {
    super(message)
    this.code = code
    this.line = line
  }
}

/**
 * Parses a whole XML 1.0 document with namespaces into a tree with positions. Knows no DTD: a document type declaration
 * is refused (`xml-dtd`), so the only entities are the five of XML and character references.
 */
export function parseXml(text: string, file: string, limits: XmlLimits = XML_LIMITS): ParsedXml {
  try {
    if (text.length > limits.lengthMax)
      throw new Stop('too-large', `Expected at most ${limits.lengthMax} characters of XML, found ${text.length}.`, 1)
    return { root: readTree(text, limits), diagnostics: [] }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    const at = { file, line: error.line }
    return { root: undefined, diagnostics: [{ code: error.code, severity: 'error', message: error.message, at }] }
  }
}

function readTree(text: string, limits: XmlLimits): XmlElement | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const lineAt = lineCounter(text)
  const open: Growing[] = []
  let root: XmlElement | undefined
  let count = 0

  parser.on('error', error => {
    throw new Stop('broken-xml', `Expected well-formed XML, found: ${withoutPosition(error.message)}`, parser.line)
  })
  parser.on('doctype', () => {
    throw new Stop('xml-dtd', 'Expected no document type declaration, found <!DOCTYPE …>: remove it.', parser.line)
  })
  parser.on('opentag', tag => {
    // The only `<` between the start of a tag and its `>` is its first character.
    const start = text.lastIndexOf('<', parser.position - 1)
    const line = lineAt(start)
    if (open.length >= limits.depthMax)
      throw new Stop('too-deep', `Expected elements at most ${limits.depthMax} deep, found deeper ones.`, line)
    if (++count > limits.elementsMax)
      throw new Stop('too-large', `Expected at most ${limits.elementsMax} elements, found more.`, line)
    const position = parser.position
    const { name, local, uri, attributes } = tag
    const positions = { start, contentStart: position, contentEnd: position, end: position }
    const element: Growing = { name, local, uri, attributes, children: [], text: '', line, ...positions }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const append = (data: string) => {
    const element = open.at(-1)
    if (element) element.text += data
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', tag => {
    const element = open.pop()
    if (!element || tag.isSelfClosing) return
    element.end = parser.position
    element.contentEnd = text.lastIndexOf('<', parser.position - 1)
  })
  parser.write(text).close()
  return root
}

/** Lines of ascending positions, each found from the one before. */
function lineCounter(text: string): (position: number) => number {
  let line = 1
  let newline = text.indexOf('\n')
  return position => {
    while (newline !== -1 && newline < position) {
      line++
      newline = text.indexOf('\n', newline + 1)
    }
    return line
  }
}

function withoutPosition(message: string): string {
  return message.replace(/^\d+:\d+: /, '')
}

/** The children with this local name and namespace. */
export function childrenOf(element: XmlElement, local: string, uri: string): XmlElement[] {
  return element.children.filter(child => child.local === local && child.uri === uri)
}

/** The first child with this local name, whatever its namespace. */
export function firstChild(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find(child => child.local === local)
}

/** The value of an attribute without a prefix. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes[name]?.value
}

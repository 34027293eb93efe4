import { Body, Failure } from '@sluice/iflow'

type XmlDocument = ReturnType<Body['xml']>
type XmlElement = NonNullable<XmlDocument['documentElement']>

const xmlnsUri = 'http://www.w3.org/2000/xmlns/'

/**
 * Two XML texts in one layout, a line for each element, so that they mean the same when they are the same: prefixes are those
 * of the first, attributes are sorted; blanks between elements, comments, processing instructions and the declaration are left
 * out. Several elements side by side count as XML, too. Undefined when one of them is no XML.
 */
export function prettyXmlPair(
  first: string,
  second: string,
): readonly [readonly string[], readonly string[]] | undefined {
  const [left, right] = [rootsOf(first), rootsOf(second)]
  if (left === undefined || right === undefined) return undefined
  const prefixes = new Prefixes([...left, ...right])
  return [linesOf(left, prefixes), linesOf(right, prefixes)]
}

/** The elements of a text: of a document one. */
function rootsOf(text: string): readonly XmlElement[] | undefined {
  const document = parse(text) ?? parse(`<several>${text}</several>`)
  const root = document?.documentElement
  if (!root || !text.includes('<')) return undefined
  if (root.localName !== 'several' || text.includes('<several')) return [root]
  return [...root.children] as XmlElement[]
}

function parse(text: string): XmlDocument | undefined {
  try {
    return Body.of(text.trim()).xml()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** One prefix for each namespace: what the first element says that has it. */
class Prefixes {
  readonly #byUri = new Map<string, string>()

  constructor(roots: readonly XmlElement[]) {
    const isPlain = roots.some(hasPlainElement)
    for (const root of roots) this.#collect(root, isPlain)
  }

  nameOf(uri: string | null, local: string): string {
    const prefix = uri === null ? '' : (this.#byUri.get(uri) ?? '')
    return prefix === '' ? local : `${prefix}:${local}`
  }

  declaration(uri: string): string {
    const prefix = this.#byUri.get(uri) ?? ''
    return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${quoted(uri)}"`
  }

  #collect(element: XmlElement, isPlain: boolean): void {
    this.#add(element.namespaceURI, element.prefix ?? '', isPlain)
    // An attribute without prefix is in no namespace, so that one in a namespace needs a prefix.
    for (const { namespaceURI, prefix } of element.attributes) {
      if (namespaceURI !== xmlnsUri) this.#add(namespaceURI, prefix ?? '', true)
    }
    for (const child of element.children) this.#collect(child as XmlElement, isPlain)
  }

  #add(uri: string | null, wanted: string, needsPrefix: boolean): void {
    if (uri === null || (this.#byUri.has(uri) && !(needsPrefix && this.#byUri.get(uri) === ''))) return
    const isTaken = [...this.#byUri.values()].includes(wanted)
    const isUsable = !isTaken && (wanted !== '' || !needsPrefix)
    this.#byUri.set(uri, isUsable ? wanted : `ns${this.#byUri.size + 1}`)
  }
}

function hasPlainElement(element: XmlElement): boolean {
  return element.namespaceURI === null || [...element.children].some(child => hasPlainElement(child as XmlElement))
}

function linesOf(roots: readonly XmlElement[], prefixes: Prefixes): readonly string[] {
  const lines: string[] = []
  for (const root of roots) {
    const uris = new Set<string>()
    collectUris(root, uris)
    const declarations = [...uris].sort().map(uri => prefixes.declaration(uri))
    writeElement(root, { prefixes, lines, indent: '', declarations: declarations.join('') })
  }
  return lines
}

interface Output {
  readonly prefixes: Prefixes
  readonly lines: string[]
  readonly indent: string
  readonly declarations: string
}

function writeElement(element: XmlElement, output: Output): void {
  const { prefixes, lines, indent, declarations } = output
  const name = prefixes.nameOf(element.namespaceURI, element.localName)
  const attributes = [...element.attributes]
    .filter(({ namespaceURI }) => namespaceURI !== xmlnsUri)
    .map(({ namespaceURI, localName, value }) => ` ${prefixes.nameOf(namespaceURI, localName)}="${quoted(value)}"`)
    .sort()
  const open = `${indent}<${name}${declarations}${attributes.join('')}`
  const content = contentOf(element)
  const [only] = content
  if (only === undefined) lines.push(`${open}/>`)
  else if (content.length === 1 && typeof only === 'string') {
    lines.push(...`${open}>${quoted(only)}</${name}>`.split('\n'))
  } else {
    lines.push(`${open}>`)
    const inner = { prefixes, lines, indent: `${indent}  `, declarations: '' }
    for (const part of content) {
      if (typeof part === 'string')
        lines.push(
          ...quoted(part)
            .split('\n')
            .map(line => `${inner.indent}${line}`),
        )
      else writeElement(part, inner)
    }
    lines.push(`${indent}</${name}>`)
  }
}

/** Elements, and texts that are more than blanks; texts that follow each other are one. */
function contentOf(element: XmlElement): readonly (string | XmlElement)[] {
  const content: (string | XmlElement)[] = []
  let text = ''
  const flush = () => {
    if (text.trim() !== '') content.push(text.replaceAll('\r\n', '\n'))
    text = ''
  }
  for (const node of element.childNodes) {
    if (node.nodeType === 3 || node.nodeType === 4) text += node.nodeValue ?? ''
    else if (node.nodeType === 1) {
      flush()
      content.push(node as XmlElement)
    }
  }
  flush()
  return content
}

function collectUris(element: XmlElement, uris: Set<string>): void {
  if (element.namespaceURI !== null) uris.add(element.namespaceURI)
  for (const { namespaceURI } of element.attributes) {
    if (namespaceURI !== null && namespaceURI !== xmlnsUri) uris.add(namespaceURI)
  }
  for (const child of element.children) collectUris(child as XmlElement, uris)
}

function quoted(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

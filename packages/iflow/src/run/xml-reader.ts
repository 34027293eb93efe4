import { type SaxesOptions, SaxesParser } from 'saxes'
import { notWellFormed, xmlLimits } from './xml.ts'

/**
 * A parser that reads XML piece by piece and refuses what `parseXml` refuses, but for prefixes without a namespace: it throws
 * a `Failure` of code `not-well-formed` out of `write` and `close`. Callers add handlers for tags.
 */
export function xmlReader(): SaxesParser {
  return strict(new SaxesParser())
}

/** An `xmlReader` whose tags and attributes have local names and namespaces; a prefix without a namespace is refused. */
export function namespaceReader(): SaxesParser<{ xmlns: true }> {
  return strict(new SaxesParser({ xmlns: true }))
}

function strict<O extends SaxesOptions>(parser: SaxesParser<O>): SaxesParser<O> {
  parser.on('error', error => {
    throw notWellFormed(`Expected well-formed XML, found: ${error.message}`, error)
  })
  parser.on('doctype', () => {
    throw notWellFormed('Expected XML without a document type declaration, found <!DOCTYPE.')
  })
  return parser
}

/** Throws a `Failure` when an element is too deep for `xmlLimits`; `depth` counts the elements that are open. */
export function refuseDepth(depth: number): void {
  if (depth < xmlLimits.depthMax) return
  throw notWellFormed(`Expected at most ${xmlLimits.depthMax} nested elements, found more.`)
}

/** Throws a `Failure` of code `not-well-formed` for what `parseXml` refuses, without making a document. */
export function checkXml(text: string): void {
  const parser = namespaceReader()
  let depth = 0
  parser.on('opentag', () => {
    refuseDepth(depth)
    depth += 1
  })
  parser.on('closetag', () => {
    depth -= 1
  })
  parser.write(text).close()
}

/** The root element as it is written, without XML declaration and what else stands around it. */
export function rootElementOf(text: string): string {
  const parser = xmlReader()
  let depth = 0
  let start = -1
  let end = 0
  parser.on('opentag', () => {
    refuseDepth(depth)
    // The only `<` between the start of a tag and its `>` is its first character.
    if (start < 0) start = text.lastIndexOf('<', parser.position - 1)
    depth += 1
  })
  parser.on('closetag', () => {
    depth -= 1
    if (depth === 0) end = parser.position
  })
  parser.write(text).close()
  return text.slice(start, end)
}

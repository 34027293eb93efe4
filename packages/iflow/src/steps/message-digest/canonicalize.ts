import type { XmlDocument } from 'libxml2-wasm'
import type { HeavyTask } from '../../ports/heavy-work.ts'
import { Failure } from '../../run/failure.ts'
import { notWellFormed, refuseDocumentType, xmlLimits } from '../../run/xml.ts'

/** A canonical form: W3C Canonical XML 1.0 or 1.1, or Exclusive XML Canonicalization 1.0. */
export interface CanonicalForm {
  readonly method: '1.0' | '1.1' | 'exclusive'
  readonly withComments: boolean
  /** An XPath 1.0 expression for the parts that count; empty: the whole document. */
  readonly filter: string
  readonly namespaces: Readonly<Record<string, string>>
}

/** An XML message, and the form it is wanted in. */
export interface Canonicalization extends CanonicalForm {
  readonly text: string
}

/** Canonical XML of large messages, elsewhere. */
export const canonicalizeTask: HeavyTask<Canonicalization, string> = { name: 'canonicalize', run: canonicalize }

/** Why an expression cannot select parts of a document; undefined when it can. */
export async function filterProblem({ filter, namespaces }: CanonicalForm): Promise<string | undefined> {
  const { XmlXPath } = await import('libxml2-wasm')
  try {
    XmlXPath.compile(filter, { ...namespaces }).dispose()
    return undefined
  } catch {
    return `Expected an XPath 1.0 expression, found "${filter}".`
  }
}

/**
 * The canonical form of an XML text, or of the parts that the filter finds in it, one after the other. Throws a `Failure` of
 * code `not-well-formed`, also for a document type declaration, and of code `expression` when the filter finds no nodes.
 */
export async function canonicalize({
  text,
  filter,
  namespaces,
  method,
  withComments,
}: Canonicalization): Promise<string> {
  if (text.length > xmlLimits.charactersMax) {
    throw notWellFormed(`Expected at most ${xmlLimits.charactersMax} characters of XML, found ${text.length}.`)
  }
  refuseDocumentType(text)
  const { XmlC14NMode } = await import('libxml2-wasm')
  const modes = {
    '1.0': XmlC14NMode.XML_C14N_1_0,
    '1.1': XmlC14NMode.XML_C14N_1_1,
    exclusive: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
  }
  const options = { mode: modes[method], withComments }
  const document = await parse(text)
  try {
    if (filter === '') return document.canonicalizeToString(options)
    return find(document, filter, namespaces)
      .map(node => node.canonicalizeToString(options))
      .join('')
  } finally {
    document.dispose()
  }
}

async function parse(text: string): Promise<XmlDocument> {
  const { ParseOption, XmlDocument: Document } = await import('libxml2-wasm')
  // The text is decoded: what its declaration says of an encoding is over.
  const content = text.replace(/^\uFEFF?(?:<\?xml\s[^>]*\?>)?/, '')
  try {
    return Document.fromString(content, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE })
  } catch (cause) {
    const [problem = 'something else'] = (cause as Error).message.split('\n')
    throw notWellFormed(`Expected well-formed XML, found: ${problem}`, cause)
  }
}

function find(document: XmlDocument, filter: string, namespaces: Readonly<Record<string, string>>) {
  const nodes = select()
  if (nodes.length > 0) return nodes
  throw new Failure(`Expected "${filter}" to find something in the message, found nothing.`, { code: 'expression' })

  function select() {
    try {
      return document.find(filter, { ...namespaces })
    } catch (cause) {
      throw new Failure(`Expected "${filter}" to find nodes, found a value.`, { code: 'expression', cause })
    }
  }
}

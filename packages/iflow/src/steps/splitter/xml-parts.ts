import type { SaxesParser, SaxesTagPlain } from 'saxes'
import { escapeAttribute } from '../../bpmn/escape.ts'
import { notWellFormed, xmlLimits } from '../../run/xml.ts'
import { refuseDepth, xmlReader } from '../../run/xml-reader.ts'
import { type ElementPath, isFound, noneFound, stateBelow } from './element-path.ts'

/** How XML is taken apart. */
export interface XmlSplit {
  readonly path: ElementPath
  /** Elements in one part. */
  readonly group: number
  /** Whether a part has what lies around its elements: everything up to the first that was found. */
  readonly keepsEnvelope: boolean
}

const declaration = "<?xml version='1.0' encoding='UTF-8'?>"

/**
 * The parts of an XML text that comes in pieces: neither the text nor a tree of it need be in memory. Undefined stands for a
 * piece that was read. Throws a `Failure` of code `not-well-formed` when it comes to where the text is not XML.
 */
export function* splitXml(pieces: Iterable<string>, split: XmlSplit): Generator<string | undefined> {
  const finder = new ElementFinder(split)
  for (const piece of pieces) {
    finder.read(piece)
    yield* grouped(finder, split, split.group)
    yield undefined
  }
  finder.close()
  yield* grouped(finder, split, 1)
}

/** Takes what was found in groups of full size, as long as there are `least`. */
function* grouped(finder: ElementFinder, { group, keepsEnvelope }: XmlSplit, least: number): Generator<string> {
  let start = 0
  for (; finder.found.length - start >= least; start += group) {
    const elements = finder.found.slice(start, start + group).join('')
    if (keepsEnvelope) yield `${declaration}${finder.before}${elements}${finder.after}`
    else yield group === 1 ? elements : `<group>${elements}</group>`
  }
  finder.found.splice(0, start)
}

/** Prefix to namespace URI; the empty prefix is the default namespace. */
type Scope = ReadonlyMap<string, string>

interface OpenElement {
  readonly name: string
  readonly state: number
  readonly scope: Scope
}

/** An element that was found and is not read to its end. */
interface Growing {
  /** Where it starts and where its start tag ends, in the whole text. */
  readonly start: number
  readonly contentStart: number
  readonly scope: Scope
  readonly declared: Scope
  /** Open elements within it, itself included. */
  depth: number
}

class ElementFinder {
  /** Elements that were found and read to their end, with all namespace declarations they need in a part. */
  readonly found: string[] = []
  /** What stands before and after the elements of a part. */
  before = ''
  after = ''
  readonly #split: XmlSplit
  readonly #parser: SaxesParser
  readonly #open: OpenElement[] = []
  /** The end of the text so far: what may still become part of something. */
  #text = ''
  /** Where `#text` starts in the whole text. */
  #offset = 0
  #envelope: Scope | undefined
  #growing: Growing | undefined

  constructor(split: XmlSplit) {
    this.#split = split
    this.#parser = xmlReader()
    this.#parser.on('opentag', tag => this.#opened(tag))
    this.#parser.on('closetag', () => this.#closed())
  }

  read(piece: string): void {
    this.#text += piece
    this.#parser.write(piece)
    const keepFrom = this.#keepFrom()
    this.#text = this.#text.slice(keepFrom)
    this.#offset += keepFrom
    if (this.#text.length > xmlLimits.charactersMax) {
      throw notWellFormed(`Expected parts of at most ${xmlLimits.charactersMax} characters of XML, found a larger one.`)
    }
  }

  close(): void {
    this.#parser.close()
  }

  #keepFrom(): number {
    if (this.#growing !== undefined) return this.#growing.start - this.#offset
    if (this.#split.keepsEnvelope && this.#envelope === undefined) return 0
    // A tag may have begun.
    return Math.max(0, this.#text.lastIndexOf('<'))
  }

  #opened(tag: SaxesTagPlain): void {
    refuseDepth(this.#open.length + (this.#growing?.depth ?? 0))
    if (this.#growing !== undefined) {
      this.#growing.depth += 1
      return
    }
    const parent = this.#open.at(-1)
    const declared = declarationsOf(tag)
    const scope = inScope(parent?.scope, declared)
    const colon = tag.name.indexOf(':')
    const uri = scope.get(colon < 0 ? '' : tag.name.slice(0, colon)) ?? ''
    const state = stateBelow(this.#split.path, parent?.state ?? noneFound, tag.name.slice(colon + 1), uri)
    if (!isFound(this.#split.path, state)) {
      this.#open.push({ name: tag.name, state, scope })
      return
    }
    const contentStart = this.#parser.position
    // The only `<` between the start of a tag and its `>` is its first character.
    const start = this.#offset + this.#text.lastIndexOf('<', contentStart - this.#offset - 1)
    if (this.#split.keepsEnvelope && this.#envelope === undefined) this.#keepEnvelope(start, parent?.scope ?? new Map())
    this.#growing = { start, contentStart, scope, declared, depth: 1 }
  }

  #closed(): void {
    const growing = this.#growing
    if (growing === undefined) {
      this.#open.pop()
      return
    }
    growing.depth -= 1
    if (growing.depth > 0) return
    const element = this.#text.slice(growing.start - this.#offset, this.#parser.position - this.#offset)
    this.found.push(withNamespaces(element, growing, this.#envelope))
    this.#growing = undefined
  }

  #keepEnvelope(end: number, scope: Scope): void {
    const before = this.#text.slice(0, end - this.#offset)
    this.before = before.replace(/^\uFEFF?\s*(?:<\?xml\s[^>]*\?>)?\s*/, '')
    this.after = this.#open.map(({ name }) => `</${name}>`).reduceRight((after, tag) => after + tag, '')
    this.#envelope = scope
  }
}

const noDeclarations: Scope = new Map()

function declarationsOf({ attributes }: SaxesTagPlain): Scope {
  let declared: Map<string, string> | undefined
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    declared ??= new Map()
    declared.set(name.slice('xmlns:'.length), attributes[name] ?? '')
  }
  return declared ?? noDeclarations
}

function inScope(parent: Scope | undefined, declared: Scope): Scope {
  if (parent === undefined || parent.size === 0) return declared
  return declared.size === 0 ? parent : new Map([...parent, ...declared])
}

/**
 * Declares what the element inherits and its part lacks, at the end of its start tag. Alone, an element without a default
 * namespace says so, too: the original writes `<Student xmlns="">`.
 */
function withNamespaces(element: string, growing: Growing, envelope: Scope | undefined): string {
  const { start, contentStart, scope, declared } = growing
  if (scope === envelope) return element
  const missing = new Map(scope)
  if (envelope === undefined && !missing.has('')) missing.set('', '')
  for (const [prefix, uri] of scope) if (envelope?.get(prefix) === uri) missing.delete(prefix)
  for (const prefix of declared.keys()) missing.delete(prefix)
  const attributes = [...missing].map(
    ([prefix, uri]) => ` xmlns${prefix === '' ? '' : ':'}${prefix}="${escapeAttribute(uri)}"`,
  )
  const close = element[contentStart - start - 2] === '/' ? 2 : 1
  const insertAt = contentStart - start - close
  return element.slice(0, insertAt) + attributes.join('') + element.slice(insertAt)
}

import { differences, meaningfulAttributes, meaningOf, textOf } from './compare-elements.ts'
import { applySplices, attributeSplices, content, indentOf, removal, type Splice } from './edit.ts'
import { escapeText } from './escape.ts'
import { Insertions } from './insertions.ts'
import { longestRun } from './longest-run.ts'
import { type IsSame, pairAnywhere, pairElements, pairInPlace } from './pair-elements.ts'
import { type Place, writeElement } from './write-element.ts'
import {
  OUTERMOST,
  prefixFor,
  qualified,
  sameScope,
  scopeAround,
  scopeInside,
  valueElsewhere,
  type XmlScope,
} from './xml-scope.ts'
import type { XmlElement } from './xml-tree.ts'

/** One element in the original, before and after the edit, with the namespaces declared around it. */
interface Versions {
  readonly original: XmlElement
  readonly before: XmlElement
  readonly after: XmlElement
  readonly scope: XmlScope
  readonly itsScope: XmlScope
}

/** A text and its root element. */
export interface XmlText {
  readonly text: string
  readonly root: XmlElement
}

/** Whether two elements of two texts are written in the same way. */
export function sameText(left: XmlText, right: XmlText): IsSame {
  return (one, other) => left.text.slice(one.start, one.end) === right.text.slice(other.start, other.end)
}

/** An edit that cannot be made in place. Its message says what stands in the way. */
export class Unmergeable extends Error {}

/** The changes that lead from one text to another, to be made in a third one that says what the first one says. */
export class Changes {
  readonly #text: string
  readonly #root: XmlElement
  readonly #opened: XmlText
  readonly #step: string
  /** From elements before the edit to those of the original. */
  readonly #originals = new Map<XmlElement, XmlElement>()
  /** From elements after the edit to what they were before it. */
  readonly #earlier: Map<XmlElement, XmlElement>
  readonly #isUntouched: IsSame
  #isPaired = false
  /** With what the editor declares anew at the top. */
  #outermost: XmlScope = OUTERMOST

  constructor(original: XmlText, before: XmlText, after: XmlText) {
    const first = original.root.children[0]
    this.#text = original.text
    this.#root = original.root
    this.#opened = before
    this.#originals.set(before.root, original.root)
    this.#step = (first && indentOf(original.text, first).replace(/^\r?\n/, '')) || '    '
    this.#isUntouched = sameText(before, after)
    this.#earlier = pairAnywhere(before.root, after.root, this.#isUntouched)
  }

  /** What has to be done to the original text. @throws Unmergeable */
  splices(after: XmlElement): Splice[] {
    const [root, before] = [this.#root, this.#opened.root]
    const known = new Set(scopeInside(root, OUTERMOST).values())
    const declared = [...scopeInside(after, OUTERMOST)].filter(
      ([prefix, uri]) => prefix && !known.has(uri) && !scopeInside(before, OUTERMOST).has(prefix),
    )
    this.#outermost = new Map([...OUTERMOST, ...declared])
    const scopes = { scope: this.#outermost, itsScope: OUTERMOST }
    return [
      ...declared.flatMap(([prefix, uri]) => attributeSplices(this.#text, root, `xmlns:${prefix}`, uri)),
      ...this.#splicesOf({ original: root, before, after, ...scopes }),
    ]
  }

  #splicesOf(versions: Versions): Splice[] {
    const { original, before, after, scope, itsScope } = versions
    if (this.#isUntouched(before, after)) return []
    const inside = { ...versions, scope: scopeInside(original, scope), itsScope: scopeInside(after, itsScope) }
    return [...this.#attributes(inside), ...this.#content(inside), ...this.#children(inside)]
  }

  /** What an element after the edit was before it, and in the original. */
  versionsOf(after: XmlElement): { before: XmlElement | undefined; original: XmlElement | undefined } {
    const before = this.#earlier.get(after)
    return { before, original: before && this.#originalOf(before) }
  }

  /** Most edits are about few elements, whose parents pair them; all are paired when one is asked for that is not there. */
  #originalOf(before: XmlElement): XmlElement | undefined {
    if (!this.#originals.has(before) && !this.#isPaired) {
      this.#isPaired = true
      for (const [theirs, ours] of pairInPlace(this.#root, this.#opened.root))
        if (!this.#originals.has(theirs)) this.#originals.set(theirs, ours)
    }
    return this.#originals.get(before)
  }

  #attributes({ original, before, after, scope, itsScope }: Versions): Splice[] {
    const [was, is] = [meaningfulAttributes(before), meaningfulAttributes(after)]
    const here = meaningfulAttributes(original)
    const splices: Splice[] = []
    for (const name of was.keys()) {
      const attribute = here.get(name)
      if (!is.has(name) && attribute) splices.push(...attributeSplices(this.#text, original, attribute.name, undefined))
    }
    const prefixOf = (uri: string, of: 'element' | 'attribute') => {
      const prefix = prefixFor(uri, scope, of)
      if (prefix === undefined) throw new Unmergeable(`Expected a prefix for the namespace ${uri}, found none.`)
      return prefix
    }
    for (const [name, attribute] of is) {
      if (meaningOf(was.get(name)) === meaningOf(attribute)) continue
      const written = here.get(name)?.name ?? qualified(prefixOf(attribute.uri, 'attribute'), attribute.local)
      const value = valueElsewhere(attribute, itsScope, uri => prefixOf(uri, 'element'))
      splices.push(...attributeSplices(this.#text, original, written, value))
    }
    return splices
  }

  #content({ original, before, after }: Versions): Splice[] {
    if (textOf(before) === textOf(after)) return []
    if ([original, before, after].some(({ children }) => children.length > 0))
      throw new Unmergeable(`Expected the text beside the elements in <${original.name}> to stay, found a change.`)
    // The editor takes the line ends of a file with CRLF for CRs of the value.
    const lineEnds = before.text.includes('\r') && !original.text.includes('\r')
    const text = lineEnds ? after.text.replaceAll('\r\n', '\n') : after.text
    return text === original.text ? [] : [content(this.#text, original, escapeText(text))]
  }

  #children({ original, before, after, scope, itsScope }: Versions): Splice[] {
    for (const [theirs, ours] of pairElements(original.children, before.children)) this.#originals.set(theirs, ours)
    this.#takeUpDropped(original, before, after)
    const staying = this.#staying(original, before, after)
    const splices = before.children.flatMap(child => {
      const place = this.#originalOf(child)
      return place && !staying.has(place) ? [removal(this.#text, place)] : []
    })
    const insertions = new Insertions(this.#text, original, staying, this.#step)
    for (const child of after.children) {
      const { before: earlier, original: place } = this.versionsOf(child)
      if (earlier && place && staying.has(place)) {
        splices.push(...this.#splicesOf({ original: place, before: earlier, after: child, scope, itsScope }))
        insertions.passed(place)
      } else if (place || !earlier || !before.children.includes(earlier) || differences(earlier, child).length > 0) {
        const write = (here: Place) =>
          this.#kept(child, here, itsScope) ??
          writeElement(child, here, itsScope, (...written) => this.#kept(...written))
        insertions.insert(child, indentation => write({ ...indentation, scope }))
      }
    }
    return [...splices, ...insertions.splices()]
  }

  /** The children of the original that keep their place, in the order after the edit. */
  #staying(original: XmlElement, before: XmlElement, after: XmlElement): ReadonlySet<XmlElement> {
    const mine = new Set(original.children)
    const positions = new Map(before.children.map((child, index) => [child, index]))
    const placed = after.children.flatMap(child => {
      const { before: earlier, original: place } = this.versionsOf(child)
      return earlier && place && mine.has(place) ? [{ place, position: positions.get(earlier) }] : []
    })
    const ordered = placed.flatMap(({ place, position }) => (position === undefined ? [] : [{ place, position }]))
    const run = new Set(longestRun(ordered, ({ position }) => position).map(({ place }) => place))
    return new Set(placed.filter(({ place, position }) => position === undefined || run.has(place)).map(p => p.place))
  }

  /** What the editor dropped on reading (an id that is there twice) and has made again is a change of what the file has. */
  #takeUpDropped(original: XmlElement, before: XmlElement, after: XmlElement): void {
    const read = new Set(before.children.map(child => this.#originalOf(child)))
    const dropped = original.children.filter(child => !read.has(child))
    if (dropped.length === 0) return
    const made = after.children.filter(child => !this.#earlier.has(child))
    for (const child of made) {
      const ofItsKind = ({ local, uri }: XmlElement) => local === child.local && uri === child.uri
      const only = dropped.filter(ofItsKind).length === 1 && after.children.filter(ofItsKind).length === 1
      const place = pairElements(dropped, made).get(child) ?? (only ? dropped.find(ofItsKind) : undefined)
      if (!place) continue
      for (const [theirs, ours] of pairInPlace(place, child)) {
        this.#originals.set(ours, ours)
        this.#earlier.set(theirs, ours)
      }
    }
  }

  /** What the original has elsewhere, with its changes; undefined where it would mean something else here. */
  #kept(child: XmlElement, { scope }: Place, itsScope: XmlScope): string | undefined {
    const { before, original } = this.versionsOf(child)
    if (!before || !original || !sameScope(scopeAround(this.#root, original, this.#outermost), scope)) return undefined
    const { start, end } = original
    const splices = this.#splicesOf({ original, before, after: child, scope, itsScope })
    return applySplices(
      this.#text.slice(start, end),
      splices.map(splice => ({ ...splice, start: splice.start - start, end: splice.end - start })),
    )
  }
}

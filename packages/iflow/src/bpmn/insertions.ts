import { content, indentOf, isSelfClosing, type Splice } from './edit.ts'
import type { XmlElement } from './xml-tree.ts'

/** Indentation as `Place` has it. */
export interface Indentation {
  readonly indent: string
  readonly innerIndent: string
  readonly step: string
}

/** Puts children into an element of a text, each after the one that it follows, laid out as what stands there. */
export class Insertions {
  readonly #text: string
  readonly #parent: XmlElement
  readonly #first: XmlElement | undefined
  readonly #step: string
  readonly #splices: Splice[] = []
  readonly #pieces: string[] = []
  #previous: XmlElement | undefined

  /** `staying`: the children that keep their place, in the order in which they will be passed. `step`: of indentation. */
  constructor(text: string, parent: XmlElement, staying: Iterable<XmlElement>, step: string) {
    this.#text = text
    this.#parent = parent
    ;[this.#first] = staying
    this.#step = step
  }

  /** What is inserted from here on follows this child. */
  passed(child: XmlElement): void {
    this.#previous = child
  }

  /** `like`: an element of the kind that is written, whose layout is taken over where it is the neighbour. */
  insert(like: XmlElement, write: (indentation: Indentation) => string): void {
    const neighbour = this.#previous ?? this.#first ?? this.#parent.children[0]
    const step = this.#step
    if (!neighbour) {
      const outer = indentOf(this.#text, this.#parent)
      const indent = outer && outer + step
      this.#pieces.push(indent + write({ indent, innerIndent: indent && indent + step, step }))
      return
    }
    const indent = indentOf(this.#text, neighbour)
    const inside = neighbour.local === like.local ? neighbour.children[0] : undefined
    const innerIndent = inside ? indentOf(this.#text, inside) : indent && indent + step
    const start = this.#startBeside(neighbour, indent)
    this.#splices.push({ start, end: start, text: indent + write({ indent, innerIndent, step }) })
  }

  #startBeside(neighbour: XmlElement, indent: string): number {
    if (this.#previous) return neighbour.end
    return this.#first ? neighbour.start - indent.length : this.#parent.contentStart
  }

  /** What has to be done to the text. */
  splices(): readonly Splice[] {
    if (this.#pieces.length === 0) return this.#splices
    const parent = this.#parent
    const inner = this.#pieces.join('')
    const isEmpty = parent.contentStart === parent.contentEnd
    const text = isEmpty ? inner + indentOf(this.#text, parent) : inner
    if (isSelfClosing(parent)) return [content(this.#text, parent, text)]
    return [{ start: parent.contentStart, end: parent.contentStart, text }]
  }
}

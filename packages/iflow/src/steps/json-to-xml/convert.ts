import { escapeAttribute, escapeText, isXmlText } from '../../bpmn/escape.ts'
import type { JsonNames } from '../../formats/json-names.ts'
import { JsonReader } from '../../formats/json-reader.ts'
import { TextBuilder } from '../../formats/text-builder.ts'
import { isXmlName } from '../../formats/xml-name.ts'
import type { HeavyTask } from '../../ports/heavy-work.ts'
import { Failure } from '../../run/failure.ts'

/** An element around everything, its name with the prefix, and the namespaces that it declares besides those of names. */
export interface AddedRoot {
  readonly name: string
  readonly namespaces: ReadonlyMap<string, string>
}

/** JSON and how it is written as XML. */
interface Conversion {
  readonly json: string
  readonly names: JsonNames
  readonly root: AddedRoot | undefined
}

/** Throws a `Failure` of code `not-json` or `conversion`. */
export function convertJsonToXml({ json, names, root }: Conversion): string {
  return new JsonToXml(json, names, root).convert()
}

/** The same, elsewhere. */
export const jsonToXmlTask: HeavyTask<Conversion, string> = { name: 'json-to-xml', run: convertJsonToXml }

/** One conversion: reads JSON and writes XML as it goes. */
export class JsonToXml {
  readonly #reader: JsonReader
  readonly #names: JsonNames
  readonly #root: AddedRoot | undefined
  readonly #qualified = new Map<string, string>()
  /** Namespaces that the next start tag declares. */
  #declarations = ''
  readonly #out = new TextBuilder()
  /** Whether the last start tag can still take attributes. */
  #isOpen = false
  readonly #attributes = new Set<string>()

  constructor(json: string, names: JsonNames, root: AddedRoot | undefined) {
    this.#reader = new JsonReader(json)
    this.#names = names
    this.#root = root
    const declared = new Map([...(names.namespaces ?? []), ...(root?.namespaces ?? [])])
    for (const [prefix, uri] of declared) this.#declarations += ` xmlns:${prefix}="${escapeAttribute(uri)}"`
  }

  /** Throws a `Failure` of code `not-json` or `conversion`. */
  convert(): string {
    if (this.#reader.peek() !== 'object') {
      // What is not JSON at all is better told so.
      if (this.#reader.peek() === 'literal') this.#reader.literal()
      throw refused('Expected a JSON object, found another value.')
    }
    this.#out.add("<?xml version='1.0' encoding='UTF-8'?>")
    if (this.#root === undefined) this.#onlyMember()
    else this.#whole(this.#root.name)
    this.#reader.end()
    return this.#out.text()
  }

  #onlyMember(): void {
    let elements = 0
    this.#reader.object(name => {
      if (name === '$') throw refused('Expected an element at the root, found text.')
      elements += this.#member(name, true)
      if (elements > 1) throw refused('Expected one root element, found more: let the step add one.')
    })
    if (elements === 0) throw refused('Expected one root element, found none.')
  }

  #whole(name: string): void {
    this.#startTag(name)
    this.#reader.object(member => this.#member(member, true))
    this.#endTag(name)
  }

  /** Returns how many elements were written. */
  #member(name: string, isTop = false): number {
    if (name === '$') {
      this.#text(this.#scalar('text'))
      return 0
    }
    if (name.startsWith('@')) {
      if (isTop) throw refused('Expected the root without attributes, found a member whose name starts with "@".')
      this.#attribute(this.#qualify(name.slice(1)))
      return 0
    }
    const qualified = this.#qualify(name)
    if (this.#reader.peek() !== 'array') return this.#element(qualified)
    let elements = 0
    this.#reader.array(() => {
      if (this.#reader.peek() === 'array') throw refused('Expected no array directly in an array, found one.')
      elements += this.#element(qualified)
      if (isTop && this.#root === undefined && elements > 1) {
        throw refused('Expected one root element, found an array of more: let the step add one.')
      }
    })
    return elements
  }

  #element(name: string): 1 {
    this.#startTag(name)
    if (this.#reader.peek() === 'object') this.#reader.object(member => this.#member(member))
    else this.#text(this.#scalar('text'))
    this.#endTag(name)
    return 1
  }

  #startTag(name: string): void {
    this.#out.add(`${this.#isOpen ? '>' : ''}<${name}${this.#declarations}`)
    this.#declarations = ''
    this.#attributes.clear()
    this.#isOpen = true
  }

  #endTag(name: string): void {
    this.#out.add(this.#isOpen ? '/>' : `</${name}>`)
    this.#isOpen = false
  }

  #attribute(name: string): void {
    if (this.#reader.peek() === 'null') throw refused('Expected text as the value of an attribute, found null.')
    const value = this.#scalar('the value of an attribute')
    if (!this.#isOpen) throw refused('Expected attributes before the other members of an object, found one behind.')
    if (this.#attributes.has(name)) throw refused(`Expected the attribute "${name}" once, found it again.`)
    this.#attributes.add(name)
    this.#out.add(` ${name}="${escapeAttribute(value)}"`)
  }

  #text(text: string): void {
    if (text === '') return
    this.#out.add((this.#isOpen ? '>' : '') + escapeText(text))
    this.#isOpen = false
  }

  #scalar(role: string): string {
    const kind = this.#reader.peek()
    if (kind === 'object' || kind === 'array') throw refused(`Expected a plain value for ${role}, found an ${kind}.`)
    const text = kind === 'string' ? this.#reader.string() : this.#reader.literal()
    if (kind === 'string' && !isXmlText(text)) {
      throw refused('Expected text that XML allows, found a control character or half a surrogate pair.')
    }
    return kind === 'null' ? '' : text
  }

  #qualify(name: string): string {
    const known = this.#qualified.get(name)
    if (known !== undefined) return known
    const { separator, namespaces } = this.#names
    const at = name.indexOf(separator)
    const prefix = name.slice(0, Math.max(at, 0))
    const local = name.slice(at < 0 ? 0 : at + separator.length)
    const isMapped = at > 0 && namespaces?.has(prefix)
    const plain = namespaces === undefined || isMapped ? local : name
    if (!isXmlName(plain)) {
      throw refused(`Expected names that XML allows, found the member "${name.slice(0, 40)}".`)
    }
    const qualified = isMapped ? `${prefix}:${local}` : plain
    this.#qualified.set(name, qualified)
    return qualified
  }
}

function refused(message: string): Failure {
  return new Failure(message, { code: 'conversion' })
}

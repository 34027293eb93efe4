import type { Attr, Document, Element } from 'slimdom'
import type { HeavyTask } from '../../ports/heavy-work.ts'
import { Body } from '../../run/body.ts'
import { Failure } from '../../run/failure.ts'

/**
 * Which elements become arrays. `found`: those that occur again below the same parent. `all`: every one. Paths, without
 * `/` at their ends: those at these paths. Only `found` gathers elements that are apart.
 */
export type Arrays = 'found' | 'all' | ReadonlySet<string>

/** How XML is spelt in JSON. */
export interface JsonForm {
  readonly separator: string
  /** XML namespace to JSON prefix; undefined when namespaces are left out. */
  readonly prefixes: ReadonlyMap<string, string> | undefined
  readonly arrays: Arrays
  readonly withoutRoot: boolean
}

/** The content of a body as `Body.xml` reads it, and how it is spelt in JSON. */
interface Conversion {
  readonly content: string | Uint8Array | null
  readonly charset: string
  readonly form: JsonForm
}

/** Parsing and converting, elsewhere. */
export const xmlToJsonTask: HeavyTask<Conversion, string> = {
  name: 'xml-to-json',
  run: ({ content, charset, form }) => new XmlToJson(form).convert(Body.of(content).xml(charset)),
}

/** A converter for documents that are not nested deeper than `xmlLimits` allows. */
export class XmlToJson {
  readonly #form: JsonForm

  constructor(form: JsonForm) {
    this.#form = form
  }

  /** Throws a `Failure` of code `conversion` for a namespace that neither the mapping nor an XML prefix gives a prefix. */
  convert({ documentElement: root }: Document): string {
    // A document that was parsed has a root.
    if (root === null) return ''
    const { arrays, withoutRoot } = this.#form
    const paths = arrays === 'found' || arrays === 'all' ? [] : [...arrays].map(path => path.split('/'))
    const isArray = arrays === 'all' || this.#below(paths, root).some(path => path.length === 0)
    const value = this.#value(root, this.#below(paths, root))
    if (withoutRoot) return value
    return `{${JSON.stringify(this.#name(root))}:${isArray ? `[${value}]` : value}}`
  }

  /** `paths`: what is left, below this element, of the paths that lead through it. */
  #value(element: Element, paths: readonly (readonly string[])[]): string {
    const members = element.attributes.flatMap(attribute =>
      isDeclaration(attribute)
        ? []
        : [`${JSON.stringify(`@${this.#name(attribute)}`)}:${JSON.stringify(attribute.value)}`],
    )
    if (element.firstElementChild === null) {
      const text = JSON.stringify(element.textContent ?? '')
      if (members.length === 0) return text
      return `{${members.join(',')}${text === '""' ? '' : `,"$":${text}`}}`
    }
    members.push(...(this.#form.arrays === 'found' ? this.#gathered(element) : this.#inOrder(element, paths)))
    return `{${members.join(',')}}`
  }

  #gathered(parent: Element): string[] {
    const groups = new Map<string, string[]>()
    let mixed = ''
    for (const child of parent.childNodes) {
      if (isText(child)) mixed += child.data.trim() === '' ? '' : child.data
      if (!isElement(child)) continue
      const name = this.#name(child)
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [this.#value(child, [])])
      else group.push(this.#value(child, []))
    }
    const members = Array.from(groups, ([name, values]) => member(name, values, values.length > 1))
    return mixed === '' ? members : [...members, member('$', [JSON.stringify(mixed)], false)]
  }

  #inOrder(parent: Element, paths: readonly (readonly string[])[]): string[] {
    const members: string[] = []
    let open: { readonly name: string; readonly values: string[] } | undefined
    const close = () => {
      if (open !== undefined) members.push(member(open.name, open.values, true))
      open = undefined
    }
    for (const child of parent.childNodes) {
      if (isText(child) && child.data.trim() !== '') {
        close()
        members.push(member('$', [JSON.stringify(child.data)], false))
      }
      if (!isElement(child)) continue
      const name = this.#name(child)
      const below = this.#below(paths, child)
      const value = this.#value(child, below)
      const isArray = this.#form.arrays === 'all' || below.some(path => path.length === 0)
      if (isArray && open?.name === name) open.values.push(value)
      else {
        close()
        if (isArray) open = { name, values: [value] }
        else members.push(member(name, [value], false))
      }
    }
    close()
    return members
  }

  #below(paths: readonly (readonly string[])[], element: Element): (readonly string[])[] {
    if (paths.length === 0) return []
    const names = [element.localName, element.nodeName, this.#name(element)]
    return paths.flatMap(([first, ...rest]) => (first !== undefined && names.includes(first) ? [rest] : []))
  }

  #name({ localName, namespaceURI, prefix }: Element | Attr): string {
    const { arrays, prefixes, separator } = this.#form
    if (prefixes === undefined || namespaceURI === null) return localName
    const shown = prefixes.get(namespaceURI) ?? prefix
    if (shown !== null) return `${shown}${separator}${localName}`
    if (arrays !== 'found') return localName
    throw new Failure(`Expected a JSON prefix for the namespace "${namespaceURI}", found none.`, { code: 'conversion' })
  }
}

function member(name: string, values: readonly string[], isArray: boolean): string {
  return `${JSON.stringify(name)}:${isArray ? `[${values.join(',')}]` : values.join(',')}`
}

function isDeclaration(attribute: Attr): boolean {
  return attribute.namespaceURI === 'http://www.w3.org/2000/xmlns/'
}

function isElement(node: { readonly nodeType: number }): node is Element {
  return node.nodeType === 1
}

function isText(node: { readonly nodeType: number }): node is { readonly nodeType: number; readonly data: string } {
  return node.nodeType === 3 || node.nodeType === 4
}

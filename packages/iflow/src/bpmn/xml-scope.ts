import type { SaxesAttributeNS } from 'saxes'
import { XMLNS, XSI } from './vocabulary.ts'
import type { XmlElement } from './xml-tree.ts'

/** Namespaces by prefix, as they are declared where an element stands; the default namespace has the prefix ''. */
export type XmlScope = ReadonlyMap<string, string>

/** What holds outside of every element. */
export const OUTERMOST: XmlScope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
])

/** The scope inside an element; the same object where it declares nothing. */
export function scopeInside(element: XmlElement, outside: XmlScope): XmlScope {
  const declarations = Object.values(element.attributes).filter(isDeclaration)
  if (declarations.length === 0) return outside
  return new Map([...outside, ...declarations.map(({ name, value }): [string, string] => [name.slice(6), value])])
}

/** The scope around an element that stands somewhere below `root`, around which is another one. */
export function scopeAround(root: XmlElement, element: XmlElement, outermost: XmlScope): XmlScope {
  let scope = outermost
  let parent: XmlElement | undefined = root
  while (parent && parent !== element) {
    scope = scopeInside(parent, scope)
    parent = parent.children.find(child => child.start <= element.start && element.end <= child.end)
  }
  return scope
}

/** Whether the same prefixes mean the same. */
export function sameScope(one: XmlScope, other: XmlScope): boolean {
  return one.size === other.size && [...one].every(([prefix, uri]) => other.get(prefix) === uri)
}

/** Whether an attribute is `xmlns` or `xmlns:…`. */
export function isDeclaration(attribute: SaxesAttributeNS): boolean {
  return attribute.uri === XMLNS
}

/** Whether an attribute's value is a name with a prefix of its own: `xsi:type`. */
export function isTypeName(attribute: SaxesAttributeNS): boolean {
  return attribute.uri === XSI && attribute.local === 'type'
}

/** The prefix that a scope has for a namespace, for attributes never the empty one; undefined where there is none. */
export function prefixFor(uri: string, scope: XmlScope, of: 'element' | 'attribute'): string | undefined {
  if (of === 'attribute' && uri === '') return ''
  for (const [prefix, declared] of scope) if (declared === uri && (of === 'element' || prefix !== '')) return prefix
  return undefined
}

/** A name as XML writes it. */
export function qualified(prefix: string, local: string): string {
  return prefix ? `${prefix}:${local}` : local
}

/** An attribute's value in another document; of `xsi:type` with the prefix that `prefixOf` has for the type's namespace. */
export function valueElsewhere(
  attribute: SaxesAttributeNS,
  itsScope: XmlScope,
  prefixOf: (uri: string, wanted: string) => string,
): string {
  if (!isTypeName(attribute)) return attribute.value
  const [local = '', prefix = ''] = attribute.value.split(':').reverse()
  const uri = itsScope.get(prefix)
  return uri ? qualified(prefixOf(uri, prefix), local) : attribute.value
}

import { meaningfulAttributes } from './compare-elements.ts'
import { escapeAttribute, escapeText } from './escape.ts'
import { prefixFor, qualified, scopeInside, valueElsewhere, type XmlScope } from './xml-scope.ts'
import type { XmlElement } from './xml-tree.ts'

/** Where an element is written: what stands in front of it and of its children, line end and blanks or nothing. */
export interface Place {
  readonly indent: string
  readonly innerIndent: string
  /** One more step of indentation. */
  readonly step: string
  readonly scope: XmlScope
}

/** Writes a child in another way; undefined where it has none. */
export type WriteChild = (child: XmlElement, place: Place, itsScope: XmlScope) => string | undefined

/**
 * Writes an element of another document (`outside`: the scope around it there) with the prefixes of this one; what they
 * lack is declared.
 */
export function writeElement(element: XmlElement, place: Place, outside: XmlScope, writeChild: WriteChild): string {
  const { indent, innerIndent, step } = place
  const itsScope = scopeInside(element, outside)
  const scope = new Map(place.scope)
  const start = startTag(element, scope, itsScope)
  const name = start.slice(0, /\s|$/.exec(start)?.index)
  if (element.children.length === 0)
    return element.text ? `<${start}>${escapeText(element.text)}</${name}>` : `<${start}/>`
  const inner = { indent: innerIndent, innerIndent: innerIndent && innerIndent + step, step, scope }
  const children = element.children.map(
    child => innerIndent + (writeChild(child, inner, itsScope) ?? writeElement(child, inner, itsScope, writeChild)),
  )
  return `<${start}>${escapeText(element.text.trim())}${children.join('')}${innerIndent && indent}</${name}>`
}

/** Name, declarations and attributes; what is declared is added to `scope`. */
function startTag(element: XmlElement, scope: Map<string, string>, itsScope: XmlScope): string {
  const declarations: string[] = []
  const prefixOf = (uri: string, wanted: string, of: 'element' | 'attribute'): string => {
    const known = prefixFor(uri, scope, of)
    if (known !== undefined) return known
    let prefix = uri === '' ? '' : wanted || 'ns'
    while (prefix !== '' && scope.has(prefix)) prefix += '1'
    scope.set(prefix, uri)
    declarations.push(` ${prefix ? `xmlns:${prefix}` : 'xmlns'}="${escapeAttribute(uri)}"`)
    return prefix
  }
  const wanted = prefixFor(element.uri, itsScope, 'element') ?? ''
  const name = qualified(prefixOf(element.uri, wanted, 'element'), element.local)
  const attributes = [...meaningfulAttributes(element).values()].map(attribute => {
    const prefix = prefixOf(attribute.uri, attribute.prefix, 'attribute')
    const value = valueElsewhere(attribute, itsScope, (uri, wanted) => prefixOf(uri, wanted, 'element'))
    return ` ${qualified(prefix, attribute.local)}="${escapeAttribute(value)}"`
  })
  return name + declarations.join('') + attributes.join('')
}

import { escapeAttribute, escapeText } from './escape.ts'
import { eventDefinitions, keyOf, propertyElements } from './read-model.ts'
import { BPMN, IFL } from './vocabulary.ts'
import { attributeOf, childrenOf, firstChild, type XmlElement } from './xml-tree.ts'

/** Replaces the characters from `start` up to, not including, `end`. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Applies splices that do not overlap; everything outside them is kept. Of splices at one place, insertions come first, as given. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = ''
  let position = 0
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(position, splice.start) + splice.text
    position = splice.end
  }
  return result + text.slice(position)
}

/** Sets the `name` attribute of an element, adding it after the tag's name when there is none. */
export function nameSplices(text: string, element: XmlElement, name: string): Splice[] {
  if ((attributeOf(element, 'name') ?? '') === name) return []
  return attributeSplices(text, element, 'name', name)
}

/**
 * Sets, adds (after the tag's name) or (undefined) removes an attribute, which is named as the text writes it. The quotes
 * stay what they are.
 */
export function attributeSplices(text: string, element: XmlElement, name: string, value: string | undefined): Splice[] {
  const attribute = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g
  attribute.lastIndex = element.start
  for (let match = attribute.exec(text); match && match.index < element.contentStart; match = attribute.exec(text)) {
    if (match[1] !== name) continue
    const end = match.index + match[0].length
    if (value === undefined) return [{ start: match.index, end, text: '' }]
    const literal = match[2] ?? ''
    return [{ start: end - literal.length, end, text: quoted(value, literal[0]) }]
  }
  const start = element.start + 1 + element.name.length
  return value === undefined ? [] : [{ start, end: start, text: ` ${name}=${quoted(value)}` }]
}

function quoted(value: string, quote = '"'): string {
  return quote === '"' ? `"${escapeAttribute(value)}"` : `'${escapeAttribute(value).replaceAll("'", '&apos;')}'`
}

/** Sets, adds or (undefined) removes an `ifl:property`. Where a key is repeated, the last one is set and all are removed. */
export function propertySplices(
  text: string,
  root: XmlElement,
  element: XmlElement,
  [key, value]: readonly [key: string, value: string | undefined],
): Splice[] {
  const existing = propertyElements(element).filter(property => keyOf(property) === key)
  if (value === undefined) return existing.map(property => removal(text, property))
  const last = existing.at(-1)
  if (!last) return [addition(text, root, element, [key, value])]
  const holder = firstChild(last, 'value')
  if (!holder) return [insertion(text, last, `<value>${escapeText(value)}</value>`)]
  return holder.text === value ? [] : [content(text, holder, escapeText(value))]
}

/** Replaces all content of an element, opening it when it is empty (`<value/>`). */
export function content(text: string, element: XmlElement, inner: string): Splice {
  if (!isSelfClosing(element)) return { start: element.contentStart, end: element.contentEnd, text: inner }
  const slash = text.lastIndexOf('/', element.contentStart)
  const start = element.start + text.slice(element.start, slash).trimEnd().length
  return { start, end: element.end, text: `>${inner}</${element.name}>` }
}

/** Whether it is written `<a/>`. */
export function isSelfClosing(element: XmlElement): boolean {
  return element.contentStart === element.end
}

/** Appends to an element after its last child, on a line of its own where its children are. */
function insertion(text: string, element: XmlElement, inner: string): Splice {
  const previous = element.children.at(-1)
  if (!previous) return content(text, element, inner)
  return { start: previous.end, end: previous.end, text: indentOf(text, previous) + inner }
}

function addition(text: string, root: XmlElement, element: XmlElement, [key, value]: [string, string]): Splice {
  const holder = eventDefinitions(element).find(definition => definition.local !== 'messageEventDefinition') ?? element
  const extensions = childrenOf(holder, 'extensionElements', BPMN)[0]
  const sibling = extensions && childrenOf(extensions, 'property', IFL).at(-1)
  const pair = [`<key>${escapeText(key)}</key>`, `<value>${escapeText(value)}</value>`]
  if (sibling) {
    const inner = sibling.children[0] ? indentOf(text, sibling.children[0]) : ''
    const outer = indentOf(text, sibling)
    const property = `<${sibling.name}>${inner}${pair.join(inner)}${inner && outer}</${sibling.name}>`
    return { start: sibling.end, end: sibling.end, text: outer + property }
  }
  const property = wrapProperty(root, pair.join(''))
  if (extensions) return insertion(text, extensions, property)
  const name = holder.name.replace(holder.local, 'extensionElements')
  const wrapped = `<${name}>${property}</${name}>`
  const documentation = childrenOf(holder, 'documentation', BPMN).at(-1)
  if (documentation) return { start: documentation.end, end: documentation.end, text: wrapped }
  if (isSelfClosing(holder)) return content(text, holder, wrapped)
  return { start: holder.contentStart, end: holder.contentStart, text: wrapped }
}

/** Uses the prefix that the document declares, or declares one where there is none. */
function wrapProperty(root: XmlElement, inner: string): string {
  const declared = Object.values(root.attributes).find(
    ({ prefix, value }) => prefix === 'xmlns' && value === IFL,
  )?.local
  const name = `${declared ?? 'ifl'}:property`
  return `<${name}${declared ? '' : ` xmlns:ifl="${IFL}"`}>${inner}</${name}>`
}

/** Takes out an element with the line break and the blanks in front of it. */
export function removal(text: string, element: XmlElement): Splice {
  return { start: element.start - indentOf(text, element).length, end: element.end, text: '' }
}

/** The line break and blanks in front of an element; empty when something else stands there. */
export function indentOf(text: string, element: XmlElement): string {
  return /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, element.start - 500), element.start))?.[0] ?? ''
}

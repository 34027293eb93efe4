import { escapeAttribute, escapeText } from '../../bpmn/escape.ts'

/** An XML element to be written. Attributes that are undefined are left out. */
export interface Xml {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | undefined>>
  /** Elements, or a text alone. */
  readonly content: readonly Xml[] | string
}

/** An element with a prefixed name. */
export function xml(name: string, attributes: Xml['attributes'], content: Xml['content'] = []): Xml {
  return { name, attributes, content }
}

/** The text of an element, four blanks deeper for each element that it is in. */
export function xmlText({ name, attributes, content }: Xml, indent = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeAttribute(value)}"`],
  )
  const start = `${indent}<${name}${written.join('')}`
  if (content.length === 0) return `${start}/>\n`
  if (typeof content === 'string') return `${start}>${escapeText(content)}</${name}>\n`
  return `${start}>\n${content.map(child => xmlText(child, `${indent}    `)).join('')}${indent}</${name}>\n`
}

import { attributeOf, firstChild, parseXml, type XmlElement } from '../bpmn/xml-tree.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { type ValueEntry, valueMappingFile } from './read-value-mapping.ts'

/** An entry of `value_mapping.xml`, and where it stands in the text. */
export interface PlacedEntry extends ValueEntry {
  readonly element: XmlElement
  /** The element that holds the value; undefined when it is missing. */
  readonly holder: XmlElement | undefined
}

/** A group of it. */
export interface PlacedGroup {
  /** As written; its number in the file when it has none. */
  readonly id: string
  readonly element: XmlElement
  readonly entries: readonly PlacedEntry[]
}

/** The text of the file with what stands where in it. */
export interface PlacedGroups {
  readonly text: string
  readonly groups: readonly PlacedGroup[]
}

/** Reads the file for editing: `not-utf8`, `broken-xml` and its like. A byte order mark is part of no group. */
export function placeGroups(bytes: Uint8Array): PlacedGroups | Diagnostic {
  const text = decode(bytes)
  if (text === undefined) {
    const message = 'Expected UTF-8, found bytes that are not: save the file as UTF-8.'
    return { code: 'not-utf8', severity: 'error', message, at: { file: valueMappingFile } }
  }
  const { root, diagnostics } = parseXml(text, valueMappingFile)
  if (root) return { text, groups: root.children.filter(({ local }) => local === 'group').map(placeGroup) }
  return diagnostics[0] ?? { code: 'broken-xml', severity: 'error', message: 'Expected an XML element.', at: {} }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function placeGroup(element: XmlElement, index: number): PlacedGroup {
  const entries = element.children.filter(({ local }) => local === 'entry').map(placeEntry)
  return { id: attributeOf(element, 'id') ?? String(index + 1), element, entries }
}

function placeEntry(element: XmlElement): PlacedEntry {
  const holder = firstChild(element, 'value')
  return {
    agency: firstChild(element, 'agency')?.text ?? '',
    identifier: firstChild(element, 'schema')?.text ?? '',
    value: holder?.text ?? '',
    isDefault: attributeOf(element, 'isDefault') === 'true',
    element,
    holder,
  }
}

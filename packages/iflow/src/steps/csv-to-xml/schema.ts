import type { Document, Element } from 'slimdom'
import { Failure } from '../../run/failure.ts'
import { decodeXml, parseXml } from '../../run/xml.ts'

/** Where the records of a CSV text go. */
export interface RecordShape {
  /** The elements from the root to that of a record. */
  readonly path: readonly string[]
  /** The elements of a record, in the order of the schema. */
  readonly fields: readonly string[]
  /** Namespace of the root, empty for none. */
  readonly namespace: string
  /** Whether the elements below the root are in the namespace too. */
  readonly isQualified: boolean
}

const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'

/**
 * Finds the element at a path such as `Orders/Order` in an XML schema, and the elements of which it consists. References
 * and named types and groups are followed within the file. What is wrong comes back as a problem.
 */
export function findRecordShape(schema: Uint8Array, path: string): RecordShape | { readonly problem: string } {
  const steps = path.split('/').filter(step => step !== '')
  const names = steps.map(step => step.replace(/^.*:/, ''))
  const document = parseSchema(schema)
  if ('problem' in document) return document
  const root = document.documentElement
  if (root?.localName !== 'schema') return { problem: 'an XML schema, found other XML' }
  let candidates = declarations(root, 'element')
  let found: Element | undefined
  for (const [index, name] of names.entries()) {
    found = candidates.find(element => nameOf(element) === name)
    if (found === undefined) {
      return { problem: `the element "${names.slice(0, index + 1).join('/')}" in the schema, found none` }
    }
    candidates = childElements(found, root)
  }
  if (found === undefined) return { problem: 'the path of an element, found none' }
  if (candidates.length === 0) return { problem: `elements inside "${path}" in the schema, found none` }
  return {
    path: names,
    fields: candidates.map(nameOf),
    namespace: root.getAttribute('targetNamespace') ?? '',
    isQualified: root.getAttribute('elementFormDefault') === 'qualified',
  }
}

function parseSchema(schema: Uint8Array): Document | { readonly problem: string } {
  try {
    return parseXml(decodeXml(schema, 'UTF-8'))
  } catch (error) {
    if (error instanceof Failure) return { problem: `an XML schema (${error.message.replace(/\.$/, '')})` }
    throw error
  }
}

function nameOf(element: Element): string {
  return element.getAttribute('name') ?? localPart(element.getAttribute('ref'))
}

function localPart(name: string | null): string {
  return name?.replace(/^.*:/, '') ?? ''
}

function declarations(parent: Element, kind: string): Element[] {
  return parent.children.filter(child => child.namespaceURI === schemaNamespace && child.localName === kind)
}

/** The elements that the content of an element is made of, in the order of the schema. */
function childElements(element: Element, schema: Element): Element[] {
  const global = (kind: string, name: string | null) =>
    declarations(schema, kind).find(one => one.getAttribute('name') === localPart(name))
  const declared = element.hasAttribute('ref') ? global('element', element.getAttribute('ref')) : element
  const [inline] = declared === undefined ? [] : declarations(declared, 'complexType')
  const type = inline ?? global('complexType', declared?.getAttribute('type') ?? null)
  const seen = new Set<Element>()
  const collect = (parent: Element): Element[] => {
    // A type that extends itself, or a group within itself, has no end.
    if (seen.has(parent)) return []
    seen.add(parent)
    return parent.children.flatMap(child => {
      if (child.namespaceURI !== schemaNamespace) return []
      if (child.localName === 'element') return [child]
      if (child.localName === 'attribute' || child.localName === 'annotation') return []
      const group = child.localName === 'group' ? global('group', child.getAttribute('ref')) : undefined
      const base = child.localName === 'extension' ? global('complexType', child.getAttribute('base')) : undefined
      return [group, base, child].flatMap(one => (one === undefined ? [] : collect(one)))
    })
  }
  return type === undefined ? [] : collect(type)
}

import { attributeOf, parseXml, type XmlElement } from '../../bpmn/xml-tree.ts'
import { schemaLimits } from './schema-set.ts'
import { once, type StructureNode, type StructureResult } from './structure.ts'

/**
 * The structure of an entity set of an OData V2 or V4 description, as messages of OData receivers have it: the set with its
 * entities, their properties, and below each navigation property the entities that it leads to. `name` is that of the set or
 * of its type. Everything is optional: which properties a message has depends on the operation.
 */
export function edmxStructure(text: string, file: string, name: string): StructureResult {
  const { root, diagnostics } = parseXml(text, file, schemaLimits)
  if (root === undefined) return { problem: diagnostics[0]?.message ?? 'Expected XML, found none' }
  const schemas = descendants(root, 'Schema')
  const sets = schemas.flatMap(schema => descendants(schema, 'EntitySet'))
  const set = sets.find(candidate => attributeOf(candidate, 'Name') === name)
  const model = new EntityModel(schemas)
  const type = model.type(set === undefined ? name : (attributeOf(set, 'EntityType') ?? ''))
  if (type === undefined) return { problem: `Expected entity set "${name}" in ${file}, found none` }
  return nodeOf(name, 1, () => [model.node(type, Number.POSITIVE_INFINITY)])
}

class EntityModel {
  readonly #schemas: readonly XmlElement[]
  readonly #types = new Map<string, XmlElement>()

  constructor(schemas: readonly XmlElement[]) {
    this.#schemas = schemas
    for (const type of schemas.flatMap(({ children }) => children)) {
      const isType = type.local === 'EntityType' || type.local === 'ComplexType'
      if (isType) this.#types.set(attributeOf(type, 'Name') ?? '', type)
    }
  }

  /** By its name, with or without its namespace, or as a collection of it. */
  type(name: string): XmlElement | undefined {
    return this.#types.get(localName(name))
  }

  node(type: XmlElement, maxOccurs: number): StructureNode {
    return nodeOf(attributeOf(type, 'Name') ?? '', maxOccurs, () => this.#members(type, new Set()))
  }

  /** `read` keeps types that are based on themselves from ending the world. */
  #members(type: XmlElement, read: Set<XmlElement>): readonly StructureNode[] {
    if (read.has(type)) return []
    read.add(type)
    const base = this.type(attributeOf(type, 'BaseType') ?? '')
    const inherited = base === undefined ? [] : this.#members(base, read)
    return [...inherited, ...type.children.flatMap(member => this.#member(member))]
  }

  #member(member: XmlElement): StructureNode[] {
    const name = attributeOf(member, 'Name') ?? ''
    const typeName = attributeOf(member, 'Type') ?? ''
    if (member.local === 'Property') {
      const complex = this.type(typeName)
      return [nodeOf(name, 1, () => (complex === undefined ? [] : this.node(complex, 1).children()))]
    }
    if (member.local !== 'NavigationProperty') return []
    const end = this.#end(member)
    const target = this.type(end === undefined ? typeName : (attributeOf(end, 'Type') ?? ''))
    const isMany = end === undefined ? typeName.startsWith('Collection(') : attributeOf(end, 'Multiplicity') === '*'
    return [
      nodeOf(name, 1, () => (target === undefined ? [] : [this.node(target, isMany ? Number.POSITIVE_INFINITY : 1)])),
    ]
  }

  /** OData V2: the end of an association that a navigation property leads to. */
  #end(member: XmlElement): XmlElement | undefined {
    const association = localName(attributeOf(member, 'Relationship') ?? '')
    const role = attributeOf(member, 'ToRole')
    return this.#schemas
      .flatMap(({ children }) => children)
      .find(child => child.local === 'Association' && attributeOf(child, 'Name') === association)
      ?.children.find(child => child.local === 'End' && attributeOf(child, 'Role') === role)
  }
}

function nodeOf(local: string, maxOccurs: number, children: () => readonly StructureNode[]): StructureNode {
  return { local, uri: '', isAttribute: false, minOccurs: 0, maxOccurs, json: 'string', children: once(children) }
}

function localName(name: string): string {
  return /([^.()]*)\)?$/.exec(name)?.[1] ?? ''
}

function descendants(element: XmlElement, local: string): XmlElement[] {
  return element.children.flatMap(child => (child.local === local ? [child] : descendants(child, local)))
}

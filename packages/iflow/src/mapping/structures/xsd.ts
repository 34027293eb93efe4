import { attributeOf, firstChild, type XmlElement } from '../../bpmn/xml-tree.ts'
import { type Place, type SchemaSet, schemaUri } from './schema-set.ts'
import { once, type StructureNode } from './structure.ts'

interface Occurs {
  readonly min: number
  readonly max: number
}

const onceOnly: Occurs = { min: 1, max: 1 }

/** How many particles the content of one element may have, groups and base types included; others are left out. */
const particlesMax = 100_000

/** The structure of a global element. Undefined when there is none of this name. */
export function elementStructure(schemas: SchemaSet, name: string, uri: string): StructureNode | undefined {
  const found = schemas.find('element', uri, name)
  return found && new XsdReader(schemas).element(found.element, found.place, onceOnly, onceOnly, true)
}

/** The structure of the element that the part of a WSDL message is. */
export function messageStructure(schemas: SchemaSet, name: string): StructureNode | undefined {
  const part = schemas
    .message(name)
    ?.children.find(child => child.local === 'part' && attributeOf(child, 'element') !== undefined)
  if (part === undefined) return undefined
  const [uri, local] = schemas.resolve(part, attributeOf(part, 'element') ?? '')
  return elementStructure(schemas, local, uri)
}

class XsdReader {
  readonly #schemas: SchemaSet
  /** Groups and types that are being read: they cannot contain themselves. */
  readonly #open = new Set<XmlElement>()
  #particlesLeft = particlesMax

  constructor(schemas: SchemaSet) {
    this.#schemas = schemas
  }

  /** `occurs` is that of the element, or of the reference to it; `around` that of the groups that it stands in. */
  element(element: XmlElement, place: Place, occurs: Occurs, around: Occurs, isGlobal: boolean): StructureNode {
    const form = attributeOf(element, 'form')
    const isQualified = isGlobal || (form === undefined ? place.elementsQualified : form === 'qualified')
    return {
      local: attributeOf(element, 'name') ?? '',
      uri: isQualified ? place.targetNamespace : '',
      isAttribute: false,
      minOccurs: Math.min(occurs.min, around.min),
      maxOccurs: times(occurs.max, around.max),
      json: 'string',
      children: once(() => this.#content(element, place)),
    }
  }

  #content(element: XmlElement, place: Place): readonly StructureNode[] {
    this.#particlesLeft = particlesMax
    const inline = firstChild(element, 'complexType')
    if (inline !== undefined) return attributesFirst(this.#type(inline, place))
    const name = attributeOf(element, 'type')
    if (name === undefined || this.#schemas.resolve(element, name)[0] === schemaUri) return []
    const type = this.#schemas.follow('complexType', element, name, place)
    if (type === undefined) return []
    return attributesFirst(this.#once(type.element, () => this.#type(type.element, type.place)))
  }

  #type(type: XmlElement, place: Place): StructureNode[] {
    const derivation = type.children
      .filter(child => child.local === 'complexContent' || child.local === 'simpleContent')
      .flatMap(content => content.children)
      .find(child => child.local === 'extension' || child.local === 'restriction')
    if (derivation === undefined) return this.#particles(type, place, onceOnly)
    const own = this.#particles(derivation, place, onceOnly)
    const base = this.#schemas.follow('complexType', derivation, attributeOf(derivation, 'base') ?? '', place)
    const inherited = base === undefined ? [] : this.#once(base.element, () => this.#type(base.element, base.place))
    if (derivation.local === 'extension') return [...inherited, ...own]
    // A restriction repeats the elements that it keeps; attributes stay unless it repeats them.
    return [...inherited.filter(node => node.isAttribute && !own.some(({ local }) => local === node.local)), ...own]
  }

  #once(definition: XmlElement, read: () => StructureNode[]): StructureNode[] {
    if (this.#open.has(definition)) return []
    this.#open.add(definition)
    const nodes = read()
    this.#open.delete(definition)
    return nodes
  }

  #particles(holder: XmlElement, place: Place, around: Occurs): StructureNode[] {
    return holder.children.flatMap(child => this.#particle(child, place, around))
  }

  #particle(child: XmlElement, place: Place, around: Occurs): StructureNode[] {
    this.#particlesLeft -= 1
    if (this.#particlesLeft < 0) return []
    const occurs = occursOf(child)
    const both = { min: Math.min(around.min, occurs.min), max: times(around.max, occurs.max) }
    switch (child.local) {
      case 'sequence':
      case 'all':
        return this.#particles(child, place, both)
      case 'choice':
        return this.#particles(child, place, { ...both, min: 0 })
      case 'group':
      case 'attributeGroup': {
        const group = this.#schemas.follow(child.local, child, attributeOf(child, 'ref') ?? '', place)
        if (group === undefined) return []
        return this.#once(group.element, () => this.#particles(group.element, group.place, both))
      }
      case 'attribute':
        return this.#attribute(child, place)
      case 'element': {
        const reference = attributeOf(child, 'ref')
        if (reference === undefined) return [this.element(child, place, occurs, around, false)]
        const found = this.#schemas.follow('element', child, reference, place)
        return found === undefined ? [] : [this.element(found.element, found.place, occurs, around, true)]
      }
      default:
        return []
    }
  }

  #attribute(child: XmlElement, place: Place): StructureNode[] {
    const use = attributeOf(child, 'use')
    if (use === 'prohibited') return []
    const reference = attributeOf(child, 'ref')
    const isQualified = attributeOf(child, 'form') === 'qualified' || place.attributesQualified
    const [uri, local] =
      reference === undefined
        ? [isQualified ? place.targetNamespace : '', attributeOf(child, 'name') ?? '']
        : this.#schemas.resolve(child, reference)
    const minOccurs = use === 'required' ? 1 : 0
    return [{ local, uri, isAttribute: true, minOccurs, maxOccurs: 1, json: 'string', children: () => [] }]
  }
}

function attributesFirst(nodes: readonly StructureNode[]): readonly StructureNode[] {
  return [...nodes.filter(node => node.isAttribute), ...nodes.filter(node => !node.isAttribute)]
}

function occursOf(element: XmlElement): Occurs {
  const max = attributeOf(element, 'maxOccurs') ?? '1'
  return {
    min: Number(attributeOf(element, 'minOccurs') ?? 1),
    max: max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(max),
  }
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b
}

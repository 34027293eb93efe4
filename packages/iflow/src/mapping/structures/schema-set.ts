import { attributeOf, parseXml, XML_LIMITS, type XmlElement } from '../../bpmn/xml-tree.ts'

/** The namespace of XML Schema. */
export const schemaUri = 'http://www.w3.org/2001/XMLSchema'

/** Descriptions of structures may be large. */
export const schemaLimits = { ...XML_LIMITS, elementsMax: 1_000_000 }

/** Reads a file by its path below `src/main/resources`. */
export type ReadFile = (path: string) => Uint8Array | undefined

/** What a definition needs to know of the schema that it stands in. */
export interface Place {
  readonly targetNamespace: string
  readonly elementsQualified: boolean
  readonly attributesQualified: boolean
}

/** A global definition of a schema. */
export interface Definition {
  readonly element: XmlElement
  readonly place: Place
}

/** The global definitions of schemas that belong together: a file with all that it includes and imports. */
export class SchemaSet {
  /** What is wrong with the files, a sentence each. Files that are referred to and missing are left out. */
  readonly problems: string[] = []
  readonly #read: ReadFile
  readonly #definitions = new Map<string, Definition>()
  readonly #messages = new Map<string, XmlElement>()
  readonly #prefixes = new WeakMap<XmlElement, ReadonlyMap<string, string>>()
  readonly #loaded = new Set<string>()

  constructor(read: ReadFile) {
    this.#read = read
  }

  /** Adds an XSD or WSDL file; `includedIn` is the namespace of a schema that includes it. */
  load(path: string, includedIn?: string): void {
    const key = `${path} ${includedIn ?? ''}`
    if (this.#loaded.has(key)) return
    this.#loaded.add(key)
    const bytes = this.#read(path)
    if (bytes === undefined) return
    const { root, diagnostics } = parseXml(decodeSchema(bytes), path, schemaLimits)
    if (root === undefined) this.problems.push(`${diagnostics[0]?.message ?? 'Expected XML, found none.'} [${path}]`)
    else if (root.local === 'schema') this.#addSchema(root, path, new Map(), includedIn)
    else this.#addDefinitions(root, path)
  }

  /** A definition by its name, whatever its namespace when there is none in this one. */
  find(kind: string, uri: string, name: string): Definition | undefined {
    const exact = this.#definitions.get(keyOf(kind, uri, name))
    if (exact !== undefined) return exact
    for (const [key, definition] of this.#definitions) {
      if (key.startsWith(`${kind} `) && key.endsWith(`}${name}`)) return definition
    }
    return undefined
  }

  /** A definition that a QName at an element refers to. */
  follow(kind: string, at: XmlElement, name: string, place: Place): Definition | undefined {
    const [uri, local] = this.resolve(at, name)
    return (
      this.#definitions.get(keyOf(kind, uri, local)) ??
      // A schema that was included without a namespace of its own refers to its parts without a prefix.
      (uri === '' ? this.#definitions.get(keyOf(kind, place.targetNamespace, local)) : undefined)
    )
  }

  /** Namespace and local name of a QName at an element. */
  resolve(at: XmlElement, name: string): readonly [uri: string, local: string] {
    const [local = '', prefix = ''] = name.trim().split(':').reverse()
    return [this.#prefixes.get(at)?.get(prefix) ?? '', local]
  }

  /** A message of a WSDL by its name. */
  message(name: string): XmlElement | undefined {
    return this.#messages.get(name)
  }

  #addDefinitions(root: XmlElement, path: string): void {
    const scope = this.#scope(root, new Map())
    for (const child of root.children) {
      const inner = this.#scope(child, scope)
      if (child.local === 'types') {
        for (const schema of child.children) {
          if (schema.local === 'schema') this.#addSchema(schema, path, inner, undefined)
        }
      } else if (child.local === 'import') {
        this.#loadFrom(path, attributeOf(child, 'location'), undefined)
      } else if (child.local === 'message') {
        this.#remember(child, inner)
        this.#messages.set(attributeOf(child, 'name') ?? '', child)
      }
    }
  }

  #addSchema(
    schema: XmlElement,
    path: string,
    outer: ReadonlyMap<string, string>,
    includedIn: string | undefined,
  ): void {
    this.#remember(schema, outer)
    const targetNamespace = attributeOf(schema, 'targetNamespace') ?? includedIn ?? ''
    const place: Place = {
      targetNamespace,
      elementsQualified: attributeOf(schema, 'elementFormDefault') === 'qualified',
      attributesQualified: attributeOf(schema, 'attributeFormDefault') === 'qualified',
    }
    for (const child of schema.children) {
      const name = attributeOf(child, 'name')
      const location = attributeOf(child, 'schemaLocation')
      if (child.local === 'include' || child.local === 'redefine') this.#loadFrom(path, location, targetNamespace)
      else if (child.local === 'import') this.#loadFrom(path, location, undefined)
      else if (name !== undefined) {
        this.#definitions.set(keyOf(child.local, targetNamespace, name), { element: child, place })
      }
    }
  }

  #loadFrom(path: string, location: string | undefined, includedIn: string | undefined): void {
    if (location === undefined || location === '') return
    const relative = resolvePath(path, location)
    const beside = resolvePath(path, location.replace(/^.*\//, ''))
    this.load(this.#read(relative) === undefined ? beside : relative, includedIn)
  }

  /** Remembers which prefixes hold at an element and below. */
  #remember(element: XmlElement, outer: ReadonlyMap<string, string>): void {
    const scope = this.#scope(element, outer)
    for (const child of element.children) this.#remember(child, scope)
  }

  #scope(element: XmlElement, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    let scope = outer
    // Large schemas have 100,000 elements, hardly any of which declares a prefix.
    for (const name in element.attributes) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
      scope = new Map([...scope, [name.slice(6), element.attributes[name]?.value ?? '']])
    }
    this.#prefixes.set(element, scope)
    return scope
  }
}

function keyOf(kind: string, uri: string, name: string): string {
  return `${kind} {${uri}}${name}`
}

function resolvePath(from: string, location: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of location.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** The text of a description, by its byte order mark or declaration. */
export function decodeSchema(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : undefined
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes)
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /encoding=["'](?:iso-8859-1|windows-1252)["']/i.exec(start)
  return new TextDecoder(declared === null ? 'utf-8' : 'latin1').decode(bytes)
}

import { attributeOf, firstChild, parseXml, XML_LIMITS, type XmlElement } from '../bpmn/xml-tree.ts'
import { decodeBase64 } from '../formats/base64.ts'
import { listZip, type ZipEntry } from '../formats/zip.ts'
import { Failure } from '../run/failure.ts'
import type { Parameter, Parameters } from './functions/function.ts'
import type { Brick, FieldMapping, FunctionBrick, Input, MappingFile, MessageLink } from './model.ts'

const mappingLimits = { ...XML_LIMITS, elementsMax: 1_000_000 }

/**
 * Reads a mapping file, as Cloud Integration's editor writes it, or as it comes from an Enterprise Services Repository: with
 * its content in an archive.
 */
export async function readMapping(
  bytes: Uint8Array,
  file: string,
): Promise<MappingFile | { readonly problem: string }> {
  const root = parse(bytes, file)
  if ('problem' in root) return root
  const trafo = descend(root, ['content', 'XiTrafo'])
  const tool = trafo && (await toolOf(trafo, file))
  if (tool !== undefined && 'problem' in tool) return tool
  const project = tool && firstChild(tool, 'project')
  const transformation = project && firstChild(project, 'transformation')
  if (project === undefined || transformation === undefined) {
    return { problem: `Expected a message mapping, found <${root.name}> without one.` }
  }
  const links = descend(root, ['generic', 'lnks'])?.children ?? []
  const bricks = new BrickReader()
  const mapping = {
    sources: links.flatMap(link => messageLink(link, 'SOURCE_IFR_MESS', trafo)),
    targets: links.flatMap(link => messageLink(link, 'TARGET_IFR_MESS', trafo)),
    prefixes: prefixesOf(transformation),
    libraries: librariesOf(project),
  }
  const targets = transformation.children.filter(child => attributeOf(child, 'type') === 'Dst')
  try {
    return { ...mapping, fields: targets.flatMap(target => bricks.field(target)) }
  } catch (error) {
    if (error instanceof BrokenMapping) return { problem: error.message }
    throw error
  }
}

function parse(bytes: Uint8Array, file: string): XmlElement | { readonly problem: string } {
  const { root, diagnostics } = parseXml(new TextDecoder('utf-8').decode(bytes), file, mappingLimits)
  return root ?? { problem: diagnostics[0]?.message ?? 'Expected XML, found none.' }
}

/** The content, which a repository packs twice: `!zip!` and Base64 of a ZIP archive with a ZIP archive in it. */
async function toolOf(trafo: XmlElement, file: string): Promise<XmlElement | { readonly problem: string } | undefined> {
  const data = firstChild(trafo, 'MetaData')
  const blob = data && firstChild(data, 'blob')
  if (blob === undefined) return data && firstChild(data, 'mappingtool')
  try {
    const outer = decodeBase64(blob.text.trim().replace(/^!zip!/, ''))
    const [value] = listZip(outer)
    const [metadata] = value === undefined ? [] : listZip(await unpacked(value))
    return metadata && parse(await unpacked(metadata), file)
  } catch (error) {
    if (error instanceof Failure) return { problem: `Expected the mapping in an archive. ${error.message}` }
    throw error
  }
}

function unpacked(entry: ZipEntry): Promise<Uint8Array> {
  if (entry.size <= mappingLimits.lengthMax) return entry.read()
  throw new Failure(`Expected at most ${mappingLimits.lengthMax} bytes, found ${entry.size}.`, { code: 'size-limit' })
}

/** A brick that cannot be read; never leaves this file. */
class BrokenMapping extends Error {}

class BrickReader {
  readonly #byUid = new Map<string, Brick>()

  field(target: XmlElement): FieldMapping[] {
    const switchedOff = propertiesOf(firstChild(target, 'properties')).switchedOff === 'true'
    const argument = firstChild(target, 'arg')
    if (switchedOff) return []
    const path = attributeOf(target, 'path') ?? ''
    return [{ path, expression: argument && this.#input(argument) }]
  }

  #input(argument: XmlElement): Input {
    const [brick] = argument.children.filter(child => child.local === 'brick')
    if (brick === undefined)
      throw new BrokenMapping(`Expected an input of a function on line ${argument.line}, found none.`)
    return { brick: this.#brick(brick), output: Number(attributeOf(argument, 'from') ?? 0) }
  }

  #brick(element: XmlElement): Brick {
    const uid = attributeOf(element, 'object_uid')
    const type = attributeOf(element, 'type')
    if (type === undefined) {
      const known = this.#byUid.get(uid ?? '')
      if (known === undefined)
        throw new BrokenMapping(`Expected a brick "${uid}" before line ${element.line}, found none.`)
      return known
    }
    const brick = type === 'Src' ? sourceBrick(element) : this.#function(element)
    if (uid !== undefined) this.#byUid.set(uid, brick)
    return brick
  }

  #function(element: XmlElement): FunctionBrick {
    const inputs: Input[] = []
    for (const argument of element.children) {
      if (argument.local === 'arg') inputs[Number(attributeOf(argument, 'pin') ?? 0)] = this.#input(argument)
    }
    const missing = Array.from<Input | undefined>(inputs).indexOf(undefined)
    const name = attributeOf(element, 'fname') ?? ''
    if (missing >= 0)
      throw new BrokenMapping(`Expected input ${missing + 1} of ${name} on line ${element.line}, found none.`)
    return {
      kind: 'function',
      name,
      library: attributeOf(element, 'fns') ?? 'dflt',
      inputs,
      parameters: parametersOf(firstChild(element, 'bindings')),
    }
  }
}

function sourceBrick(element: XmlElement): Brick {
  return {
    kind: 'source',
    path: attributeOf(element, 'path') ?? '',
    context: attributeOf(element, 'context'),
    asXml: attributeOf(element, 'asXml') !== undefined,
  }
}

function parametersOf(bindings: XmlElement | undefined): Parameters {
  const parameters: Record<string, Parameter> = {}
  for (const param of bindings?.children ?? []) {
    const value = firstChild(param, 'value')
    const name = attributeOf(param, 'name')
    if (param.local === 'param' && name !== undefined) parameters[name] = value === undefined ? '' : parameterOf(value)
  }
  return parameters
}

/** A value is a text, a table, or an element whose children and attributes are settings. */
function parameterOf(value: XmlElement): Parameter {
  const [inner] = value.children
  if (inner === undefined) return value.text
  if (inner.local === 'properties') return propertiesOf(inner)
  const settings: Record<string, string> = {}
  for (const [name, attribute] of Object.entries(inner.attributes)) settings[name] = attribute.value
  for (const child of inner.children) settings[child.local] = child.text.trim()
  return settings
}

/** Not an object literal's prototype: tables have keys such as `constructor`. */
function propertiesOf(properties: XmlElement | undefined): Record<string, string> {
  const table: Record<string, string> = Object.create(null)
  for (const property of properties?.children ?? []) table[attributeOf(property, 'name') ?? ''] = property.text
  return { ...table }
}

function messageLink(link: XmlElement, role: string, trafo: XmlElement | undefined): MessageLink[] {
  if (attributeOf(link, 'role') !== role) return []
  const key = descend(link, ['lnk', 'key'])
  const [name = '', folder = '', root = '', namespace = ''] = key?.children.map(child => child.text.trim()) ?? []
  const position = attributeOf(link, 'kpos') ?? '1'
  const list = trafo && firstChild(trafo, role === 'SOURCE_IFR_MESS' ? 'SourceParameters' : 'TargetParameters')
  const parameter = list?.children.find(child => firstChild(child, 'Position')?.text.trim() === position)
  const bound = (bounds: string) => parameter && firstChild(parameter, bounds)?.text.trim()
  return [
    {
      kind: (key && attributeOf(key, 'typeID')) ?? '',
      file: `${folder.replace(/^\/?src\/main\/resources\/?/, '')}/${name}`.replace(/^\//, ''),
      root,
      namespace,
      minOccurs: Number(bound('Minoccurs') ?? 1),
      maxOccurs: bound('Maxoccurs') === 'unbounded' ? Number.POSITIVE_INFINITY : Number(bound('Maxoccurs') ?? 1),
    },
  ]
}

function prefixesOf(transformation: XmlElement): ReadonlyMap<string, string> {
  const namespaces = firstChild(transformation, 'namespaces')
  const table = propertiesOf(namespaces && firstChild(namespaces, 'properties'))
  // Some files have a prefix for no namespace at all; their paths say nothing about the namespace then.
  return new Map(Object.entries(table).flatMap(([uri, prefix]) => (uri === '' ? [] : [[prefix, uri]])))
}

function librariesOf(project: XmlElement): ReadonlyMap<string, string> {
  const libraries = new Map<string, string>()
  for (const entry of firstChild(project, 'libstorage')?.children ?? []) {
    const key = descend(entry, ['libref', 'ref', 'key', 'key'])
    const [file = '', folder = ''] = key?.children.map(child => child.text.trim()) ?? []
    const path = `${folder.replace(/^\/?src\/main\/resources\/?/, '')}/${file}`.replace(/^\//, '')
    if (key !== undefined) libraries.set(attributeOf(entry, 'name') ?? '', path)
  }
  return libraries
}

function descend(element: XmlElement, path: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element
  for (const local of path) at = at && firstChild(at, local)
  return at
}

import { once, type StructureNode, type StructureResult } from './structure.ts'

/** How the editor names the root of a message that is an object, and of one that is an array. */
export const objectRoot = '__$$DuMmY_RoOt$$__'
export const arrayRoot = '__$$RoOt_ArRaY$$__'

const separator = '__$delim$__'

type Json = { readonly [name: string]: unknown }

/**
 * The structure of a request or response of an OpenAPI 2.0 or 3.0 description. `operation` is how mapping files name it:
 * path, method, `Request` or `Response` and its status, with a separator between them.
 */
export function jsonStructure(bytes: Uint8Array, operation: string): StructureResult {
  const document = parse(bytes)
  if (!isObject(document)) return { problem: 'Expected an OpenAPI description in JSON, found something else' }
  const schema = schemaOf(document, operation)
  if (schema === undefined) {
    return { problem: `Expected ${operation.replaceAll(separator, ' ')} in the OpenAPI description, found none` }
  }
  const isArray = isObject(follow(document, schema).items)
  return node(document, isArray ? arrayRoot : objectRoot, schema, true)
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8').decode(bytes))
  } catch {
    return undefined
  }
}

function schemaOf(document: Json, operation: string): Json | undefined {
  const [path = '', method = '', direction = '', status = ''] = operation.split(separator)
  const item = pick(document, 'paths', path, method.toLowerCase())
  if (item === undefined) return undefined
  const body = direction === 'Request' ? requestOf(document, item) : pick(item, 'responses', status)
  const described = follow(document, body)
  const content = Object.values(pick(described, 'content') ?? {}).find(isObject)
  return pick(described, 'schema') ?? pick(content, 'schema')
}

function requestOf(document: Json, operation: Json): Json | undefined {
  const body = pick(operation, 'requestBody')
  if (body !== undefined) return body
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : []
  return parameters.map(parameter => follow(document, parameter)).find(parameter => parameter.in === 'body')
}

function node(document: Json, local: string, reference: Json, isRequired: boolean): StructureNode {
  const schema = follow(document, reference)
  const items = isObject(schema.items) ? follow(document, schema.items) : undefined
  const single = items ?? schema
  return {
    local,
    uri: '',
    isAttribute: false,
    minOccurs: isRequired && items === undefined ? 1 : 0,
    maxOccurs: items === undefined ? 1 : Number.POSITIVE_INFINITY,
    json: single.type === 'number' || single.type === 'integer' || single.type === 'boolean' ? 'bare' : 'string',
    children: once(() => propertiesOf(document, single, new Set())),
  }
}

/** `read` keeps schemas that are composed of themselves, or of many of the same, from ending the world. */
function propertiesOf(document: Json, schema: Json, read: Set<Json>): StructureNode[] {
  if (read.has(schema)) return []
  read.add(schema)
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const parts = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(list => (Array.isArray(list) ? list : []))
  const inherited = parts.filter(isObject).flatMap(part => propertiesOf(document, follow(document, part), read))
  const own = Object.entries(isObject(schema.properties) ? schema.properties : {}).flatMap(([name, property]) =>
    isObject(property) ? [node(document, name, property, required.has(name))] : [],
  )
  return [...inherited.filter(({ local }) => !own.some(other => other.local === local)), ...own]
}

function follow(document: Json, value: Json | undefined): Json {
  let at = value
  for (let step = 0; step < 20 && at !== undefined && typeof at.$ref === 'string'; step += 1) {
    const names = at.$ref.replace(/^#\//, '').split('/')
    at = pick(document, ...names.map(name => name.replaceAll('~1', '/').replaceAll('~0', '~')))
  }
  return at ?? {}
}

function pick(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  let at: unknown = value
  for (const name of names) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  return isObject(at) ? at : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

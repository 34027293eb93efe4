import {
  type EntityType,
  findProperty,
  isInt64,
  type Model,
  type PrimitiveType,
  type PrimitiveValue,
} from './edm/model.ts'
import { ODataError } from './error.ts'

/** The properties that a request body sets. Properties that it does not mention are missing; null is null. */
export type EntityBody = Readonly<Record<string, PrimitiveValue | null>>

/** The entities that a request body has inside, by navigation property: a to-one has at most one. */
export type RelatedBodies = Readonly<Record<string, readonly EntityBody[]>>

/**
 * Reads a body with the entities inside it, one level deep: an array, `{"results": […]}` or one object for each navigation
 * property. Those that are null or deferred are left out. Throws as `parseEntityBody` does.
 */
export function parseRelatedBodies(model: Model, type: EntityType, text: string): RelatedBodies {
  const object = unwrap(parseJson(text))
  const related: Record<string, readonly EntityBody[]> = {}
  for (const [name, navigation] of Object.entries(type.navigations ?? {})) {
    const value = object[name] ?? (navigation.misspelled === undefined ? undefined : object[navigation.misspelled])
    if (value === undefined || value === null || (isObject(value) && '__deferred' in value)) continue
    const listed = isObject(value) && 'results' in value ? value.results : value
    const target = model.targetOf(navigation).type
    related[name] = (Array.isArray(listed) ? listed : [listed]).map(inner => {
      if (isObject(inner)) return valuesOf(target, inner)
      throw new ODataError('malformed-body', `Expected an object in "${name}", found ${nameOf(inner)}`)
    })
  }
  return related
}

/**
 * Reads the JSON of a create or update: the entity itself, or wrapped as `{"d": {…}}`. Properties that the type does not
 * have are ignored, so that an entity can be sent back as it was read. Binary properties stay base64 texts. No text has U+0000.
 * Throws `ODataError` for anything but an object, and for a value of the wrong type.
 */
export function parseEntityBody(type: EntityType, text: string): EntityBody {
  return valuesOf(type, unwrap(parseJson(text)))
}

function valuesOf(type: EntityType, object: Readonly<Record<string, unknown>>): EntityBody {
  const values: Record<string, PrimitiveValue | null> = {}
  for (const [name, value] of Object.entries(object)) {
    const declared = findProperty(type, name)?.type
    if (typeof declared === 'string') values[name] = value === null ? null : primitiveOf(declared, name, value)
  }
  return values
}

function parseJson(text: string): unknown {
  const trimmed = text.replace(/^\ufeff/, '').trimStart()
  if (trimmed.startsWith('<')) {
    throw new ODataError('unsupported-media-type', 'Expected a JSON body, found XML; send application/json')
  }
  try {
    return JSON.parse(trimmed)
  } catch (cause) {
    const found = trimmed === '' ? 'an empty body' : 'something else'
    throw new ODataError('malformed-body', `Expected a JSON object as the body, found ${found}`, { cause })
  }
}

function unwrap(value: unknown): Record<string, unknown> {
  const inner = isObject(value) && isObject(value.d) ? value.d : value
  if (isObject(inner)) return inner
  throw new ODataError('malformed-body', `Expected a JSON object as the body, found ${nameOf(value)}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return typeof value === 'string' && value.includes('\0') ? 'a text with a null character' : `a ${typeof value}`
}

function primitiveOf(type: PrimitiveType, name: string, value: unknown): PrimitiveValue {
  const converted = convert(type, value)
  if (converted !== undefined) return converted
  throw new ODataError('malformed-body', `Expected a value of type ${type} for "${name}", found ${nameOf(value)}`)
}

/** What the language can show as a date, in milliseconds from 1970. */
const timeMax = 8.64e15

function convert(type: PrimitiveType, value: unknown): PrimitiveValue | undefined {
  switch (type) {
    case 'Edm.String':
    case 'Edm.Binary':
      return typeof value === 'string' && !value.includes('\0') ? value : undefined
    case 'Edm.Boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'Edm.Int32':
      return typeof value === 'number' && (value | 0) === value ? value : undefined
    case 'Edm.Int64':
      return /^-?\d{1,19}$/.test(String(value)) && isInt64(BigInt(String(value))) ? BigInt(String(value)) : undefined
    case 'Edm.Double':
      return doubleOf(value)
    case 'Edm.DateTime':
    case 'Edm.DateTimeOffset': {
      const time = /^\/Date\((-?\d{1,16})([+-]\d{4})?\)\/$/.exec(String(value))?.[1]
      return time === undefined || Math.abs(Number(time)) > timeMax ? undefined : Number(time)
    }
  }
}

function doubleOf(value: unknown): number | undefined {
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined
}

import { type EntityType, findProperty, type PrimitiveType, type PrimitiveValue } from './edm/model.ts'
import { ODataError } from './error.ts'

/** The properties that a request body sets. Properties that it does not mention are missing; null is null. */
export type EntityBody = Readonly<Record<string, PrimitiveValue | null>>

/**
 * Reads the JSON of a create or update: the entity itself, or wrapped as `{"d": {…}}`. Properties that the type does not
 * have are ignored, so that an entity can be sent back as it was read. Binary properties stay base64 texts.
 * Throws `ODataError` for anything but an object, and for a value of the wrong type.
 */
export function parseEntityBody(type: EntityType, text: string): EntityBody {
  const object = unwrap(parseJson(text))
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
  return `a ${typeof value}`
}

function primitiveOf(type: PrimitiveType, name: string, value: unknown): PrimitiveValue {
  const converted = convert(type, value)
  if (converted !== undefined) return converted
  throw new ODataError('malformed-body', `Expected a value of type ${type} for "${name}", found ${nameOf(value)}`)
}

function convert(type: PrimitiveType, value: unknown): PrimitiveValue | undefined {
  switch (type) {
    case 'Edm.String':
    case 'Edm.Binary':
      return typeof value === 'string' ? value : undefined
    case 'Edm.Boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'Edm.Int32':
      return typeof value === 'number' && (value | 0) === value ? value : undefined
    case 'Edm.Int64':
      return /^-?\d{1,19}$/.test(String(value)) ? BigInt(String(value)) : undefined
    case 'Edm.Double':
      return doubleOf(value)
    case 'Edm.DateTime':
    case 'Edm.DateTimeOffset': {
      const time = /^\/Date\((-?\d{1,16})([+-]\d{4})?\)\/$/.exec(String(value))?.[1]
      return time === undefined ? undefined : Number(time)
    }
  }
}

function doubleOf(value: unknown): number | undefined {
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined
}

import type { Moddle, ModdleElement } from './ifl-properties.ts'

type Plain = null | string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain }

/** The namespace of what BPMN does not know. */
const ifl = 'http:///com.sap.ifl.model/Ifl.xsd'

/**
 * Text of something with elements of moddle in it, such as what was copied; `fromText` makes the same of it with elements of
 * another document. Elements that are in it more than once, by their ID, are one again.
 */
export function toText(value: unknown): string {
  return JSON.stringify(plain(value, new Set()))
}

/** Undefined where the text is none of `toText`. */
export function fromText(text: string, moddle: Moddle): unknown {
  try {
    return revived(JSON.parse(text), moddle, new Map())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function plain(value: unknown, seen: Set<object>): Plain | undefined {
  if (Array.isArray(value)) return value.flatMap(each => plain(each, seen) ?? [])
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Plain
  if (typeof value !== 'object') return undefined
  const { $type, $attrs, id } = value as Partial<ModdleElement>
  if ($type !== undefined && id !== undefined) {
    if (seen.has(value)) return { $ref: id }
    seen.add(value)
  }
  const entries = Object.entries(value).filter(([key]) => key !== '$type' && key !== '$parent' && key !== '$attrs')
  const out: Record<string, Plain> = {}
  for (const [key, each] of entries) {
    const converted = plain(each, seen)
    if (converted !== undefined) out[key] = converted
  }
  if ($type === undefined) return out
  return { ...out, $type, ...($attrs && { $attrs: { ...$attrs } }) }
}

function revived(value: Plain, moddle: Moddle, elements: Map<string, ModdleElement>): unknown {
  if (Array.isArray(value)) return value.map(each => revived(each, moddle, elements))
  if (value === null || typeof value !== 'object') return value
  const { $ref, $type, $attrs, ...rest } = value as Record<string, Plain>
  if (typeof $ref === 'string') return elements.get($ref)
  const properties = Object.fromEntries(
    Object.entries(rest).map(([key, each]) => [key, revived(each, moddle, elements)]),
  )
  if (typeof $type !== 'string') return properties
  if (!/^(bpmn|bpmndi|dc|di):/.test($type)) return moddle.createAny($type, $type.includes(':') ? ifl : '', properties)
  const element = moddle.create($type, properties)
  for (const [key, each] of Object.entries(($attrs as Record<string, Plain>) ?? {})) element.set(key, each)
  if (element.id !== undefined) elements.set(element.id, element)
  return element
}

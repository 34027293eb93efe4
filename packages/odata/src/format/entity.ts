import type {
  ComplexValue,
  EntityRow,
  EntitySet,
  EntityType,
  Model,
  PrimitiveValue,
  Property,
  PropertyValue,
} from '../edm/model.ts'
import type { Selection } from '../query/query.ts'

/** An entity as it is rendered: its row, and the related entities that were asked for with `$expand`. */
export interface Entity {
  readonly row: EntityRow
  /** By navigation property: an array for to-many, an entity or null for to-one. */
  readonly expanded: Readonly<Record<string, readonly Entity[] | Entity | null>>
}

/** Where and how entities are rendered. */
export interface RenderContext {
  readonly model: Model
  /** Absolute URL of the service without a trailing slash; every link starts with it. */
  readonly serviceRoot: string
  readonly set: EntitySet
  readonly selection: Selection
}

/** A page of a collection. */
export interface Feed {
  readonly entities: readonly Entity[]
  /** Path below the service root that was asked for: what the feed's `id` says. */
  readonly path: string
  /** With `$inlinecount=allpages`: how many there are on all pages. */
  readonly count: number | undefined
  /** Absolute URL of the next page. */
  readonly next: string | undefined
}

/** One property of an entity, to be rendered alone. */
export interface PropertyOfRow {
  readonly model: Model
  readonly type: Property['type']
  /** `Name` or `Complex/Name`. */
  readonly path: string
  readonly row: EntityRow
}

/** `Set('key')` or `Set(A='x',B=1)`, percent-encoded, relative to the service root. */
export function entityPath(set: EntitySet, row: EntityRow): string {
  const literals = set.type.key.map(name => [name, keyLiteral(row[name])] as const)
  const [only] = literals
  const inside =
    literals.length === 1 && only ? only[1] : literals.map(([name, literal]) => `${name}=${literal}`).join(',')
  return `${set.name}(${inside})`
}

function keyLiteral(value: PropertyValue): string {
  if (typeof value === 'string') return `'${encodeURIComponent(value.toWellFormed().replaceAll("'", "''"))}'`
  if (typeof value === 'bigint') return `${value}L`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`Expected a key of texts, numbers or truth values, found ${typeof value}`)
}

/** The declared properties that are shown, in the order of the declaration. */
export function shownProperties(type: EntityType, selection: Selection): string[] {
  const names = Object.keys(type.properties)
  const { properties } = selection
  return properties === 'all' ? names : names.filter(name => properties.has(name))
}

/** The navigation properties that are shown: those selected and those expanded. */
export function shownNavigations(type: EntityType, selection: Selection): string[] {
  const names = Object.keys(type.navigations ?? {})
  const { navigations, expanded } = selection
  return navigations === 'all' ? names : names.filter(name => navigations.has(name) || expanded.has(name))
}

/** The context in which what `navigation` leads to is rendered. */
export function expandedContext(context: RenderContext, navigation: string): RenderContext {
  const declared = context.set.type.navigations?.[navigation]
  const selection = context.selection.expanded.get(navigation)
  if (!declared || !selection) throw new Error(`Expected "${navigation}" to be an expanded navigation property`)
  return { ...context, set: context.model.targetOf(declared), selection }
}

/** The media type that is announced for a media resource before it is opened. */
export const mediaContentType = 'application/octet-stream'

/** The bytes in base64 (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3)
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0)
    text += alphabet[bits >> 18]
    text += alphabet[(bits >> 12) & 63]
    text += second === undefined ? '=' : alphabet[(bits >> 6) & 63]
    text += third === undefined ? '=' : alphabet[bits & 63]
  }
  return text
}

/** The value as plain text, as `$value` on a property shows it. Times are in UTC without a zone. */
export function formatPlain(type: string, value: PrimitiveValue): string {
  checkInt64(type, value)
  if (value instanceof Uint8Array) return encodeBase64(value)
  if (type === 'Edm.DateTime') return new Date(Number(value)).toISOString().slice(0, -1)
  if (type === 'Edm.DateTimeOffset') return new Date(Number(value)).toISOString()
  return String(value)
}

/** Throws for a number where JSON needs a string: a row with one is a bug. */
export function checkInt64(type: string, value: PrimitiveValue | ComplexValue): void {
  if (type === 'Edm.Int64' && typeof value !== 'bigint')
    throw new Error(`Expected a bigint for a property of type Edm.Int64, found a ${typeof value}`)
}

/** Tells an expanded to-many navigation from a to-one. */
export function isMany(related: readonly Entity[] | Entity): related is readonly Entity[] {
  return Array.isArray(related)
}

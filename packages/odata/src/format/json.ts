import type { EntityRow, Model, PrimitiveType, Property, PropertyValue } from '../edm/model.ts'
import { valueAt } from '../query/evaluate.ts'
import {
  checkInt64,
  type Entity,
  encodeBase64,
  entityPath,
  expandedContext,
  type Feed,
  isMany,
  mediaContentType,
  type PropertyOfRow,
  type RenderContext,
  shownNavigations,
  shownProperties,
} from './entity.ts'

/** OData V2 JSON ("verbose"): everything inside `d`. */
export const jsonContentType = 'application/json;charset=utf-8'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** One entity: `{"d":{"__metadata":…, …}}`. */
export function renderEntityJson(context: RenderContext, entity: Entity): string {
  return JSON.stringify({ d: entityJson(context, entity) })
}

/** A collection: `{"d":{"results":[…]}}`, with `__count` and `__next` where the feed has them. */
export function renderFeedJson(context: RenderContext, feed: Feed): string {
  const d = {
    ...(feed.count !== undefined && { __count: String(feed.count) }),
    results: feed.entities.map(entity => entityJson(context, entity)),
    ...(feed.next !== undefined && { __next: feed.next }),
  }
  return JSON.stringify({ d })
}

/** `path` is a property or `Complex/Property`; the answer is named after its last segment. */
export function renderPropertyJson({ model, type, path, row }: PropertyOfRow): string {
  return JSON.stringify({ d: { [path.split('/').at(-1) ?? path]: valueJson(model, type, valueAt(row, path)) } })
}

/** The service document: the names of all entity sets. */
export function renderServiceDocumentJson(model: Model): string {
  return JSON.stringify({ d: { EntitySets: model.sets.map(set => set.name) } })
}

function entityJson(context: RenderContext, entity: Entity): Json {
  const { set, selection, serviceRoot, model } = context
  const uri = `${serviceRoot}/${entityPath(set, entity.row)}`
  const metadata: Json = {
    id: uri,
    uri,
    type: `${model.namespace}.${set.type.name}`,
    ...(set.type.hasStream && {
      content_type: mediaContentType,
      media_src: `${uri}/$value`,
      edit_media: `${uri}/$value`,
    }),
  }
  const properties = shownProperties(set.type, selection).map(name => {
    const property = set.type.properties[name]
    return [name, property ? valueJson(model, property.type, entity.row[name]) : null] as const
  })
  const navigations = shownNavigations(set.type, selection).map(
    name => [name, navigationJson(context, entity, name, uri)] as const,
  )
  return { __metadata: metadata, ...Object.fromEntries([...properties, ...navigations]) }
}

function navigationJson(context: RenderContext, entity: Entity, name: string, uri: string): Json {
  const related = entity.expanded[name]
  if (related === undefined) return { __deferred: { uri: `${uri}/${name}` } }
  if (related === null) return null
  const inner = expandedContext(context, name)
  return isMany(related) ? { results: related.map(item => entityJson(inner, item)) } : entityJson(inner, related)
}

function valueJson(model: Model, type: Property['type'], value: PropertyValue): Json {
  if (value === null || value === undefined) return null
  if (typeof type === 'string') return primitiveJson(type, value)
  const members = Object.entries(type.properties).map(([name, property]) => {
    const inner = (value as EntityRow)[name]
    return [name, valueJson(model, property.type, inner)] as const
  })
  return { __metadata: { type: `${model.namespace}.${type.name}` }, ...Object.fromEntries(members) }
}

function primitiveJson(type: PrimitiveType, value: Exclude<PropertyValue, null | undefined>): Json {
  checkInt64(type, value)
  if (value instanceof Uint8Array) return encodeBase64(value)
  if (type === 'Edm.DateTime') return `/Date(${Number(value)})/`
  if (type === 'Edm.DateTimeOffset') return `/Date(${Number(value)}+0000)/`
  if (type === 'Edm.Double') return String(value)
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

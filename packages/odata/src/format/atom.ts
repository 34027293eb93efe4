import type { EntityRow, Model, Property, PropertyValue } from '../edm/model.ts'
import { valueAt } from '../query/evaluate.ts'
import {
  type Entity,
  entityPath,
  expandedContext,
  type Feed,
  formatPlain,
  isMany,
  mediaContentType,
  type PropertyOfRow,
  type RenderContext,
  shownNavigations,
  shownProperties,
} from './entity.ts'
import { attributes, escapeText, xmlDeclaration, xmlNamespaces } from './xml.ts'

/** Content type of one entity in Atom. */
export const atomEntryContentType = 'application/atom+xml;type=entry;charset=utf-8'
/** Content type of a collection in Atom. */
export const atomFeedContentType = 'application/atom+xml;type=feed;charset=utf-8'
/** Content type of everything else in XML: metadata, service document, properties, errors. */
export const xmlContentType = 'application/xml;charset=utf-8'

/** An Atom entry (RFC 4287) with the prefixes `m:` and `d:`, which readers look for literally. `now` goes into `updated`. */
export function renderEntryAtom(context: RenderContext, entity: Entity, now: number): string {
  return `${xmlDeclaration}\n${entry(context, entity, now, rootAttributes(context))}`
}

/** An Atom feed: entries, `m:count` and the `next` link where the feed has them. */
export function renderFeedAtom(context: RenderContext, feed: Feed, now: number): string {
  return `${xmlDeclaration}\n${atomFeed(context, feed, now, rootAttributes(context))}`
}

/** `path` is a property or `Complex/Property`; the element is named after its last segment. */
export function renderPropertyXml({ model, type, path, row }: PropertyOfRow): string {
  const name = path.split('/').at(-1) ?? path
  const namespaces = attributes({ xmlns: xmlNamespaces.data, 'xmlns:m': xmlNamespaces.metadata })
  return `${xmlDeclaration}\n${element(name, type, valueAt(row, path), { model, prefix: '', namespaces })}`
}

/** The service document (RFC 5023 section 8): one workspace with a collection per entity set. */
export function renderServiceDocumentXml(model: Model, serviceRoot: string): string {
  const namespaces = { 'xml:base': `${serviceRoot}/`, xmlns: xmlNamespaces.app, 'xmlns:atom': xmlNamespaces.atom }
  const title = (text: string) => `<atom:title>${escapeText(text)}</atom:title>`
  const collections = model.sets.map(
    ({ name }) => `<collection${attributes({ href: name })}>${title(name)}</collection>`,
  )
  return [
    xmlDeclaration,
    `<service${attributes(namespaces)}><workspace>${title('Default')}${collections.join('')}</workspace></service>`,
  ].join('\n')
}

function rootAttributes(context: RenderContext): string {
  return attributes({
    xmlns: xmlNamespaces.atom,
    'xmlns:m': xmlNamespaces.metadata,
    'xmlns:d': xmlNamespaces.data,
    'xml:base': `${context.serviceRoot}/`,
  })
}

function head(id: string, title: string, now: number): string {
  const updated = new Date(now).toISOString()
  return `<id>${escapeText(id)}</id><title type="text">${escapeText(title)}</title><updated>${updated}</updated>`
}

function link(values: { href: string; rel: string; title?: string; type?: string }): string {
  return `<link${attributes(values)}/>`
}

function atomFeed(context: RenderContext, feed: Feed, now: number, root: string): string {
  const { set, serviceRoot } = context
  return [
    `<feed${root}>${head(`${serviceRoot}/${feed.path}`, set.name, now)}<author><name/></author>`,
    link({ href: feed.path, rel: 'self', title: set.name }),
    feed.count === undefined ? '' : `<m:count>${feed.count}</m:count>`,
    ...feed.entities.map(entity => entry(context, entity, now, '')),
    feed.next === undefined ? '' : link({ href: feed.next, rel: 'next' }),
    '</feed>',
  ].join('')
}

function entry(context: RenderContext, entity: Entity, now: number, root: string): string {
  const { set, selection, serviceRoot, model } = context
  const path = entityPath(set, entity.row)
  const category = attributes({ term: `${model.namespace}.${set.type.name}`, scheme: xmlNamespaces.scheme })
  const properties = shownProperties(set.type, selection).map(name => {
    const property = set.type.properties[name]
    return property ? element(name, property.type, entity.row[name], { model, prefix: 'd:', namespaces: '' }) : ''
  })
  const content = `<m:properties>${properties.join('')}</m:properties>`
  const media = `${path}/$value`
  return [
    `<entry${root}>${head(`${serviceRoot}/${path}`, set.name, now)}<author><name/></author><category${category}/>`,
    link({ href: path, rel: 'edit', title: set.type.name }),
    set.type.hasStream ? link({ href: media, rel: 'edit-media', type: mediaContentType }) : '',
    ...shownNavigations(set.type, selection).map(name => navigation(context, entity, { name, path, now })),
    set.type.hasStream
      ? `<content${attributes({ type: mediaContentType, src: media })}/>${content}`
      : `<content type="application/xml">${content}</content>`,
    '</entry>',
  ].join('')
}

function navigation(
  context: RenderContext,
  entity: Entity,
  { name, path, now }: { name: string; path: string; now: number },
): string {
  const isMany = context.set.type.navigations?.[name]?.many === true
  const values = {
    href: `${path}/${name}`,
    rel: `${xmlNamespaces.related}/${name}`,
    title: name,
    type: `application/atom+xml; type=${isMany ? 'feed' : 'entry'}`,
  }
  const related = entity.expanded[name]
  if (related === undefined) return link(values)
  const inner = expandedContext(context, name)
  return `<link${attributes(values)}><m:inline>${inline(inner, related, { path: values.href, now })}</m:inline></link>`
}

function inline(
  context: RenderContext,
  related: readonly Entity[] | Entity | null,
  { path, now }: { path: string; now: number },
): string {
  if (related === null) return ''
  if (!isMany(related)) return entry(context, related, now, '')
  return atomFeed(context, { entities: related, path, count: undefined, next: undefined }, now, '')
}

function element(
  name: string,
  type: Property['type'],
  value: PropertyValue,
  { model, prefix, namespaces }: { model: Model; prefix: string; namespaces: string },
): string {
  const tag = `${prefix}${name}`
  if (value === null || value === undefined) return `<${tag}${namespaces} m:null="true"/>`
  if (typeof type === 'string') {
    const text = formatPlain(type, value as Exclude<typeof value, object> | Uint8Array)
    return `<${tag}${namespaces}>${escapeText(text)}</${tag}>`
  }
  const members = Object.entries(type.properties).map(([inner, property]) =>
    element(inner, property.type, (value as EntityRow)[inner], { model, prefix, namespaces: '' }),
  )
  return `<${tag}${namespaces}${attributes({ 'm:type': `${model.namespace}.${type.name}` })}>${members.join('')}</${tag}>`
}

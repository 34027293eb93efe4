import {
  atomFeedContentType,
  checkQuery,
  type Entity,
  type EntityRow,
  findPath,
  formatPlain,
  jsonContentType,
  nextPageUrl,
  ODataError,
  type PrimitiveValue,
  pageOf,
  renderFeedAtom,
  renderFeedJson,
  renderMetadata,
  renderPropertyJson,
  renderPropertyXml,
  renderServiceDocumentJson,
  renderServiceDocumentXml,
  type Selection,
  type Step,
  type Steps,
  valueAt,
  xmlContentType,
} from '@sluice/odata'
import type { ListQuery } from '../../store/store.ts'
import { findEntity, navigationApiOf, notAllowed, type ResolvedCall, reachedThroughOthers, setApiOf } from './call.ts'
import { entityReply, type Reply } from './reply.ts'

/** Entities on one page where a set does not say otherwise, as documented; also the most that `$expand` brings along for one entity. */
const pageSize = 1_000

const plainContentType = 'text/plain;charset=utf-8'

/** Answers a GET. */
export async function read(call: ResolvedCall): Promise<Reply> {
  const { resource } = call.request
  switch (resource.kind) {
    case 'service-document':
      return serviceDocument(call)
    case 'metadata':
      return { status: 200, contentType: xmlContentType, body: renderMetadata(call.api.model) }
    case 'collection':
      return readCollection(call, resource.steps)
    case 'count':
      return readCount(call, resource.steps)
    case 'entity':
      return readEntity(call, resource.steps)
    case 'media':
      return readMedia(call, resource.steps)
    case 'property':
      return readProperty(call, resource)
    default:
      throw notAllowed(call.method, 'PUT')
  }
}

function serviceDocument({ api, format, serviceRoot }: ResolvedCall): Reply {
  if (format === 'json')
    return { status: 200, contentType: jsonContentType, body: renderServiceDocumentJson(api.model) }
  return { status: 200, contentType: xmlContentType, body: renderServiceDocumentXml(api.model, serviceRoot) }
}

interface Source {
  list(query: ListQuery): Promise<readonly EntityRow[]>
  count(query: Pick<ListQuery, 'filter'>): Promise<number>
}

/** Where the rows of a collection come from: a set, or what a navigation property of an entity leads to. */
async function sourceOf(call: ResolvedCall, steps: Steps): Promise<Source> {
  const [before, last] = [steps.at(-2), lastOf(steps)]
  const setApi = setApiOf(call, last)
  await call.authorize(setApi.roles)
  if (!before) {
    const { list, count } = setApi
    if (!list || !count) throw reachedThroughOthers(call, setApi)
    return { list: query => list(query, call.context), count: query => count(query, call.context) }
  }
  const parent = await findEntity(call, steps.slice(0, -1))
  const navigation = navigationApiOf(call, before, last)
  if ('get' in navigation) throw new Error(`Expected "${last.set.name}" to be the target of a to-many navigation`)
  return {
    list: query => navigation.list(parent, query, call.context),
    count: query => navigation.count(parent, query, call.context),
  }
}

function lastOf(steps: Steps): Step {
  return steps.at(-1) ?? steps[0]
}

async function readCollection(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { request, api, serviceRoot } = call
  const { set } = lastOf(steps)
  const { filter, orderBy, selection } = checkQuery(api.model, set.type, request.options)
  const source = await sourceOf(call, steps)
  const page = pageOf(request.options, setApiOf(call, lastOf(steps)).pageSize ?? pageSize)
  const rows = await source.list({ filter, orderBy, skip: page.skip, top: page.top })
  const entities: Entity[] = []
  for (const row of rows.slice(0, page.size))
    entities.push({ row, expanded: await expand(call, steps, row, selection) })
  const feed = {
    entities,
    path: (call.url.split('?')[0] ?? '').replace(/\/$/, ''),
    count: request.options.inlineCount ? await source.count({ filter }) : undefined,
    next: rows.length > page.size ? `${serviceRoot}/${nextPageUrl(call.url, page, request.options)}` : undefined,
  }
  const context = { model: api.model, serviceRoot, set, selection }
  if (call.format === 'json') return { status: 200, contentType: jsonContentType, body: renderFeedJson(context, feed) }
  return { status: 200, contentType: atomFeedContentType, body: renderFeedAtom(context, feed, call.context.now) }
}

async function expand(
  call: ResolvedCall,
  steps: Steps,
  row: EntityRow,
  selection: Selection,
): Promise<Entity['expanded']> {
  const from = lastOf(steps)
  const expanded: Record<string, Entity[] | Entity | null> = {}
  for (const name of selection.expanded.keys()) {
    const declared = from.set.type.navigations?.[name]
    if (!declared) throw new Error(`Expected "${name}" to be a navigation property of "${from.set.name}"`)
    const to: Step = { set: call.api.model.targetOf(declared), key: undefined, navigation: { name, ...declared } }
    await call.authorize(setApiOf(call, to).roles)
    const navigation = navigationApiOf(call, from, to)
    if ('get' in navigation) {
      const related = await navigation.get(row, call.context)
      expanded[name] = related ? { row: related, expanded: {} } : null
    } else {
      const related = await navigation.list(row, { top: pageSize }, call.context)
      expanded[name] = related.map(item => ({ row: item, expanded: {} }))
    }
  }
  return expanded
}

async function readCount(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { filter } = checkQuery(call.api.model, lastOf(steps).set.type, call.request.options)
  const source = await sourceOf(call, steps)
  return { status: 200, contentType: plainContentType, body: String(await source.count({ filter })) }
}

async function readEntity(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { set } = lastOf(steps)
  const { selection } = checkQuery(call.api.model, set.type, call.request.options)
  const row = await findEntity(call, steps)
  return entityReply(call, { set, row, status: 200, selection, expanded: await expand(call, steps, row, selection) })
}

async function readMedia(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const setApi = setApiOf(call, lastOf(steps))
  const row = await findEntity(call, steps)
  if (!setApi.media) throw new ODataError('not-found', `Expected another resource: ${setApi.set.name} has no downloads`)
  if (setApi.mediaRoles) await call.authorize(setApi.mediaRoles)
  const media = await setApi.media(row, call.context)
  if (!media) return { status: 204 }
  const { contentType, body, fileName } = media
  const headers = fileName === undefined ? {} : { 'content-disposition': disposition(fileName) }
  return { status: 200, contentType, headers, body }
}

/** RFC 6266: a plain name where it is a token, which is what clients expect; otherwise quoted, with RFC 8187 beside it. */
function disposition(fileName: string): string {
  if (/^[\w.-]+$/.test(fileName)) return `attachment; filename=${fileName}`
  const encoded = encodeURIComponent(fileName.toWellFormed())
  return `attachment; filename="${fileName.replace(/[^\w.\- ]/g, '_')}"; filename*=UTF-8''${encoded}`
}

async function readProperty(
  call: ResolvedCall,
  { steps, path, isRaw }: { readonly steps: Steps; readonly path: string; readonly isRaw: boolean },
): Promise<Reply> {
  const { model } = call.api
  const type = findPath(lastOf(steps).set.type, path)
  if (type === undefined) throw new Error(`Expected a property at "${path}"`)
  const row = await findEntity(call, steps)
  if (!isRaw) {
    const property = { model, type, path, row }
    if (call.format === 'json') return { status: 200, contentType: jsonContentType, body: renderPropertyJson(property) }
    return { status: 200, contentType: xmlContentType, body: renderPropertyXml(property) }
  }
  const value = valueAt(row, path)
  if (value === null || value === undefined)
    throw new ODataError('not-found', `Expected a value in "${path}", found null`)
  return { status: 200, contentType: plainContentType, body: formatPlain(String(type), value as PrimitiveValue) }
}

import {
  atomFeedContentType,
  checkQuery,
  type EntityRow,
  entityPath,
  findPath,
  formatPlain,
  jsonContentType,
  nextPageUrl,
  ODataError,
  type PrimitiveValue,
  pageOf,
  type Query,
  renderFeedAtom,
  renderFeedJson,
  renderLinks,
  renderMetadata,
  renderPropertyJson,
  renderPropertyXml,
  renderServiceDocumentJson,
  renderServiceDocumentXml,
  type Steps,
  valueAt,
  xmlContentType,
} from '@sluice/odata'
import { findEntity, guard, notAllowed, type ResolvedCall, setApiOf } from './call.ts'
import { expandAll } from './expand.ts'
import { entityReply, type Reply } from './reply.ts'
import { lastOf, pageSize, sourceOf } from './source.ts'

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
    case 'link':
      return readLinks(call, resource.steps)
    default:
      throw notAllowed(call.method, 'POST')
  }
}

function serviceDocument({ api, format, serviceRoot }: ResolvedCall): Reply {
  if (format === 'json')
    return { status: 200, contentType: jsonContentType, body: renderServiceDocumentJson(api.model) }
  return { status: 200, contentType: xmlContentType, body: renderServiceDocumentXml(api.model, serviceRoot) }
}

async function readCollection(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { request, api, serviceRoot } = call
  const { set } = lastOf(steps)
  const { filter, orderBy, selection } = checkQuery(api.model, set.type, request.options)
  const { rows, count, next } = await readPage(call, steps, { filter, orderBy })
  const entities = await expandAll(call, set, rows, selection)
  const feed = { entities, path: (call.url.split('?')[0] ?? '').replace(/\/$/, ''), count, next }
  const context = { model: api.model, serviceRoot, set, selection }
  if (call.format === 'json') return { status: 200, contentType: jsonContentType, body: renderFeedJson(context, feed) }
  return { status: 200, contentType: atomFeedContentType, body: renderFeedAtom(context, feed, call.context.now) }
}

interface RowPage {
  readonly rows: readonly EntityRow[]
  /** With `$inlinecount=allpages`. */
  readonly count: number | undefined
  /** URL of the next page. */
  readonly next: string | undefined
}

async function readPage(call: ResolvedCall, steps: Steps, query: Pick<Query, 'filter' | 'orderBy'>): Promise<RowPage> {
  const { options } = call.request
  const source = await sourceOf(call, steps)
  const page = pageOf(options, setApiOf(call, lastOf(steps)).pageSize ?? pageSize)
  const rows = await source.list({ ...query, skip: page.skip, top: page.top })
  return {
    rows: rows.slice(0, page.size),
    count: options.inlineCount ? await source.count(query) : undefined,
    next: rows.length > page.size ? `${call.serviceRoot}/${nextPageUrl(call.url, page, options)}` : undefined,
  }
}

/** The URIs of related entities instead of the entities. */
async function readLinks(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { set, key, navigation } = lastOf(steps)
  const uriOf = (row: EntityRow) => `${call.serviceRoot}/${entityPath(set, row)}`
  const { filter, orderBy } = checkQuery(call.api.model, set.type, call.request.options)
  if (key || !navigation?.many) {
    return { status: 200, ...renderLinks({ uri: uriOf(await findEntity(call, steps)) }, call.format) }
  }
  const { rows, count, next } = await readPage(call, steps, { filter, orderBy })
  return { status: 200, ...renderLinks({ uris: rows.map(uriOf), count, next }, call.format) }
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
  const [entity] = await expandAll(call, set, [row], selection)
  return entityReply(call, { set, row, status: 200, selection, expanded: entity?.expanded ?? {} })
}

async function readMedia(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const setApi = setApiOf(call, lastOf(steps))
  const row = await findEntity(call, steps)
  if (!setApi.media) throw new ODataError('not-found', `Expected another resource: ${setApi.set.name} has no downloads`)
  if (setApi.mediaRoles) await call.authorize(setApi.mediaRoles)
  if (setApi.guard?.reads?.includes('media')) await guard(call, lastOf(steps), row, 'read')
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

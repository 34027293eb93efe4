import type { Readable } from 'node:stream'
import {
  atomEntryContentType,
  atomFeedContentType,
  type Entity,
  type EntityRow,
  type EntitySet,
  entityPath,
  jsonContentType,
  type RenderContext,
  renderEntityJson,
  renderEntryAtom,
  renderFeedAtom,
  renderFeedJson,
  type Selection,
} from '@sluice/odata'
import type { ResolvedCall } from './call.ts'
import type { Told } from './definition.ts'

/** What goes back to the caller. */
export interface Reply {
  readonly status: number
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | Readable
}

export const everything: Selection = { properties: 'all', navigations: 'all', expanded: new Map() }

/** One entity in the format that the caller reads; a new one comes with its `Location`. */
export function entityReply(
  call: ResolvedCall,
  {
    set,
    row,
    status,
    selection = everything,
    expanded = {},
  }: {
    readonly set: EntitySet
    readonly row: EntityRow
    readonly status: 200 | 201
    readonly selection?: Selection
    readonly expanded?: Entity['expanded']
  },
): Reply {
  const context: RenderContext = { model: call.api.model, serviceRoot: call.serviceRoot, set, selection }
  const entity: Entity = { row, expanded }
  const headers = status === 201 ? { location: `${call.serviceRoot}/${entityPath(set, row)}` } : {}
  if (call.format === 'json') {
    return { status, headers, contentType: jsonContentType, body: renderEntityJson(context, entity) }
  }
  return {
    status,
    headers,
    contentType: atomEntryContentType,
    body: renderEntryAtom(context, entity, call.context.now),
  }
}

/** What a change tells: plain text, or entities as a list of their set. */
export function toldReply(call: ResolvedCall, told: Told): Reply {
  if ('text' in told) return { status: 200, contentType: 'text/plain;charset=utf-8', body: told.text }
  const set = call.api.model.findSet(told.entitySet)
  if (!set) throw new Error(`Expected an entity set "${told.entitySet}" in the model`)
  const context: RenderContext = { model: call.api.model, serviceRoot: call.serviceRoot, set, selection: everything }
  const entities = told.entities.map(row => ({ row, expanded: {} }))
  const feed = { entities, path: set.name, count: undefined, next: undefined }
  if (call.format === 'json') return { status: 200, contentType: jsonContentType, body: renderFeedJson(context, feed) }
  return { status: 200, contentType: atomFeedContentType, body: renderFeedAtom(context, feed, call.context.now) }
}

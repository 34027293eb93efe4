import {
  atomEntryContentType,
  type Entity,
  type EntityRow,
  type EntitySet,
  entityPath,
  jsonContentType,
  type RenderContext,
  renderEntityJson,
  renderEntryAtom,
  type Selection,
} from '@sluice/odata'
import type { ResolvedCall } from './call.ts'

/** What goes back to the caller. */
export interface Reply {
  readonly status: number
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
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

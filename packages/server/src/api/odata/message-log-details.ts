import type { EntityRow } from '@sluice/odata'
import type { MessageDetails, MessageLogs } from '../../store/store.ts'
import { type EntitySetApi, type ToManyApi, textOf } from './definition.ts'

/** How details of message logs of one kind are read: as a set, and as what a navigation property of a log leads to. */
export interface DetailReading {
  readonly ofAll: Required<Pick<EntitySetApi, 'list' | 'count' | 'find'>>
  readonly ofLog: ToManyApi
}

/** `rowOf` makes an entity of a detail. */
export function detailReading<Detail extends { readonly messageGuid: string }>(
  kindOf: (logs: MessageLogs) => MessageDetails<Detail>,
  rowOf: (detail: Detail) => EntityRow,
): DetailReading {
  return {
    ofAll: {
      list: async (query, { store }) => (await kindOf(store.messageLogs).list(query)).map(rowOf),
      count: (query, { store }) => kindOf(store.messageLogs).count(query),
      async find(key, { store }) {
        const found = await kindOf(store.messageLogs).find(textOf(key, 'Id'))
        return found && rowOf(found)
      },
    },
    ofLog: {
      list: async (log, query, { store }) =>
        (await kindOf(store.messageLogs).list(query, textOf(log, 'MessageGuid'))).map(rowOf),
      count: (log, query, { store }) => kindOf(store.messageLogs).count(query, textOf(log, 'MessageGuid')),
      async find(log, key, { store }) {
        const found = await kindOf(store.messageLogs).find(textOf(key, 'Id'))
        return found && found.messageGuid === log.MessageGuid ? rowOf(found) : undefined
      },
    },
  }
}

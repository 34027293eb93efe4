import type { EntityRow } from '@sluice/odata'
import type { PersistedMessage } from '../../store/store.ts'
import { type EntitySetApi, type ToManyApi, textOf } from './definition.ts'
import { messageStoreEntryAttachmentsOf } from './message-store-entry-attachments.ts'
import { messageStoreEntryPropertiesOf } from './message-store-entry-properties.ts'
import { readPayloads, readRuntime } from './permissions.ts'
import { keptSubjects } from './protected-subjects.ts'

/** Messages that Persist steps have kept, reached through `MessageProcessingLogs` or by their key. */
export const messageStoreEntries: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'figaf', 'mcp-integration-suite', 'odata-mcp-proxy'],
  set: {
    name: 'MessageStoreEntries',
    type: {
      name: 'MessageStoreEntry',
      key: ['Id'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        MessageGuid: { type: 'Edm.String' },
        MessageStoreId: { type: 'Edm.String' },
        TimeStamp: { type: 'Edm.DateTime' },
        HasAttachments: { type: 'Edm.Boolean' },
      },
      navigations: {
        Attachments: { target: 'MessageStoreEntryAttachments', many: true },
        Properties: { target: 'MessageStoreEntryProperties', many: true },
      },
    },
  },
  roles: readRuntime,
  guard: {
    reads: ['media', 'navigations'],
    subjects: (row, context) =>
      keptSubjects({ flowId: textOf(row, 'flowId'), messageGuid: textOf(row, 'MessageGuid') }, context),
  },
  mediaRoles: readPayloads,
  async find(key, { store, now }) {
    const found = await store.persistedMessages.find(textOf(key, 'Id'), now)
    return found && entryRow(found)
  },
  async media(row, { store, now }) {
    const id = textOf(row, 'Id')
    const content = await store.persistedMessages.content(id, now)
    return content && { contentType: 'application/octet-stream', body: content.body, fileName: id }
  },
  navigations: { Attachments: messageStoreEntryAttachmentsOf, Properties: messageStoreEntryPropertiesOf },
}

/** Those of one message processing log, the earliest first. */
export const messageStoreEntriesOf: ToManyApi = {
  async list(log, query, { store, now }) {
    const entries = await store.persistedMessages.ofRun(textOf(log, 'MessageGuid'), now).list(query)
    return entries.map(entryRow)
  },
  count: (log, query, { store, now }) => store.persistedMessages.ofRun(textOf(log, 'MessageGuid'), now).count(query),
  async find(log, key, { store, now }) {
    const found = await store.persistedMessages.find(textOf(key, 'Id'), now)
    return found && found.messageGuid === log.MessageGuid ? entryRow(found) : undefined
  },
}

/** `flowId` is not shown. */
function entryRow({ id, flowId, messageGuid, stepId, createdAt, hasAttachments }: PersistedMessage): EntityRow {
  return {
    Id: id,
    MessageGuid: messageGuid,
    MessageStoreId: stepId,
    TimeStamp: createdAt,
    HasAttachments: hasAttachments,
    flowId,
  }
}

import type { EntityRow } from '@sluice/odata'
import type { PersistedAttachment } from '../../store/store.ts'
import { type EntitySetApi, type ToManyApi, textOf } from './definition.ts'
import { messageStoreEntryAttachmentPropertiesOf } from './message-store-entry-attachment-properties.ts'
import { readPayloads, readRuntime } from './permissions.ts'
import { keptSubjects } from './protected-subjects.ts'

/** Attachments of messages that Persist steps have kept, reached through `MessageStoreEntries` or by their key. */
export const messageStoreEntryAttachments: EntitySetApi = {
  clients: ['contiva', 'mcp-integration-suite'],
  set: {
    name: 'MessageStoreEntryAttachments',
    type: {
      name: 'MessageStoreEntryAttachment',
      key: ['Id'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String' },
        ContentType: { type: 'Edm.String' },
      },
      navigations: { Properties: { target: 'MessageStoreEntryAttachmentProperties', many: true } },
    },
  },
  roles: readRuntime,
  guard: {
    reads: ['media'],
    async subjects(row, context) {
      const found = await context.store.persistedMessages.findAttachment(textOf(row, 'Id'), context.now)
      return found ? keptSubjects(found, context) : []
    },
  },
  mediaRoles: readPayloads,
  async find(key, { store, now }) {
    const found = await store.persistedMessages.findAttachment(textOf(key, 'Id'), now)
    return found && attachmentRow(found)
  },
  async media(row, { store, now }) {
    const body = await store.persistedMessages.attachmentContent(textOf(row, 'Id'), now)
    return body && { contentType: 'application/octet-stream', body, fileName: textOf(row, 'Name') }
  },
  navigations: { Properties: messageStoreEntryAttachmentPropertiesOf },
}

/** Those of one message, in its order. */
export const messageStoreEntryAttachmentsOf: ToManyApi = {
  async list(entry, query, { store, now }) {
    return (await store.persistedMessages.attachments(textOf(entry, 'Id'), now).list(query)).map(attachmentRow)
  },
  count: (entry, query, { store, now }) => store.persistedMessages.attachments(textOf(entry, 'Id'), now).count(query),
  async find(entry, key, { store, now }) {
    const all = await store.persistedMessages.attachments(textOf(entry, 'Id'), now).list({})
    const found = all.find(({ id }) => id === key.Id)
    return found && attachmentRow(found)
  },
}

function attachmentRow({ id, name, contentType }: PersistedAttachment): EntityRow {
  return { Id: id, Name: name, ContentType: contentType }
}

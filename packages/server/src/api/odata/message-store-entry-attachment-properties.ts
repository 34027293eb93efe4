import { type EntityRow, queryRows } from '@sluice/odata'
import { type EntitySetApi, type ToManyApi, textOf } from './definition.ts'
import { readRuntime } from './permissions.ts'

/** What is known of attachments of persisted messages besides their names: `Content-Type`. */
export const messageStoreEntryAttachmentProperties: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'MessageStoreEntryAttachmentProperties',
    type: {
      name: 'MessageStoreEntryAttachmentProperty',
      key: ['AttachmentId', 'Name'],
      properties: {
        AttachmentId: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Value: { type: 'Edm.String' },
      },
    },
  },
  roles: readRuntime,
  async find(key, { store, now }) {
    const id = textOf(key, 'AttachmentId')
    const attachment = await store.persistedMessages.findAttachment(id, now)
    return attachment && propertyRows(id, attachment.contentType).find(({ Name }) => Name === key.Name)
  },
}

/** Properties of one attachment, whose row has all there is. */
export const messageStoreEntryAttachmentPropertiesOf: ToManyApi = {
  list: async (attachment, query) => queryRows(rowsOf(attachment), query),
  count: async (attachment, query) => queryRows(rowsOf(attachment), query).length,
  find: async (attachment, key) =>
    rowsOf(attachment).find(row => row.AttachmentId === key.AttachmentId && row.Name === key.Name),
}

function rowsOf(attachment: EntityRow): EntityRow[] {
  return propertyRows(textOf(attachment, 'Id'), textOf(attachment, 'ContentType'))
}

function propertyRows(id: string, contentType: string): EntityRow[] {
  return [{ AttachmentId: id, Name: 'Content-Type', Value: contentType }]
}

import { type EntityRow, queryRows } from '@sluice/odata'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { readPayloads, readRuntime } from './permissions.ts'
import { keptSubjects } from './protected-subjects.ts'

/** Headers of messages that Persist steps have kept. */
export const messageStoreEntryProperties: EntitySetApi = {
  clients: ['contiva', 'CPI Helper'],
  set: {
    name: 'MessageStoreEntryProperties',
    type: {
      name: 'MessageStoreEntryProperty',
      key: ['MessageId', 'Name'],
      properties: {
        MessageId: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Value: { type: 'Edm.String' },
      },
    },
  },
  roles: [...readRuntime, ...readPayloads],
  guard: {
    reads: ['entity'],
    async subjects(row, context) {
      const found = await context.store.persistedMessages.find(textOf(row, 'MessageId'), context.now)
      return found ? keptSubjects(found, context) : []
    },
  },
  find: async (key, context) =>
    (await headerRows(textOf(key, 'MessageId'), context)).find(({ Name }) => Name === key.Name),
}

/** Headers of one message. They are parts of one stored message, not rows of the store. */
export const messageStoreEntryPropertiesOf: ToManyApi = {
  list: async (entry, query, context) => queryRows(await headerRows(textOf(entry, 'Id'), context), query),
  count: async (entry, query, context) => queryRows(await headerRows(textOf(entry, 'Id'), context), query).length,
  find: async (entry, key, context) =>
    key.MessageId === entry.Id
      ? (await headerRows(textOf(entry, 'Id'), context)).find(({ Name }) => Name === key.Name)
      : undefined,
}

async function headerRows(id: string, { store, now }: ODataContext): Promise<EntityRow[]> {
  const content = await store.persistedMessages.content(id, now)
  return Object.entries(content?.headers ?? {}).map(([Name, value]) => ({ MessageId: id, Name, Value: String(value) }))
}

import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { column, type Properties, type Property } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import type {
  MessageDetails,
  MessageLogs,
  StoredAdapterAttribute,
  StoredAttachment,
  StoredCustomHeader,
} from './store.ts'
import { unsealed } from './stored-message.ts'

type Table = 'message_custom_headers' | 'message_adapter_attributes' | 'message_attachments'

/** What is read of a row besides its ID. */
interface Shape<Name extends Table, Row> {
  readonly table: Name
  readonly columns: readonly (keyof Schema[Name])[]
  readonly properties: Properties
  read(row: Selectable<Schema[Name]>): Omit<Row, 'id' | 'messageGuid'>
}

type Kinds = Pick<MessageLogs, 'customHeaders' | 'adapterAttributes' | 'attachments' | 'findAttachmentContent'>

const customHeaders: Shape<'message_custom_headers', StoredCustomHeader> = {
  table: 'message_custom_headers',
  columns: ['name', 'value'],
  properties: { Name: column('name'), Value: column('value') },
  read: ({ name, value }) => ({ name, value }),
}

const adapterAttributes: Shape<'message_adapter_attributes', StoredAdapterAttribute> = {
  table: 'message_adapter_attributes',
  columns: ['adapter_id', 'adapter_message_id', 'name', 'value'],
  properties: {
    AdapterId: column('adapter_id'),
    AdapterMessageId: column('adapter_message_id'),
    Name: column('name'),
    Value: column('value'),
  },
  read: row => ({
    adapterId: row.adapter_id,
    adapterMessageId: row.adapter_message_id,
    name: row.name,
    value: row.value,
  }),
}

const attachments: Shape<'message_attachments', StoredAttachment> = {
  table: 'message_attachments',
  columns: ['created_at', 'name', 'content_type', 'size'],
  properties: {
    MessageGuid: column('message_guid'),
    TimeStamp: column('created_at', 'time'),
    Name: column('name'),
    ContentType: column('content_type'),
    PayloadSize: column('size', 'integer'),
  },
  read: row => ({ createdAt: row.created_at, name: row.name, contentType: row.content_type, size: row.size }),
}

/** `flush` lets everything be found that was recorded before. */
export function createMessageDetails(database: Database, seal: Seal, flush: () => Promise<void>): Kinds {
  return {
    customHeaders: details(database, flush, customHeaders),
    adapterAttributes: details(database, flush, adapterAttributes),
    attachments: details(database, flush, attachments),
    async findAttachmentContent(id) {
      const key = parseId(id)
      if (!key) return undefined
      await flush()
      const found = await database
        .selectFrom('message_attachments')
        .select('content')
        .where('message_guid', '=', key.messageGuid)
        .where('number', '=', key.number)
        .executeTakeFirst()
      return found && unsealed(seal, attachmentSealName(key), found.content)
    },
  }
}

function details<Name extends Table, Row>(
  database: Database,
  flush: () => Promise<void>,
  shape: Shape<Name, Row>,
): MessageDetails<Row> {
  // Kysely's types do not follow one name for several tables.
  type Any = SelectQueryBuilder<Schema, 'message_attachments', object>
  const from = (messageGuid: string | undefined) => {
    const query = database.selectFrom(shape.table) as unknown as Any
    return messageGuid === undefined ? query : query.where('message_guid', '=', messageGuid)
  }
  const columns = ['message_guid', 'number', ...shape.columns] as ('message_guid' | 'number')[]
  const listing: Listing = { key: sql`message_guid, number`, properties: { Id: idProperty, ...shape.properties } }
  const read = (row: Selectable<Pick<Schema['message_attachments'], 'message_guid' | 'number'>>): Row => {
    const { message_guid: messageGuid, number } = row
    return { id: `${messageGuid}.${number}`, messageGuid, ...shape.read(row as never) } as Row
  }
  return {
    async list(query, messageGuid) {
      await flush()
      return (await page(from(messageGuid).select(columns), query, listing).execute()).map(read)
    },
    async count({ filter }, messageGuid) {
      await flush()
      return countRows(from(messageGuid), filter, listing)
    },
    async find(id) {
      const key = parseId(id)
      if (!key) return undefined
      await flush()
      const found = await from(key.messageGuid).where('number', '=', key.number).select(columns).executeTakeFirst()
      return found && read(found)
    },
  }
}

interface DetailKey {
  readonly messageGuid: string
  readonly number: number
}

const idProperty: Property = {
  type: 'text',
  sql: sql`message_guid || '.' || number`,
  nullable: false,
  // What the primary key serves.
  implied: (operator, value) =>
    operator === 'eq' ? sql`message_guid = ${parseId(String(value))?.messageGuid ?? ''}` : undefined,
}

function parseId(id: string): DetailKey | undefined {
  const match = /^(.+)\.(\d{1,9})$/s.exec(id)
  return match?.[1] === undefined ? undefined : { messageGuid: match[1], number: Number(match[2]) }
}

/** Under which name an attachment is sealed. */
export function attachmentSealName({ messageGuid, number }: DetailKey): string {
  return `message-attachment:${messageGuid}.${number}`
}

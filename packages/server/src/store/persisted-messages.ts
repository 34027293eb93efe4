import { randomUUID } from 'node:crypto'
import type { PersistMessage } from '@sluice/iflow'
import { sql } from 'kysely'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { withinOneDeletion } from './one-deletion.ts'
import type { Database } from './schema.ts'
import type { Seal } from './seal.ts'
import type { PersistedMessages } from './store.ts'
import { readMessage, unsealed, writeMessage } from './stored-message.ts'
import type { Work, Writer } from './writer.ts'

const described = ['id', 'flow_id', 'message_guid', 'step_id', 'created_at', 'attachments'] as const

const messageListing: Listing = {
  key: sql.ref('id'),
  defaultOrder: [{ property: 'TimeStamp', descending: false }],
  properties: {
    Id: column('id'),
    MessageGuid: column('message_guid'),
    MessageStoreId: column('step_id'),
    TimeStamp: column('created_at', 'time'),
    HasAttachments: { type: 'boolean', sql: sql`case when attachments > 0 then 1 else 0 end`, nullable: false },
  },
}

const attachmentListing: Listing = {
  key: sql.ref('persisted_attachments.number'),
  properties: {
    Id: column('persisted_attachments.id'),
    Name: column('persisted_attachments.name'),
    ContentType: column('persisted_attachments.content_type'),
  },
}

export function createPersistedMessages(database: Database, writer: Writer, seal: Seal): PersistedMessages {
  const live = (now: number) => database.selectFrom('persisted_messages').where('expires_at', '>', now)
  const liveAttachments = (now: number) =>
    database
      .selectFrom('persisted_attachments')
      .innerJoin('persisted_messages', 'persisted_messages.id', 'persisted_attachments.message_id')
      .where('expires_at', '>', now)
  const describedAttachments = (now: number) =>
    liveAttachments(now).select([
      'persisted_attachments.id',
      'persisted_attachments.name',
      'persisted_attachments.content_type as contentType',
      'persisted_messages.flow_id as flowId',
      'persisted_messages.message_guid as messageGuid',
    ])
  return {
    ofRun(messageGuid, now) {
      const ofRun = live(now).where('message_guid', '=', messageGuid)
      return {
        list: async query => (await page(ofRun.select(described), query, messageListing).execute()).map(fromRow),
        count: ({ filter }) => countRows(ofRun, filter, messageListing),
      }
    },
    async find(id, now) {
      const row = await live(now).select(described).where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    async content(id, now) {
      const row = await live(now).select(['encrypted', 'content']).where('id', '=', id).executeTakeFirst()
      return row && readMessage(opened(seal, messageSealName(id), row))
    },
    attachments: (messageId, now) => ({
      list: query =>
        page(describedAttachments(now).where('message_id', '=', messageId), query, attachmentListing).execute(),
      count: ({ filter }) =>
        countRows(liveAttachments(now).where('message_id', '=', messageId), filter, attachmentListing),
    }),
    findAttachment: (id, now) =>
      describedAttachments(now).where('persisted_attachments.id', '=', id).executeTakeFirst(),
    async attachmentContent(id, now) {
      const row = await liveAttachments(now)
        .select(['encrypted', 'persisted_attachments.content'])
        .where('persisted_attachments.id', '=', id)
        .executeTakeFirst()
      return row && opened(seal, attachmentSealName(id), row)
    },
    async deleteExpired(now, limit) {
      return writer.write(async tx => {
        const expired = await tx
          .selectFrom('persisted_messages')
          .select(['id', sql<number>`length(content)`.as('size')])
          .where('expires_at', '<=', now)
          .orderBy('expires_at')
          .limit(limit)
          .execute()
        const chosen = withinOneDeletion(expired).map(({ id }) => id)
        if (chosen.length > 0) await tx.deleteFrom('persisted_messages').where('id', 'in', chosen).execute()
        return chosen.length
      })
    },
  }
}

/** Seals a message; what is returned keeps it, in a transaction. */
export function persistMessage(seal: Seal, change: PersistMessage): Work<unknown> {
  const id = randomUUID()
  const close = (name: string, content: Uint8Array) => (change.encrypted ? seal.seal(name, content) : content)
  const row = {
    id,
    flow_id: change.flowId,
    message_guid: change.messageGuid,
    step_id: change.stepId,
    created_at: change.createdAt,
    expires_at: change.expiresAt,
    encrypted: change.encrypted ? 1 : 0,
    attachments: change.attachments.length,
    content: close(messageSealName(id), writeMessage(change)),
  }
  const attachments = change.attachments.map(({ name, contentType, content }, number) => {
    const attachmentId = randomUUID()
    return {
      id: attachmentId,
      message_id: id,
      number,
      name,
      content_type: contentType,
      content: close(attachmentSealName(attachmentId), content),
    }
  })
  return async tx => {
    await tx.insertInto('persisted_messages').values(row).execute()
    for (const attachment of attachments) await tx.insertInto('persisted_attachments').values(attachment).execute()
  }
}

function opened(
  seal: Seal,
  name: string,
  { encrypted, content }: { readonly encrypted: number; readonly content: Uint8Array },
): Uint8Array {
  return encrypted === 1 ? unsealed(seal, name, content) : content
}

function messageSealName(id: string): string {
  return `persisted-message:${id}`
}

function attachmentSealName(id: string): string {
  return `persisted-attachment:${id}`
}

function fromRow(row: {
  readonly id: string
  readonly flow_id: string
  readonly message_guid: string
  readonly step_id: string
  readonly created_at: number
  readonly attachments: number
}) {
  return {
    id: row.id,
    flowId: row.flow_id,
    messageGuid: row.message_guid,
    stepId: row.step_id,
    createdAt: row.created_at,
    hasAttachments: row.attachments > 0,
  }
}

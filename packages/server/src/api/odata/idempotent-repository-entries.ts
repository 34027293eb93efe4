import { type EntityRow, type Key, ODataError } from '@sluice/odata'
import type { ListQuery, ProcessedMessageEntry } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { hexOf, textOfHex } from './hex-text.ts'
import { deleteProcessed, readRuntime } from './permissions.ts'

/** Whose entries these are: there is one component so far that makes any. */
const vendor = 'Sluice'
const component = 'IdempotentProcessCall'

const ownProperties = {
  Source: { type: 'Edm.String' },
  Entry: { type: 'Edm.String' },
  Component: { type: 'Edm.String' },
} as const

const times = { CreationTime: { type: 'Edm.Int64' }, ExpirationTime: { type: 'Edm.Int64' } } as const

/**
 * Messages that Idempotent Process Call steps have processed: `Entry` is the message ID, `Source` flow and step. Lists are of
 * one message ID, in query option `id`. Times are milliseconds since 1970.
 */
export const genericIdempotentRepositoryEntries: EntitySetApi = {
  clients: ['contiva'],
  options: ['id'],
  set: {
    name: 'GenericIdempotentRepositoryEntries',
    type: {
      name: 'GenericIdempotentRepositoryEntry',
      key: ['HexVendor', 'HexSource', 'HexEntry', 'HexComponent'],
      properties: {
        HexVendor: { type: 'Edm.String', nullable: false },
        HexSource: { type: 'Edm.String', nullable: false },
        HexEntry: { type: 'Edm.String', nullable: false },
        HexComponent: { type: 'Edm.String', nullable: false },
        ...ownProperties,
        Vendor: { type: 'Edm.String' },
        ...times,
      },
    },
  },
  roles: readRuntime,
  list: listEntries,
  count: countEntries,
  async find(key, context) {
    const isOurs = hexKey(key, 'HexVendor') === vendor && hexKey(key, 'HexComponent') === component
    return isOurs ? findEntry(key, context) : undefined
  },
  delete: { roles: deleteProcessed, status: 204, run: deleteEntry },
}

/** The same by an older key, which the original calls deprecated. */
export const idempotentRepositoryEntries: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  options: ['id'],
  set: {
    name: 'IdempotentRepositoryEntries',
    type: {
      name: 'IdempotentRepositoryEntry',
      key: ['HexSource', 'HexEntry'],
      properties: {
        HexSource: { type: 'Edm.String', nullable: false },
        HexEntry: { type: 'Edm.String', nullable: false },
        ...ownProperties,
        ...times,
      },
    },
  },
  roles: readRuntime,
  list: listEntries,
  count: countEntries,
  find: findEntry,
  delete: { roles: deleteProcessed, status: 204, run: deleteEntry },
}

async function listEntries(query: ListQuery, context: ODataContext): Promise<EntityRow[]> {
  const entries = await context.store.processedMessages.ofMessage(wantedId(context), context.now).list(query)
  return entries.map(entryRow)
}

function countEntries(query: Pick<ListQuery, 'filter'>, context: ODataContext): Promise<number> {
  return context.store.processedMessages.ofMessage(wantedId(context), context.now).count(query)
}

function wantedId({ options }: ODataContext): string {
  const id = options.get('id')
  if (id === undefined) throw new ODataError('malformed-option', 'Expected the ID of a message in query option "id"')
  return id
}

async function findEntry(key: Key, { store, now }: ODataContext): Promise<EntityRow | undefined> {
  const message = messageOf(hexKey(key, 'HexSource'), hexKey(key, 'HexEntry'))
  const found = message && (await store.processedMessages.find(message, now))
  return found && entryRow(found)
}

async function deleteEntry(row: EntityRow, { store }: ODataContext): Promise<void> {
  const message = messageOf(textOf(row, 'Source'), textOf(row, 'Entry'))
  if (message) await store.processedMessages.delete(message)
}

function hexKey(key: Key, name: string): string {
  return textOfHex(name, textOf(key, name))
}

function messageOf(source: string, messageId: string) {
  const [, flowId, stepId] = /^([^/]*)\/(.*)$/s.exec(source) ?? []
  return flowId === undefined || stepId === undefined ? undefined : { flowId, stepId, messageId }
}

function entryRow({ flowId, stepId, messageId, createdAt, expiresAt }: ProcessedMessageEntry): EntityRow {
  const source = `${flowId}/${stepId}`
  return {
    HexVendor: hexOf(vendor),
    HexSource: hexOf(source),
    HexEntry: hexOf(messageId),
    HexComponent: hexOf(component),
    Source: source,
    Entry: messageId,
    Component: component,
    Vendor: vendor,
    CreationTime: BigInt(createdAt),
    ExpirationTime: BigInt(expiresAt),
  }
}

import { sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { type EntryShape, partnerEntries, partnerTables } from './partner-entries.ts'
import type {
  AlternativePartnerEntry,
  AuthorizedUserEntry,
  BinaryParameterEntry,
  PartnerDirectoryStore,
  StringParameterEntry,
} from './partner-store.ts'
import type { Database, Tx } from './schema.ts'
import type { Writer } from './writer.ts'

const stringParameters: EntryShape<StringParameterEntry, 'partnerId' | 'id'> = {
  table: 'partner_string_parameters',
  key: ['partnerId', 'id'],
  columns: { partnerId: 'partner_id', id: 'id', value: 'value' },
  listed: { Pid: column('partner_id'), Id: column('id'), Value: column('value') },
}

const binaryParameters: EntryShape<BinaryParameterEntry, 'partnerId' | 'id'> = {
  table: 'partner_binary_parameters',
  key: ['partnerId', 'id'],
  columns: { partnerId: 'partner_id', id: 'id', contentType: 'content_type', value: 'value' },
  listed: { Pid: column('partner_id'), Id: column('id'), ContentType: column('content_type') },
}

/** "Hexagency, Hexscheme and Hexid" cannot be filtered by in the original, either. */
const alternativePartners: EntryShape<AlternativePartnerEntry, 'agency' | 'scheme' | 'id'> = {
  table: 'alternative_partners',
  key: ['agency', 'scheme', 'id'],
  columns: { agency: 'agency', scheme: 'scheme', id: 'id', partnerId: 'partner_id' },
  listed: { Agency: column('agency'), Scheme: column('scheme'), Id: column('id'), Pid: column('partner_id') },
}

const users: EntryShape<AuthorizedUserEntry, 'user'> = {
  table: 'authorized_users',
  key: ['user'],
  columns: { user: 'user_lower', partnerId: 'partner_id' },
  listed: { User: column('user_lower'), Pid: column('partner_id') },
}

const partnerListing: Listing = { key: sql.ref('partner_id'), properties: { Pid: column('partner_id') } }

export function createPartnerDirectory(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
): PartnerDirectoryStore {
  const kinds = {
    stringParameters: partnerEntries(database, writer, stringParameters),
    binaryParameters: partnerEntries(database, writer, binaryParameters),
    alternativePartners: partnerEntries(database, writer, alternativePartners),
    users: partnerEntries(database, writer, users),
  }
  return {
    ...kinds,
    stringParameter: async (partnerId, id) => (await kinds.stringParameters.find({ partnerId, id }))?.value,
    async binaryParameter(partnerId, id) {
      const found = await kinds.binaryParameters.find({ partnerId, id })
      return found && { contentType: found.contentType, value: found.value }
    },
    partnerId: async (agency, scheme, id) => (await kinds.alternativePartners.find({ agency, scheme, id }))?.partnerId,
    async alternativePartnerId(agency, scheme, partnerId) {
      const found = await database
        .selectFrom('alternative_partners')
        .select('id')
        .where('agency', '=', agency)
        .where('scheme', '=', scheme)
        .where('partner_id', '=', partnerId)
        .orderBy('id')
        .executeTakeFirst()
      return found?.id
    },
    partnerIdOfAuthorizedUser: async user => (await kinds.users.find({ user: user.toLowerCase() }))?.partnerId,
    async authorizedUsers(partnerId) {
      const rows = await database
        .selectFrom('authorized_users')
        .select('user_lower')
        .where('partner_id', '=', partnerId)
        .orderBy('user_lower')
        .execute()
      return rows.map(row => row.user_lower)
    },
    partners: {
      list: async query => {
        const rows = await page(partnersIn(database).select('partner_id'), query, partnerListing).execute()
        return rows.map(row => row.partner_id)
      },
      count: ({ filter }) => countRows(partnersIn(database), filter, partnerListing),
    },
    async isPartner(partnerId) {
      const found = await partnersIn(database)
        .select('partner_id')
        .where('partner_id', '=', partnerId)
        .executeTakeFirst()
      return found !== undefined
    },
    async deletePartner(partnerId) {
      const { count, credentials } = await writer.write(tx => deletePartner(tx, partnerId))
      for (const name of credentials) changes.emit('credentials', name)
      return count > 0
    },
  }
}

/** Everybody that an entry is about, once. */
function partnersIn(database: Database) {
  return database.selectFrom(({ selectFrom }) =>
    selectFrom('partner_string_parameters')
      .select('partner_id')
      .union(selectFrom('partner_binary_parameters').select('partner_id'))
      .union(selectFrom('alternative_partners').select('partner_id'))
      .union(selectFrom('authorized_users').select('partner_id'))
      .union(
        selectFrom('credentials').select(sql<string>`partner_id`.as('partner_id')).where('partner_id', 'is not', null),
      )
      .as('partners'),
  )
}

async function deletePartner(tx: Tx, partnerId: string): Promise<{ count: number; credentials: readonly string[] }> {
  const owned = await tx.selectFrom('credentials').select('name').where('partner_id', '=', partnerId).execute()
  const credentials = owned.map(({ name }) => name)
  await tx.deleteFrom('credentials').where('partner_id', '=', partnerId).execute()
  let count = credentials.length
  for (const table of partnerTables) {
    count += Number((await tx.deleteFrom(table).where('partner_id', '=', partnerId).executeTakeFirst()).numDeletedRows)
  }
  return { count, credentials }
}

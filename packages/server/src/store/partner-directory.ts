import { column } from './filter.ts'
import { type EntryShape, partnerEntries, partnerTables } from './partner-entries.ts'
import type {
  AlternativePartnerEntry,
  AuthorizedUserEntry,
  BinaryParameterEntry,
  PartnerDirectoryStore,
  StringParameterEntry,
} from './partner-store.ts'
import type { Database } from './schema.ts'
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

export function createPartnerDirectory(database: Database, writer: Writer): PartnerDirectoryStore {
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
    async partners() {
      const found = new Set<string>()
      for (const table of partnerTables) {
        const rows = await database.selectFrom(table).select('partner_id').distinct().execute()
        for (const row of rows) found.add(row.partner_id)
      }
      return [...found].sort()
    },
    async deletePartner(partnerId) {
      const deleted = await writer.write(async tx => {
        let count = 0n
        for (const table of partnerTables) {
          count += (await tx.deleteFrom(table).where('partner_id', '=', partnerId).executeTakeFirst()).numDeletedRows
        }
        return count
      })
      return deleted > 0n
    },
  }
}

import { type Selectable, sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import type { PartnerCredential, PartnerCredentials } from './credential-store.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import { sealSecret } from './sealed-secret.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['credentials']>

const partnerListing: Listing = {
  key: sql.join([sql.ref('partner_id'), sql.ref('parameter_id')]),
  properties: {
    Pid: column('partner_id'),
    Id: column('parameter_id'),
    User: column('user_name'),
    CreatedBy: column('deployed_by'),
    CreatedTime: column('deployed_at', 'time'),
    LastModifiedBy: column('deployed_by'),
    LastModifiedTime: column('deployed_at', 'time'),
  },
}

/** The user credentials that belong to partners. */
export function createPartnerCredentials(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
  seal: Seal,
): PartnerCredentials {
  const query = database
    .selectFrom('credentials')
    .select(['partner_id', 'parameter_id', 'user_name', 'deployed_by', 'deployed_at'])
    .where('partner_id', 'is not', null)
  return {
    list: async request => (await page(query, request, partnerListing).execute()).map(partnerCredentialOf),
    count: ({ filter }) =>
      countRows(database.selectFrom('credentials').where('partner_id', 'is not', null), filter, partnerListing),
    async put({ partnerId, id, user, deployedBy, deployedAt }, secret) {
      const name = aliasOf(partnerId, id)
      const written = {
        user_name: user,
        secret: sealSecret(seal, name, secret),
        deployed_by: deployedBy,
        deployed_at: deployedAt,
      }
      const key = { name, kind: 'user', description: '', partner_id: partnerId, parameter_id: id }
      await writer.write(tx =>
        tx
          .insertInto('credentials')
          .values({ ...key, ...written })
          .onConflict(conflict => conflict.column('name').doUpdateSet(written))
          .execute(),
      )
      changes.emit('credentials', name)
    },
    async find(partnerId, id) {
      const found = await query.where('name', '=', aliasOf(partnerId, id)).executeTakeFirst()
      return found && partnerCredentialOf(found)
    },
    async delete(partnerId, id) {
      const name = aliasOf(partnerId, id)
      const deleted = await writer.write(tx =>
        tx.deleteFrom('credentials').where('name', '=', name).where('partner_id', 'is not', null).executeTakeFirst(),
      )
      if (deleted.numDeletedRows === 0n) return false
      changes.emit('credentials', name)
      return true
    },
  }
}

/** "pd:<Pid>:<Id>:UserCredential" (Partner Directory); IDs and names of credentials have no colons. */
function aliasOf(partnerId: string, id: string): string {
  return `pd:${partnerId}:${id}:UserCredential`
}

function partnerCredentialOf(
  row: Pick<Row, 'partner_id' | 'parameter_id' | 'user_name' | 'deployed_by' | 'deployed_at'>,
): PartnerCredential {
  return {
    partnerId: row.partner_id ?? '',
    id: row.parameter_id ?? '',
    user: row.user_name ?? '',
    deployedBy: row.deployed_by,
    deployedAt: row.deployed_at,
  }
}

import type { Confirmation, OpaqueToken } from '@sluice/oauth'
import type { Database } from './schema.ts'

/** A token as `selectTokens` reads it. */
export interface TokenRow {
  readonly key: Uint8Array
  readonly client_id: string
  readonly issued_at: number
  readonly user_name: string | null
  readonly scopes: string | null
  readonly confirmation: string | null
}

/** Tokens with the IDs of their clients. */
export function selectTokens(database: Database) {
  return database
    .selectFrom('tokens')
    .innerJoin('clients', 'clients.key', 'tokens.client')
    .select(['tokens.key', 'clients.id as client_id', 'tokens.issued_at', 'tokens.user_name', 'tokens.scopes'])
    .select('tokens.confirmation')
}

/** The token of a row. */
export function fromRow(row: TokenRow): OpaqueToken {
  return {
    key: row.key,
    clientId: row.client_id,
    user: row.user_name ?? undefined,
    scopes: row.scopes === null ? [] : row.scopes.split(' '),
    issuedAt: row.issued_at,
    ...(row.confirmation !== null && { confirmation: JSON.parse(row.confirmation) as Confirmation }),
  }
}

import type { Client, ClientGrant, ClientKind, KeyAuthentication, TokenBinding, Translations } from '@sluice/oauth'
import type { Insertable, Selectable } from 'kysely'
import { inBatches } from './batches.ts'
import type { LocalChanges } from './changes.ts'
import { selectClientKey } from './client-key.ts'
import { findSecrets, noteUse, replaceSecrets } from './client-secrets.ts'
import type { Database, Schema, Tx } from './schema.ts'
import { type Clients, DuplicateError } from './store.ts'
import {
  deleteAllowed,
  deleteAuthorizations,
  deleteGiven,
  deleteRefreshTokens,
  deleteTokens,
} from './token-deletions.ts'
import type { Writer } from './writer.ts'

export function createClients(database: Database, writer: Writer, changes: LocalChanges): Clients {
  return {
    async create(client, secretHash) {
      const created = await writer.write(async tx => {
        const row = await tx
          .insertInto('clients')
          .values(toRow(client))
          .onConflict(conflict => conflict.column('id_lower').doNothing())
          .returning('key')
          .executeTakeFirst()
        if (row) await replaceSecrets(tx, row.key, secretHash, client.createdAt)
        return row
      })
      if (!created) throw new DuplicateError(client.id)
      changes.emit('clients', client.id)
    },
    async find(id) {
      const found = await selectClientKey(database, id).selectAll().executeTakeFirst()
      return found && fromRow(found)
    },
    findSecrets: id => findSecrets(database, id),
    secretUsed(id, at) {
      // Lost when the database fails: the next use is noted again.
      noteUse(writer, id, at).catch(() => {})
    },
    async list() {
      const rows = await database.selectFrom('clients').selectAll().orderBy('id_lower').execute()
      return rows.map(fromRow)
    },
    async update(client, secretHash, now) {
      let isFewer = false
      try {
        const before = await findLifetimes(database, client.id)
        if (before) {
          const ended = endedBy(before, client, now)
          isFewer = endsTokens(ended)
          // All but what ends meanwhile, which goes in the same transaction as the change and holds the database no longer.
          await endInBatches(writer, ended)
        }
        const ended = await writer.write(tx => update(tx, client, secretHash, now))
        if (!ended) return false
        isFewer ||= endsTokens(ended)
        changes.emit('clients', client.id)
        return true
      } finally {
        // Also where it failed half way.
        if (isFewer) changes.emit('tokens', '')
      }
    },
    async delete(id) {
      const client = await selectClientKey(database, id).executeTakeFirst()
      if (!client) return false
      try {
        // All but those that come meanwhile: these go with the client, by their foreign key, and hold the database no longer.
        await deleteGiven(writer, { client: client.key })
        const deleted = await writer.write(tx =>
          tx.deleteFrom('clients').where('key', '=', client.key).executeTakeFirst(),
        )
        if (deleted.numDeletedRows === 0n) return false
        changes.emit('clients', id)
        return true
      } finally {
        changes.emit('tokens', '')
      }
    },
  }
}

/** Resolves with what it ended; undefined, without effect, when there is no such client. */
async function update(tx: Tx, client: Client, secretHash: string | undefined, now: number): Promise<Ended | undefined> {
  const old = await findLifetimes(tx, client.id)
  if (!old) return undefined
  const ended = endedBy(old, client, now)
  const { tokens, refreshTokens, allowed } = ended
  if (tokens) await deleteTokens(tx, tokens)
  if (refreshTokens) await deleteRefreshTokens(tx, refreshTokens)
  if (allowed) await deleteAuthorizations(tx, allowed)
  const { id, id_lower, kind, ...changed } = toRow(client)
  await tx.updateTable('clients').set(changed).where('key', '=', old.key).execute()
  const hasSecret = client.confidential && !client.keyAuthentication
  if (secretHash !== undefined || !hasSecret) await replaceSecrets(tx, old.key, secretHash, now)
  return ended
}

/** What decides over which tokens of a client have expired, and whether what users allowed it is for what it is now. */
function findLifetimes(database: Database, id: string) {
  return selectClientKey(database, id)
    .select(['subscription', 'grant_type', 'confidential'])
    .select(['token_lifetime_seconds', 'refresh_token_lifetime_seconds'])
    .executeTakeFirst()
}

type Lifetimes = NonNullable<Awaited<ReturnType<typeof findLifetimes>>>

/**
 * What a change of a client ends: tokens that longer lifetimes would bring back, and what users allowed it when it was for another
 * application, got tokens another way, or had to prove who it is: codes and refresh tokens were worth nothing without its secret
 * (RFC 6749 §10.4).
 */
function endedBy(old: Lifetimes, client: Client, now: number) {
  const expired = (lifetime: number) => ({ client: old.key, until: now - lifetime * 1000 })
  const isLonger = client.tokenLifetimeSeconds > old.token_lifetime_seconds
  const isLongerRefreshed = client.refreshTokenLifetimeSeconds > old.refresh_token_lifetime_seconds
  const isAnother = client.subscription !== old.subscription || client.grant !== old.grant_type
  const isPublicNow = old.confidential === 1 && !client.confidential
  return {
    tokens: isLonger ? expired(old.token_lifetime_seconds) : undefined,
    refreshTokens: isLongerRefreshed ? expired(old.refresh_token_lifetime_seconds) : undefined,
    allowed: isAnother || isPublicNow ? { client: old.key } : undefined,
  }
}

type Ended = ReturnType<typeof endedBy>

/** Whether there may be fewer access tokens that are still valid. */
function endsTokens({ tokens, allowed }: Ended): boolean {
  return tokens !== undefined || allowed !== undefined
}

async function endInBatches(writer: Writer, { tokens, refreshTokens, allowed }: Ended): Promise<void> {
  if (tokens) await inBatches(limit => writer.write(tx => deleteTokens(tx, tokens, limit)))
  if (refreshTokens) await inBatches(limit => writer.write(tx => deleteRefreshTokens(tx, refreshTokens, limit)))
  if (allowed) await deleteAllowed(writer, allowed)
}

function toRow(client: Client): Insertable<Schema['clients']> {
  return {
    id: client.id,
    id_lower: client.id.toLowerCase(),
    kind: client.kind,
    name: client.name,
    description: client.description,
    subscription: client.subscription,
    grant_type: client.grant,
    confidential: client.confidential ? 1 : 0,
    scopes: client.scopes.join(' '),
    token_lifetime_seconds: client.tokenLifetimeSeconds,
    refresh_token_lifetime_seconds: client.refreshTokenLifetimeSeconds,
    redirect_uri: client.redirectUri ?? null,
    skip_consent: client.skipConsent ? 1 : 0,
    translations: JSON.stringify(client.translations),
    created_at: client.createdAt,
    key_authentication: client.keyAuthentication ? JSON.stringify(client.keyAuthentication) : null,
    token_binding: client.tokenBinding ?? null,
    require_pushed_authorization_requests: client.requirePushedAuthorizationRequests ? 1 : 0,
  }
}

function fromRow(row: Selectable<Schema['clients']>): Client {
  return {
    kind: row.kind as ClientKind,
    id: row.id,
    name: row.name,
    description: row.description,
    subscription: row.subscription,
    grant: row.grant_type as ClientGrant,
    confidential: row.confidential === 1,
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    tokenLifetimeSeconds: row.token_lifetime_seconds,
    refreshTokenLifetimeSeconds: row.refresh_token_lifetime_seconds,
    redirectUri: row.redirect_uri ?? undefined,
    skipConsent: row.skip_consent === 1,
    translations: JSON.parse(row.translations) as Translations,
    createdAt: row.created_at,
    ...(row.key_authentication !== null && {
      keyAuthentication: JSON.parse(row.key_authentication) as KeyAuthentication,
    }),
    ...(row.token_binding !== null && { tokenBinding: row.token_binding as TokenBinding }),
    ...(row.require_pushed_authorization_requests === 1 && { requirePushedAuthorizationRequests: true }),
  }
}

import { OAuthError } from '../errors.ts'
import type { Client } from '../ports.ts'

/**
 * The scopes to grant: those asked for, or all of the client's when none are (RFC 6749 §3.3 leaves the default open).
 * Clients in the field separate them by spaces or by commas. Throws `invalid_scope`.
 */
export function grantScopes(client: Client, requested: string | undefined): readonly string[] {
  if (requested === undefined) return client.scopes
  const scopes = new Set(requested.split(/[ ,]+/).filter(scope => scope !== ''))
  if (scopes.size === 0) return client.scopes
  for (const scope of scopes) {
    if (!client.scopes.includes(scope)) {
      throw new OAuthError('invalid_scope', `a requested scope is not granted to client ${client.id}`, {
        clientId: client.id,
      })
    }
  }
  return client.scopes.filter(scope => scopes.has(scope))
}

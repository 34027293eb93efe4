import { OAuthError } from '../errors.ts'

/**
 * The scopes asked for, in the order of those allowed; undefined when none are asked for (RFC 6749 §3.3 leaves the default
 * open). Clients in the field separate them by spaces or by commas. Throws `invalid_scope` for one that is not allowed.
 */
export function grantScopes(
  allowed: readonly string[],
  requested: string | undefined,
  clientId: string,
): readonly string[] | undefined {
  const scopes = new Set(requested?.split(/[ ,]+/).filter(scope => scope !== ''))
  if (scopes.size === 0) return undefined
  for (const scope of scopes) {
    if (!allowed.includes(scope)) {
      throw new OAuthError('invalid_scope', `a requested scope is not granted to client ${clientId}`, { clientId })
    }
  }
  return allowed.filter(scope => scopes.has(scope))
}

import type { IncomingMessage } from 'node:http'
import { type PlatformScope, principalOf } from '../../http/access.ts'
import { Problem } from '../../http/problem.ts'

const meanings = {
  readOAuthSettings: 'Read OAuth clients and tokens.',
  manageOAuthSettings: 'Read and change OAuth clients, platform clients up to its own scopes, and revoke tokens.',
  readAuthorizationSettings: 'Read groups, roles and who has them.',
  manageAuthorizationSettings: 'Change groups, roles and who has them.',
  readApplicationRoles: 'Read groups, roles and who has them.',
  manageApplicationRoles: 'Create and delete custom roles.',
  readTrustSettings: 'Read local users, users of identity providers and identity providers.',
  manageTrustSettings:
    'Create, change and delete local users, administrators among them, and identity providers; reset passwords and forget users of providers.',
  readAuditLogs: 'Read and export the audit log.',
  manageAuditLogs: 'Read the audit log, and how long it is kept.',
} as const satisfies Record<PlatformScope, string>

/** What each scope that platform clients may have allows, by its name as tokens carry it: `hcp.readOAuthSettings`, … */
export const platformScopeMeanings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(meanings).map(([scope, meaning]) => [`hcp.${scope}`, meaning]),
)

/** The scopes that platform clients may have. */
export const platformScopes: readonly string[] = Object.keys(platformScopeMeanings)

/**
 * Refuses a platform client that would give another one more than it has, or get hold of one that has more. Administrators may
 * give everything. Throws `Problem` (403).
 */
export function requireOwnScopes(request: IncomingMessage, scopes: readonly string[]): void {
  const caller = principalOf(request)
  if (caller?.method !== 'bearer') return
  const missing = scopes.filter(scope => !caller.scopes.includes(scope))
  if (missing.length === 0) return
  const detail = `Expected only scopes that the calling client has itself, found ${missing.join(', ')}.`
  throw new Problem(403, 'forbidden', detail, { reason: `${caller.user} lacks ${missing.join(', ')}` })
}

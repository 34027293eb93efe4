import type { PlatformScope } from '../../http/access.ts'

const meanings = {
  readOAuthSettings: 'Read OAuth clients and tokens.',
  manageOAuthSettings: 'Read and change OAuth clients, revoke tokens.',
  readAuthorizationSettings: 'Read groups, roles and who has them.',
  manageAuthorizationSettings: 'Change groups, roles and who has them.',
  readApplicationRoles: 'Read groups, roles and who has them.',
  manageApplicationRoles: 'Create and delete custom roles.',
  readTrustSettings: 'Read local users.',
  manageTrustSettings: 'Create, change and delete local users, administrators among them, and reset their passwords.',
  readAuditLogs: 'Read and export the audit log.',
  manageAuditLogs: 'Read the audit log, and how long it is kept.',
} as const satisfies Record<PlatformScope, string>

/** What each scope that platform clients may have allows, by its name as tokens carry it: `hcp.readOAuthSettings`, … */
export const platformScopeMeanings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(meanings).map(([scope, meaning]) => [`hcp.${scope}`, meaning]),
)

/** The scopes that platform clients may have. */
export const platformScopes: readonly string[] = Object.keys(platformScopeMeanings)

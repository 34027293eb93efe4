import type { PlatformScope } from '../../http/access.ts'

const granted = {
  readOAuthSettings: true,
  manageOAuthSettings: true,
  readAuthorizationSettings: true,
  manageAuthorizationSettings: true,
  readApplicationRoles: true,
  manageApplicationRoles: true,
} as const satisfies Record<PlatformScope, true>

/** The scopes that platform clients may have, as their tokens carry them: `hcp.readOAuthSettings`, … */
export const platformScopes: readonly string[] = Object.keys(granted).map(scope => `hcp.${scope}`)

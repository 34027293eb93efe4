/** Where the local users are. */
export const localUsersPath = '/cockpit/trust/local-users'

/** Where a local user is. */
export function localUserPath(name: string): string {
  return `${localUsersPath}/user?${new URLSearchParams({ name })}`
}

/** Where the users of identity providers are. */
export const externalUsersPath = '/cockpit/trust/external-users'

/** Where the identity providers are. */
export const identityProvidersPath = '/cockpit/trust/identity-providers'

/** Where an identity provider is. */
export function identityProviderPath(name: string): string {
  return `${identityProvidersPath}/provider?${new URLSearchParams({ name })}`
}

/** Where an identity provider is registered. */
export function newIdentityProviderPath(kind: 'saml' | 'oidc'): string {
  return `${identityProvidersPath}/provider?${new URLSearchParams({ kind })}`
}

/** Begins the keys of all queries about identity providers. */
export const identityProvidersKey = ['identityProviders'] as const

/** Begins the keys of all queries about local users. */
export const localUsersKey = ['localUsers'] as const

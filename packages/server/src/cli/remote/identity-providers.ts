import type { Server } from './server.ts'

/** Where the server's identity providers are. */
export const identityProvidersPath = '/api/identity/v1/identity-providers'

/** An identity provider as the server shows it, of which commands need this; times as ISO 8601. */
export interface ShownProvider {
  readonly name: string
  readonly kind: 'saml' | 'oidc'
  readonly enabled: boolean
  readonly saml?: { readonly issuer: string }
  readonly oidc?: { readonly issuer: string }
  /** Of a SAML provider. */
  readonly certificates?: readonly { readonly validUntil: string }[]
  /** Of an OpenID provider: to be registered there. */
  readonly redirectUri?: string
}

/** The path of one of them. */
export function identityProviderPath(name: string): string {
  return `${identityProvidersPath}/${encodeURIComponent(name)}`
}

/** Has a provider vouch for users or not, and leaves all else as it is. */
export async function setEnabled(server: Server, name: string, enabled: boolean): Promise<void> {
  const path = identityProviderPath(name)
  const shown = await server.json<Record<string, unknown>>('GET', path)
  // Those of an update; the others are the server's to say.
  const { description, userIdPrefix, userIdSuffix, saml, oidc, defaultGroups, assertionBasedGroups } = shown
  const edited = { description, userIdPrefix, userIdSuffix, saml, oidc, defaultGroups, assertionBasedGroups }
  await server.request('PUT', path, { json: { ...edited, enabled } })
}

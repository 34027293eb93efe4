import type { IdentityProvider } from './store.ts'

/** What is not asked for by itself of an identity provider: the column `settings`, as JSON. */
export type ProviderSettings = Pick<
  IdentityProvider,
  'trust' | 'userIdPrefix' | 'userIdSuffix' | 'defaultGroups' | 'assertionBasedGroups'
>

export function settingsOf(provider: ProviderSettings): ProviderSettings {
  const { trust, userIdPrefix, userIdSuffix, defaultGroups, assertionBasedGroups } = provider
  return { trust, userIdPrefix, userIdSuffix, defaultGroups, assertionBasedGroups }
}

/** What decides how a provider calls its users, to be compared: where it changes, a name that came before may be somebody else's. */
export function namingOf({ trust, userIdPrefix, userIdSuffix }: ProviderSettings): string {
  const source = trust.kind === 'oidc' ? trust.userNameClaim : trust.userIdAttribute
  return JSON.stringify([trust.issuer, source, userIdPrefix, userIdSuffix])
}

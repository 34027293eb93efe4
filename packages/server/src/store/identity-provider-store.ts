import type { ProviderWord } from '@sluice/oauth'

/** A condition on an attribute of a user: one of its values equals `value`, or is wholly described by it. */
export interface GroupRule {
  readonly assertionAttribute: string
  /** `regexp`: `value` is a regular expression of RE2. */
  readonly operation: 'equals' | 'regexp'
  readonly value: string
}

/** A group for users that fulfil all `rules`. A group may be there more than once: one of its entries is enough. */
export interface AssertionBasedGroup {
  readonly group: string
  readonly rules: readonly GroupRule[]
}

/** How a provider's users get into groups. */
export interface GroupMapping {
  /** Of all its users. */
  readonly defaultGroups: readonly string[]
  readonly assertionBasedGroups: readonly AssertionBasedGroup[]
}

/** An identity provider that signs SAML 2.0 assertions. */
export interface SamlTrust {
  readonly kind: 'saml'
  /** Its entity ID. */
  readonly issuer: string
  /** PEM; one of them belongs to the key that signs. */
  readonly certificates: readonly string[]
  /** The attribute that holds the user's name; empty for the name identifier of the subject. */
  readonly userIdAttribute: string
}

/** An OpenID provider. Its client secret is stored apart, sealed. */
export interface OidcTrust {
  readonly kind: 'oidc'
  /** OpenID Connect Discovery 1.0 §4: where its configuration is found. */
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** The claim that holds the user's name. */
  readonly userNameClaim: string
}

/** An identity provider that vouches for users. Its attributes, for the rules of groups, are SAML attributes or claims. */
export interface IdentityProvider extends GroupMapping {
  /** Compared without regard to case. */
  readonly name: string
  readonly description: string
  /** Whether anything that it says is believed. */
  readonly enabled: boolean
  /** Put before and behind the user's name as the provider has it. */
  readonly userIdPrefix: string
  readonly userIdSuffix: string
  readonly trust: SamlTrust | OidcTrust
  readonly createdAt: number
  readonly modifiedAt: number
}

/** Trusted identity providers. */
export interface IdentityProviders {
  /** Throws `DuplicateError`. */
  create(provider: IdentityProvider, clientSecret: string | undefined): Promise<void>
  find(name: string): Promise<IdentityProvider | undefined>
  /** The secret of an OpenID client; undefined where there is none. */
  findClientSecret(name: string): Promise<string | undefined>
  /** All, by name. */
  list(): Promise<IdentityProvider[]>
  /**
   * `clientSecret` undefined keeps the stored one. Ends what users have by the provider's word when it is disabled, forgets them
   * when it calls its users in another way, and ends memberships by entries that are there no more. False when there is no such
   * provider.
   */
  update(provider: IdentityProvider, clientSecret: string | undefined): Promise<boolean>
  /** Ends what users have by its word. False when there was none. */
  delete(name: string): Promise<boolean>
}

/** A membership that an identity provider gave. */
export interface MappedGroup {
  readonly provider: string
  readonly group: string
}

/** Groups that identity providers put their users in. They count while the provider is enabled. */
export interface MappedGroups {
  /** Replaces those of a user at a provider. Groups that do not exist are left out. */
  replace(user: string, provider: string, groups: readonly string[]): Promise<void>
  /** Those that count, by group. */
  ofUser(user: string): Promise<MappedGroup[]>
}

/** A SAML assertion that is exchanged for a token. */
export interface AssertionUse {
  /** SHA-256 of its issuer and ID. */
  readonly key: Uint8Array
  /** When it is used, in milliseconds since 1970. */
  readonly usedAt: number
  /** From when on nobody could use it anyway. */
  readonly expiresAt: number
  readonly user: string
  /** As it was when it vouched for the user. */
  readonly provider: IdentityProvider
  /** Those that the provider maps the user to. */
  readonly groups: readonly string[]
}

/** Assertions that were used, until they have expired: none is used twice. */
export interface UsedAssertions {
  /**
   * Uses an assertion up, notes its user and replaces the user's mapped groups; resolves with the user's name in its first
   * spelling, and with what `counts` is asked. Or does nothing of it: `used` before, the name of a `local-user`, or a provider that is `not-trusted` any more or
   * is set up in another way. Durable when it resolves.
   */
  redeem(
    use: AssertionUse,
  ): Promise<{ readonly user: string; readonly word: ProviderWord } | 'used' | 'local-user' | 'not-trusted'>
  /** Whether the word of a provider still counts for a user: it has not ended, and the user was not forgotten. */
  counts(user: string, word: ProviderWord): Promise<boolean>
  /** Deletes at most `limit` that have expired; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

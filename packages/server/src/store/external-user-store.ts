import type { IdentityProvider } from './identity-provider-store.ts'

/** A user for whom an identity provider vouches, as of the last sign-in or assertion. */
export interface ExternalUser {
  /** Compared without regard to case. */
  readonly name: string
  /** The identity provider, by name. */
  readonly provider: string
  /**
   * Who it is at an OpenID provider, which stays when name and address change (OpenID Connect Core 1.0 §5.7). Empty for SAML: the
   * provider knows the user by this name.
   */
  readonly subject: string
  /** Empty where none is known. */
  readonly email: string
  readonly displayName: string
  readonly signedInAt: number
}

/** Why somebody whom a provider vouches for is not let in under a name. */
export type NameConflict = 'local-user' | 'other-account' | 'provider-changed'

/**
 * Users of identity providers. At OpenID providers a name belongs to the account that came with it first; SAML providers may
 * vouch for whom others vouch for, too. They go with their provider.
 */
export interface ExternalUsers {
  /**
   * Stores a sign-in; resolves with the name in its first spelling. Or, without effect, with why not: the name is that of a
   * local user, or came with another account before, or the provider was disabled meanwhile or is set up in another way than `provider`.
   */
  signIn(
    user: ExternalUser,
    provider: IdentityProvider,
  ): Promise<{ readonly name: string } | { readonly conflict: NameConflict }>
  /** Where several providers vouch for one, the OpenID provider's word, or the last. */
  find(name: string): Promise<ExternalUser | undefined>
  /** Those whose name, address or display name contains `search`, without regard to case, by name and provider. */
  list(query: { search: string; skip: number; top: number }): Promise<{ users: ExternalUser[]; count: number }>
  /** With the groups that providers gave. The next account that comes with the name has it. False when there was none. */
  delete(name: string): Promise<boolean>
}

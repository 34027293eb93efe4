/** A user for whom an OpenID provider vouches, as of the last sign-in. */
export interface ExternalUser {
  /** Compared without regard to case. */
  readonly name: string
  /** The identity provider, by name. */
  readonly provider: string
  /** Who it is there, which stays when name and address change (OpenID Connect Core 1.0 §5.7). */
  readonly subject: string
  /** Empty where none is known. */
  readonly email: string
  readonly displayName: string
  readonly signedInAt: number
}

/** Why somebody whom a provider vouches for is not let in under a name. */
export type NameConflict = 'local-user' | 'other-account' | 'provider-changed'

/** Users of OpenID providers. A name belongs to the account that came with it first. They go with their provider. */
export interface ExternalUsers {
  /**
   * Stores a sign-in; resolves with the name in its first spelling. Or, without effect, with why not: the name is that of a
   * local user, or came with another account before, or the provider was disabled meanwhile or has not `issuer` any more.
   */
  signIn(user: ExternalUser, issuer: string): Promise<{ readonly name: string } | { readonly conflict: NameConflict }>
  find(name: string): Promise<ExternalUser | undefined>
  /** Those whose name, address or display name contains `search`, without regard to case, by name. */
  list(query: { search: string; skip: number; top: number }): Promise<{ users: ExternalUser[]; count: number }>
  /** The next account that comes with the name has it. False when there was none. */
  delete(name: string): Promise<boolean>
}

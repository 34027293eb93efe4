/** A user's session as it is stored. */
export interface SessionRow {
  readonly user: string
  /** The identity provider where the user signed in, in lower case; undefined for local users. */
  readonly provider?: string | undefined
  readonly createdAt: number
  readonly usedAt: number
}

/** Sessions by the digest of their ID. */
export interface SessionRows {
  /**
   * Sets when a local user last signed in, too. Without effect when the user, or the provider that vouches for it, is disabled
   * or gone, or the user's password is not that of `passwordHash` any more: all of these end sessions. Resolves with whether
   * there is a session now. One beyond the limit of a user ends the one that was used longest ago.
   */
  create(key: Uint8Array, session: SessionRow, passwordHash?: string): Promise<boolean>
  find(key: Uint8Array): Promise<SessionRow | undefined>
  /** Sets when it was last used. */
  use(key: Uint8Array, now: number): Promise<void>
  /** False when there was none. */
  delete(key: Uint8Array): Promise<boolean>
  /** Ends all sessions of a user; resolves with how many. */
  deleteByUser(user: string): Promise<number>
  /** Deletes at most `limit` that were last used before `before`; resolves with how many. */
  deleteUnused(before: number, limit: number): Promise<number>
}

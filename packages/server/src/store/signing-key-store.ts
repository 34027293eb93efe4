/** A key that signs JWTs, as it is stored; times in milliseconds since 1970. */
export interface SigningKeyRow {
  /** Its place in the order in which keys sign, from 1. */
  readonly number: number
  /** RFC 7517 key ID. */
  readonly kid: string
  /** PKCS #8, DER; sealed at rest. */
  readonly privateKey: Uint8Array
  readonly createdAt: number
  /** Undefined until it is decided. */
  readonly signsFrom: number | undefined
  /** Undefined until its successor's time is decided. */
  readonly signsUntil: number | undefined
}

/** Signing keys of all servers on this store. */
export interface SigningKeys {
  /** In the order of their numbers. */
  list(): Promise<SigningKeyRow[]>
  /**
   * Puts what `change` makes of the rows in their place, in one atomic step: nothing happens between reading and writing.
   * `change` may be called twice. False when it gave back the very list it was given. Rejects where two servers on one
   * database do it at the same moment, for one of them.
   */
  change(change: (rows: readonly SigningKeyRow[]) => readonly SigningKeyRow[]): Promise<boolean>
}

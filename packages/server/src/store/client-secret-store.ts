/** A secret of a client as administrators see it; times in milliseconds since 1970. */
export interface ClientSecret {
  /** Never given out again. */
  readonly id: string
  readonly createdAt: number
  /** Undefined: never. */
  readonly expiresAt: number | undefined
  /** When it was last right, about; undefined: never. */
  readonly lastUsedAt: number | undefined
}

/** The secrets of clients: one, or two while one takes the place of the other. */
export interface ClientSecrets {
  /** Oldest first. */
  list(clientId: string): Promise<ClientSecret[]>
  /** Those of all clients, by client ID; oldest first. */
  listAll(): Promise<ReadonlyMap<string, readonly ClientSecret[]>>
  /** Expired ones make room. `full` when there are two that are not; undefined when there is no such client. */
  add(
    clientId: string,
    secret: { readonly hash: string; readonly createdAt: number; readonly expiresAt: number | undefined },
  ): Promise<ClientSecret | 'full' | undefined>
  /** False when there is none. */
  setExpiry(clientId: string, id: string, expiresAt: number | undefined): Promise<boolean>
  /** `last`: without effect, as no other secret is valid at `now`. False when there is none. */
  delete(clientId: string, id: string, now: number): Promise<boolean | 'last'>
}

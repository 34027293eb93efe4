import { call, callJson } from './http.ts'

/** A key that signs and verifies JWTs. Times are ISO 8601. */
export interface SigningKey {
  readonly kid: string
  readonly state: 'next' | 'current' | 'previous'
  readonly createdAt: string
  readonly signsFrom?: string
  readonly verifiesUntil?: string
}

/** The keys, the newest first, and when the next one takes over. */
export interface SigningKeys {
  readonly keys: readonly SigningKey[]
  readonly rotatesAt?: string
}

const root = '/oauth2/api/v1/signing-keys'

export function listSigningKeys(): Promise<SigningKeys> {
  return callJson('GET', root)
}

/** Lets the next key take over as soon as it may. */
export async function rotateSigningKeys(): Promise<void> {
  await call('POST', `${root}/rotate`)
}

/** Deletes a key: what it has signed is refused from now on. */
export async function revokeSigningKey(kid: string): Promise<void> {
  await call('DELETE', `${root}/${encodeURIComponent(kid)}`)
}

import { call, callJson } from './http.ts'

/** What there is to say about the expiry of a secret. */
export type ExpiryState = 'valid' | 'expiring' | 'expired'

/** A secret of a client. Times are ISO 8601. */
export interface ClientSecret {
  readonly id: string
  readonly state: ExpiryState
  readonly createdAt: string
  /** Absent: never. */
  readonly expiresAt?: string
  readonly lastUsedAt?: string
  /** Only in the answer to the request that generated it. */
  readonly secret?: string
}

const pathOf = (clientId: string) => `/oauth2/api/v1/clients/${encodeURIComponent(clientId)}/secrets`

/** The secrets of a client, the oldest first. */
export async function listSecrets(clientId: string): Promise<readonly ClientSecret[]> {
  return (await callJson<{ secrets: readonly ClientSecret[] }>('GET', pathOf(clientId))).secrets
}

/** Adds a secret; the answer holds it where the server generated it. */
export function addSecret(
  clientId: string,
  json: { readonly secret?: string; readonly expiresAt?: string },
): Promise<ClientSecret> {
  return callJson('POST', pathOf(clientId), { json })
}

/** Says when a secret expires; never without a time. */
export async function setSecretExpiry(
  clientId: string,
  id: string,
  json: { readonly expiresAt?: string },
): Promise<void> {
  await call('PUT', `${pathOf(clientId)}/${encodeURIComponent(id)}`, { json })
}

export async function removeSecret(clientId: string, id: string): Promise<void> {
  await call('DELETE', `${pathOf(clientId)}/${encodeURIComponent(id)}`)
}

import { UsageError } from '../line/errors.ts'

/** A secret of a client as the server lists it; times as ISO 8601. */
export interface ListedSecret {
  readonly id: string
  readonly state: string
  readonly createdAt: string
  readonly expiresAt?: string
  readonly lastUsedAt?: string
  /** Present when the server generated it. */
  readonly secret?: string
}

/** Where the secrets of a client are, or one of them. */
export function clientSecretsPath(clientId: string, secretId?: string): string {
  const path = `/oauth2/api/v1/clients/${encodeURIComponent(clientId)}/secrets`
  return secretId === undefined ? path : `${path}/${encodeURIComponent(secretId)}`
}

const msPerUnit = { h: 3_600_000, d: 86_400_000 } as const

/** When a secret expires that shall do so after `12h` or `90d`, as the body of a request; `never` gives none. Throws `UsageError`. */
export function readExpiry(text: string, now: number): { expiresAt?: string } {
  if (text === 'never') return {}
  const match = /^(\d{1,5})([hd])$/.exec(text)
  if (!match) throw new UsageError(`Expected --expires as a number and h or d, such as 90d, or never, found "${text}"`)
  return { expiresAt: new Date(now + Number(match[1]) * msPerUnit[match[2] as keyof typeof msPerUnit]).toISOString() }
}

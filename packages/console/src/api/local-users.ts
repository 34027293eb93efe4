import { call, callJson } from './http.ts'

/** A user of the local identity provider. Times are ISO 8601. */
export interface LocalUser {
  readonly name: string
  readonly email: string
  readonly displayName: string
  readonly enabled: boolean
  readonly mustChangePassword: boolean
  /** Only while the user is locked. */
  readonly lockedUntil?: string
  readonly createdAt: string
  readonly signedInAt?: string
  /** Only in the answer to the request that generated it. */
  readonly password?: string
}

/** What a user is created with. Without a password the server generates one. */
export interface LocalUserCreation {
  readonly name: string
  readonly email: string
  readonly displayName: string
  readonly password?: string
}

const root = '/api/identity/v1/users'
const pathOf = (name: string) => `${root}/${encodeURIComponent(name)}`

/** Users whose name, address or display name contains `search`. */
export async function listLocalUsers(
  search: string,
  { skip, top }: { skip: number; top: number },
  signal: AbortSignal,
): Promise<{ rows: readonly LocalUser[]; count: number }> {
  const query = new URLSearchParams({ search, skip: String(skip), top: String(top) })
  const found = await callJson<{ users: readonly LocalUser[]; count: number }>('GET', `${root}?${query}`, { signal })
  return { rows: found.users, count: found.count }
}

export function readLocalUser(name: string): Promise<LocalUser> {
  return callJson('GET', pathOf(name))
}

export function createLocalUser(json: LocalUserCreation): Promise<LocalUser> {
  return callJson('POST', root, { json })
}

export function updateLocalUser(
  name: string,
  json: Pick<LocalUser, 'email' | 'displayName' | 'enabled'>,
): Promise<LocalUser> {
  return callJson('PUT', pathOf(name), { json })
}

export async function deleteLocalUser(name: string): Promise<void> {
  await call('DELETE', pathOf(name))
}

export async function unlockLocalUser(name: string): Promise<void> {
  await call('DELETE', `${pathOf(name)}/lock`)
}

/** Sets another initial password; the answer holds it where the server generated it. */
export function resetPassword(name: string, password: string | undefined): Promise<{ readonly password?: string }> {
  return callJson('PUT', `${pathOf(name)}/password`, { json: password === undefined ? {} : { password } })
}

import { ApiError, call, callJson } from './http.ts'

/** A user whom an identity provider has vouched for; one for each provider that has. */
export interface ExternalUser {
  readonly name: string
  readonly provider: string
  /** Who the user is there; empty where the provider is one of SAML. */
  readonly subject: string
  readonly email: string
  readonly displayName: string
  /** ISO 8601: when the provider last vouched for the user. */
  readonly signedInAt: string
}

/** A group that an identity provider gave somebody. */
export interface MappedGroup {
  readonly group: string
  readonly provider: string
}

const root = '/api/identity/v1'
const pathOf = (name: string) => `${root}/external-users/${encodeURIComponent(name)}`

/** Users whose name, address or display name contains `search`. */
export async function listExternalUsers(
  search: string,
  { skip, top }: { skip: number; top: number },
  signal: AbortSignal,
): Promise<{ rows: readonly ExternalUser[]; count: number }> {
  const query = new URLSearchParams({ search, skip: String(skip), top: String(top) })
  const path = `${root}/external-users?${query}`
  const found = await callJson<{ users: readonly ExternalUser[]; count: number }>('GET', path, { signal })
  return { rows: found.users, count: found.count }
}

/** Null for everybody else. */
export async function findExternalUser(name: string): Promise<ExternalUser | null> {
  try {
    return await callJson<ExternalUser>('GET', pathOf(name))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Ends assignments, sessions and tokens, too. */
export async function forgetExternalUser(name: string): Promise<void> {
  await call('DELETE', pathOf(name))
}

/** Groups of a user beside those that are assigned here. */
export async function listMappedGroups(user: string): Promise<readonly MappedGroup[]> {
  const path = `${root}/mapped-groups?${new URLSearchParams({ user })}`
  return (await callJson<{ groups: readonly MappedGroup[] }>('GET', path)).groups
}

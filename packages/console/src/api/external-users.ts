import { ApiError, call, callJson } from './http.ts'

/** A user of an OpenID provider who has signed in. */
export interface ExternalUser {
  readonly name: string
  readonly provider: string
  readonly subject: string
  readonly email: string
  readonly displayName: string
  /** ISO 8601. */
  readonly signedInAt: string
}

/** A group that an identity provider gave somebody. */
export interface MappedGroup {
  readonly group: string
  readonly provider: string
}

const root = '/api/identity/v1'
const pathOf = (name: string) => `${root}/external-users/${encodeURIComponent(name)}`

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

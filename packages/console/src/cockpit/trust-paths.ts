/** Where the local users are. */
export const localUsersPath = '/cockpit/trust/local-users'

/** Where a local user is. */
export function localUserPath(name: string): string {
  return `${localUsersPath}/user?${new URLSearchParams({ name })}`
}

/** Begins the keys of all queries about local users. */
export const localUsersKey = ['localUsers'] as const

import type { Server } from './server.ts'

/** `--application` of the role commands. */
export const applicationOption = {
  value: 'application',
  default: 'iflmap',
  doc: 'The application: iflmap (calling flows), tmn (the API), or its full name, such as cockpit.',
} as const

/** Base path of the authorization API. */
export async function accountPath(server: Server): Promise<string> {
  return `/authorization/v1/accounts/${(await server.describe()).subaccount}`
}

/** Path of the users of a role. */
export async function roleUsersPath(server: Server, application: string, role: string): Promise<string> {
  const path = `${await accountPath(server)}/apps/${encodeURIComponent(application)}/roles/users`
  return `${path}?roleName=${encodeURIComponent(role)}`
}

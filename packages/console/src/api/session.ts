import { call, callJson } from './http.ts'

/** Who is signed in. */
export interface Session {
  readonly user: string
  /** ISO 8601. */
  readonly expiresAt: string
  /** Technical name. */
  readonly subaccount: string
  readonly roles: readonly { readonly application: string; readonly role: string }[]
}

const path = '/api/session/v1'

export function readSession(): Promise<Session> {
  return callJson<Session>('GET', path)
}

export function signIn(user: string, password: string): Promise<Session> {
  return callJson<Session>('POST', path, { json: { user, password } })
}

/** Changes one's own password: ends all sessions and begins another. */
export function changePassword(user: string, password: string, newPassword: string): Promise<Session> {
  return callJson<Session>('POST', `${path}/password`, { json: { user, password, newPassword } })
}

export async function signOut(): Promise<void> {
  await call('DELETE', path)
}

/** The full name of one of the subaccount's applications. */
export function applicationName(
  { subaccount }: Pick<Session, 'subaccount'>,
  application: 'iflmap' | 'tmn' | 'cockpit',
) {
  return application === 'cockpit' ? application : `${subaccount}${application}`
}

/** Whether the user has a role of one of the subaccount's applications; `application` is `iflmap`, `tmn` or `cockpit`. */
export function hasRole(
  { subaccount, roles }: Session,
  application: 'iflmap' | 'tmn' | 'cockpit',
  role: string,
): boolean {
  const name = applicationName({ subaccount }, application)
  return roles.some(assigned => assigned.application === name && assigned.role === role)
}

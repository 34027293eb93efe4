import { call, callJson } from './http.ts'

/** Who is signed in. */
export interface Session {
  readonly user: string
  /** The identity provider where the user signed in; none for local users. */
  readonly provider?: string
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

/** An identity provider to sign in at, and the path where that begins. */
export interface SignInProvider {
  readonly name: string
  readonly path: string
}

/** For whoever is not signed in yet. */
export async function listSignInProviders(): Promise<readonly SignInProvider[]> {
  return (await callJson<{ providers: readonly SignInProvider[] }>('GET', `${path}/providers`)).providers
}

/** Begins a sign-in that comes back to `place`. */
export function signInPathOf({ path: start }: SignInProvider, place: Pick<Location, 'pathname' | 'search'>): string {
  const url = new URL(start, 'https://server.invalid')
  url.searchParams.set('return_to', `${place.pathname}${place.search}`)
  return `${url.pathname}${url.search}`
}

/** What comes after signing out: for users of an identity provider, a page that offers to sign out there, too. */
export function placeAfter({ provider }: Session): string {
  return provider === undefined ? '/' : `/oauth2/sign-in/ended?${new URLSearchParams({ provider })}`
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

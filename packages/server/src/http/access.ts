import type { IncomingMessage } from 'node:http'

/** Who is calling, once authentication succeeded. */
export interface Principal {
  /** `oauth_client_<client id>` or the name of a user. */
  readonly user: string
  readonly method: 'bearer' | 'basic' | 'session' | 'certificate'
  /** Bearer only: the client that the token was issued to. */
  readonly clientId: string | undefined
  readonly scopes: readonly string[]
}

/** Platform scopes as the original names them; tokens carry them with the prefix `hcp.`. */
export type PlatformScope =
  | 'readOAuthSettings'
  | 'manageOAuthSettings'
  | 'readAuthorizationSettings'
  | 'manageAuthorizationSettings'
  | 'readApplicationRoles'
  | 'manageApplicationRoles'
  | 'readTrustSettings'
  | 'manageTrustSettings'
  | 'readAuditLogs'
  | 'manageAuditLogs'

/** What the API handlers ask about their caller. Each method throws a `Problem` (401 or 403, with `WWW-Authenticate`). */
export interface Access {
  /** A platform token with one of `hcp.<scope>`, or a user with role `Administrator` of application `cockpit`. */
  requirePlatformScope(request: IncomingMessage, ...scopes: PlatformScope[]): Promise<Principal>
  /** A token of a client subscribed to `application`, or a user by Basic or signed in, then with a CSRF token for changes. */
  authenticate(request: IncomingMessage, application: string): Promise<Principal>
  /** Whether the principal has at least one of the roles of `application`. */
  hasRole(principal: Principal, application: string, ...roles: string[]): Promise<boolean>
}

const principals = new WeakMap<IncomingMessage, Principal>()

/** Says who sent a request, for `principalOf`. */
export function rememberPrincipal(request: IncomingMessage, principal: Principal): void {
  principals.set(request, principal)
}

/** Who sent a request; undefined before that was found out, and where it was not asked. */
export function principalOf(request: IncomingMessage): Principal | undefined {
  return principals.get(request)
}

import type { OAuthContext } from '@sluice/oauth'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AccessLog } from '../http/access-log.ts'
import type { AuthenticationOptions } from '../http/authentication.ts'
import type { Csrf } from '../http/csrf.ts'
import type { OidcSignIn } from '../identity/oidc/oidc-sign-in.ts'
import type { Sessions } from '../identity/sessions.ts'
import type { Branding, Clients, Tokens, UserAuthorizations } from '../store/store.ts'

/** What the pages for end users need. */
export interface EndUserOptions {
  readonly oauth: OAuthContext
  readonly clients: Pick<Clients, 'find' | 'list'>
  readonly authorizations: Pick<UserAuthorizations, 'list'>
  readonly tokens: Pick<Tokens, 'list'>
  readonly branding: Pick<Branding, 'find'>
  readonly sessions: Sessions
  readonly oidc: OidcSignIn
  readonly publicUrl: () => string
  readonly csrf: Csrf
  readonly verifyPassword: AuthenticationOptions['verifyPassword']
  readonly accessLog: AccessLog
  readonly audit: Pick<AuditLog, 'change' | 'record'>
}

import type { Parameters } from '../endpoints/parameters.ts'
import type { Client, ClientGrant } from '../ports.ts'

/** What a grant gives: tokens for this user with these scopes. */
export interface Authorization {
  /** Undefined when the client acts for itself, as `oauth_client_<client ID>`. */
  readonly user: string | undefined
  readonly scopes: readonly string[]
}

/** One grant of the token endpoint (RFC 6749 §4, §4.5): a file here and a line in `index.ts`. */
export interface Grant {
  /** Value of `grant_type`. */
  readonly type: string
  /** The registered grants of the clients that may use it. */
  readonly allowedFor: readonly ClientGrant[]
  /** Names of the parameters it reads beyond those of every token request. */
  readonly parameters: readonly string[]
  /** Runs after the client was authenticated and found to be allowed. Throws `OAuthError`. */
  authorize(client: Client, parameters: Parameters): Authorization
}

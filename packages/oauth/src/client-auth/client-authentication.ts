import type { Parameters } from '../endpoints/parameters.ts'
import type { OAuthRequest } from '../message.ts'

/**
 * Where the token endpoint takes client credentials from: the `Authorization` header only (documented behaviour), also
 * the form body, or also the query.
 */
export type ClientAuthenticationSetting = 'basic' | 'form' | 'query'

/** A client ID and what was presented as its secret. */
export interface ClientCredentials {
  readonly id: string
  /** One, or two where it cannot be known whether the client escaped its secret. Either may be right. */
  readonly secrets: readonly string[]
}

/** One way of presenting client credentials (RFC 6749 §2.3): a file here and a line in `index.ts`. */
export interface ClientAuthentication {
  /** Its name in metadata (RFC 8414 `token_endpoint_auth_methods_supported`); undefined where there is none. */
  readonly name: string | undefined
  /** The settings under which it is accepted. */
  readonly acceptedUnder: readonly ClientAuthenticationSetting[]
  /** Undefined when the request does not use it. Throws `OAuthError` when the request uses it wrongly. */
  read(request: OAuthRequest, parameters: Parameters): ClientCredentials | undefined
}

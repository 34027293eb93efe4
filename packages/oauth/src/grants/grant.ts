import type { OAuthContext } from '../context.ts'
import type { Parameters } from '../endpoints/parameters.ts'
import type {
  Client,
  ClientGrant,
  Confirmation,
  GrantType,
  IssuedTokens,
  OAuthAuditEvent,
  UserAuthorization,
} from '../ports.ts'
import type { ProviderWord } from '../saml/assertions.ts'
import type { RequestedFormat } from '../tokens/token-format.ts'

/** What a grant gives: tokens for this user with these scopes. */
export interface Authorization {
  /** Undefined when the client acts for itself, as `oauth_client_<client ID>`. */
  readonly user: string | undefined
  readonly scopes: readonly string[]
  /** Where a user gave it: what the tokens end with, and what stores them. There is a refresh token then. */
  readonly family?: TokenFamily
  /** What the tokens are bound to; undefined when whoever has them can use them. */
  readonly confirmation?: Confirmation
  /** By which the user gets tokens without having been asked: they end with it. */
  readonly word?: ProviderWord
  /** Asked when the tokens are there. Throws `OAuthError` when what they are given for has ended meanwhile: it did not see them. */
  readonly confirm?: () => Promise<void>
}

/** The tokens of one user's authorization. */
export interface TokenFamily {
  /** `OpaqueToken.authorization`. */
  readonly id: number
  /** What the client presented: a code or refresh token that is used up now. */
  readonly presented: { readonly object: 'authorization-code' | 'refresh-token'; readonly text: string }
  /** Resolves when the tokens are durable. Throws `OAuthError` when what was presented for them was used meanwhile. */
  store(tokens: IssuedTokens): Promise<void>
}

/** One grant of the token endpoint (RFC 6749 §4, §4.5): a file here and a line in `index.ts`. */
export interface Grant {
  /** Value of `grant_type`. */
  readonly type: GrantType
  /** Other spellings of it that clients in the field send. */
  readonly aliases?: readonly string[]
  /** The registered grants of the clients that may use it. */
  readonly allowedFor: readonly ClientGrant[]
  readonly tokenFormats: readonly RequestedFormat[]
  /** Names of the parameters it reads beyond those of every token request. */
  readonly parameters: readonly string[]
  /**
   * Runs after the client was authenticated and found to be allowed. `confirmation`: what the client has proved to have, for
   * grants of which that is asked. Throws `OAuthError`.
   */
  authorize(
    client: Client,
    parameters: Parameters,
    context: OAuthContext,
    confirmation: Confirmation | undefined,
  ): Authorization | Promise<Authorization>
}

/** The event of an authorization that ends because its code or one of its refresh tokens came a second time. */
export function endedByReuse({ clientId, user }: UserAuthorization): OAuthAuditEvent {
  return { object: 'authorization', action: 'revoke', clientId, user, method: 'reuse' }
}

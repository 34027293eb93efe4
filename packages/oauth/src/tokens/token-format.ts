import { OAuthError } from '../errors.ts'

/** `opaque` is stored and can be revoked; `jwtrfc` and `jwt` are signed and run out by themselves (documented behaviour). */
export type RequestedFormat = 'opaque' | 'jwtrfc' | 'jwt'

/** Reads the parameter `token_format`. Throws `unsupported_token_format`. */
export function parseTokenFormat(value: string | undefined): RequestedFormat {
  if (value === undefined) return 'opaque'
  if (value === 'jwt' || value === 'jwtrfc') return value
  throw new OAuthError('unsupported_token_format', 'token_format is neither jwtrfc nor jwt')
}

import { authorizationCode } from './authorization-code.ts'
import { clientCredentials } from './client-credentials.ts'
import type { Grant } from './grant.ts'
import { refreshToken } from './refresh-token.ts'
import { saml2Bearer } from './saml2-bearer.ts'

/** Every grant of the token endpoint. Any other `grant_type` is refused as `unsupported_grant_type`. */
export const grants: readonly Grant[] = [authorizationCode, clientCredentials, refreshToken, saml2Bearer]

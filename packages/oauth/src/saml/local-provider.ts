import type { OAuthSettings } from '../context.ts'
import { oauthPaths } from '../endpoints/metadata.ts'

/** This server as a SAML 2.0 service provider: what assertions are for. */
export interface LocalProvider {
  /** The audience. */
  readonly name: string
  /** The recipient. */
  readonly tokenEndpoint: string
}

/** As the operator has named it, or by its public URL. */
export function localProviderOf({ issuer, localProviderName }: OAuthSettings): LocalProvider {
  return { name: localProviderName || issuer, tokenEndpoint: `${issuer}${oauthPaths.token}` }
}

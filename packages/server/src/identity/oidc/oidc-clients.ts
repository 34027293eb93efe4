import { createHash } from 'node:crypto'
import type { ClientAuth, Configuration, ServerMetadata } from 'openid-client'
import type { Changes, IdentityProviders } from '../../store/store.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { type Claims, joined, neededClaims, type OidcProvider } from './claims.ts'
import type { PendingSignIn } from './pending-sign-in.ts'
import { SignInRefusal } from './sign-in-problem.ts'

type Library = typeof import('openid-client')

export interface OidcClientsOptions {
  readonly providers: Pick<IdentityProviders, 'findClientSecret'>
  readonly changes: Changes
  readonly clock: { now(): number }
  /** Where the provider of this name sends browsers back to; one address for each, so that none can pass as another. */
  readonly redirectUri: (provider: string) => string
}

/** How long a provider may take for an answer. */
const answerSecondsMax = 10
/** How long its configuration is believed. */
const configurationMs = 3_600_000

interface Known {
  readonly configuration: Promise<Configuration>
  readonly until: number
}

/**
 * This server as a client of OpenID providers (OpenID Connect Core 1.0 §3.1): authorization code with PKCE, state, nonce, and
 * the signature of ID tokens checked although they come from the provider itself. The library is loaded by the first sign-in.
 */
export class OidcClients {
  readonly #options: OidcClientsOptions
  readonly #known = new Map<string, Known>()
  readonly close: () => void

  constructor(options: OidcClientsOptions) {
    this.#options = options
    this.close = options.changes.on('identity-providers', () => this.#known.clear())
  }

  /** Where to send a browser. Throws `SignInRefusal` `provider-away`. */
  async authorizationUrl(provider: OidcProvider, pending: PendingSignIn): Promise<string> {
    const { buildAuthorizationUrl } = await import('openid-client')
    const configuration = await this.#configurationOf(provider)
    const parameters = {
      redirect_uri: this.#options.redirectUri(provider.name),
      scope: [...new Set(['openid', ...provider.trust.scopes])].join(' '),
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: createHash('sha256').update(pending.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    }
    return addressOf(() => buildAuthorizationUrl(configuration, parameters))
  }

  /**
   * Where the user's session at the provider ends (OpenID Connect RP-Initiated Logout 1.0); undefined where it cannot. Throws
   * `SignInRefusal` `provider-away`.
   */
  async endSessionUrl(provider: OidcProvider, returnTo: string): Promise<string | undefined> {
    const { buildEndSessionUrl } = await import('openid-client')
    const configuration = await this.#configurationOf(provider)
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
    return addressOf(() => buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo }))
  }

  /**
   * What the provider says of the user whose browser came back with `query`. Throws `SignInRefusal`: `provider-away`,
   * `provider-refused` or `untrusted-answer`.
   */
  async claims(provider: OidcProvider, query: string, pending: PendingSignIn): Promise<Claims> {
    const library = await import('openid-client')
    const configuration = await this.#configurationOf(provider)
    const answer = new URL(this.#options.redirectUri(provider.name))
    answer.search = query
    try {
      const tokens = await library.authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: pending.codeVerifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new SignInRefusal('untrusted-answer', 'the provider sent no ID token')
      // Many tell groups only when asked.
      const isEnough = neededClaims(provider).every(name => (name.split('.')[0] ?? name) in claims)
      if (isEnough || configuration.serverMetadata().userinfo_endpoint === undefined) return claims
      return joined(claims, await library.fetchUserInfo(configuration, tokens.access_token, claims.sub))
    } catch (error) {
      throw refusalOf(error, library)
    }
  }

  #configurationOf(provider: OidcProvider): Promise<Configuration> {
    const now = this.#options.clock.now()
    const name = provider.name.toLowerCase()
    const known = this.#known.get(name)
    if (known && now < known.until) return known.configuration
    const configuration = this.#discover(provider)
    this.#known.set(name, { configuration, until: now + configurationMs })
    configuration.catch(() => {
      if (this.#known.get(name)?.configuration === configuration) this.#known.delete(name)
    })
    return configuration
  }

  async #discover({ name, trust }: OidcProvider): Promise<Configuration> {
    const library = await import('openid-client')
    const secret = await this.#options.providers.findClientSecret(name)
    const issuer = new URL(trust.issuer)
    try {
      const configuration = await library.discovery(
        issuer,
        trust.clientId,
        undefined,
        authentication(secret, library),
        {
          timeout: answerSecondsMax,
          [library.customFetch]: boundedFetch,
          execute: [
            ...(isThisMachine(issuer) ? [library.allowInsecureRequests] : []),
            library.enableNonRepudiationChecks,
          ],
        },
      )
      // The library lets some issuers stand for all tenants of a service.
      const found = configuration.serverMetadata().issuer
      if (new URL(found).href === issuer.href) return configuration
    } catch (error) {
      throw new SignInRefusal('provider-away', `discovery of ${trust.issuer}: ${describe(error)}`, { cause: error })
    }
    throw new SignInRefusal('provider-away', `discovery of ${trust.issuer} found another issuer`)
  }
}

/** The library throws where the configuration of a provider lacks an address, or has none that it takes. */
function addressOf(build: () => URL): string {
  try {
    return build().href
  } catch (error) {
    throw new SignInRefusal('provider-away', `its configuration: ${describe(error)}`, { cause: error })
  }
}

/** Without TLS anybody on the way could be the provider. */
function isThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function authentication(secret: string | undefined, library: Library): ClientAuth {
  if (secret === undefined) return library.None()
  const [basic, post] = [library.ClientSecretBasic(secret), library.ClientSecretPost(secret)]
  return (metadata, ...rest) => (takesBasic(metadata) ? basic : post)(metadata, ...rest)
}

/** OpenID Connect Discovery 1.0 §3: Basic where nothing is said. */
function takesBasic({ token_endpoint_auth_methods_supported: methods }: ServerMetadata): boolean {
  return methods === undefined || methods.includes('client_secret_basic') || !methods.includes('client_secret_post')
}

function refusalOf(error: unknown, library: Library): SignInRefusal {
  if (error instanceof SignInRefusal) return error
  if (error instanceof library.AuthorizationResponseError) {
    return new SignInRefusal('provider-refused', `the provider answered ${errorCode(error.error)}`)
  }
  const { code, cause } = error as { readonly code?: string; readonly cause?: unknown }
  const isAway =
    code === 'OAUTH_TIMEOUT' ||
    code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ||
    (error instanceof TypeError && code === undefined) ||
    cause instanceof TypeError
  return new SignInRefusal(isAway ? 'provider-away' : 'untrusted-answer', describe(error), { cause: error })
}

function describe(error: unknown): string {
  const { message, error: code, cause } = error as Error & { readonly error?: unknown }
  const why = cause instanceof Error && cause.message !== message ? `: ${cause.message}` : ''
  return `${message}${typeof code === 'string' ? ` (${errorCode(code)})` : ''}${why}`.slice(0, 300)
}

/** An error code as RFC 6749 has them; anybody can put anything there. */
function errorCode(text: string): string {
  return /^[a-z_]{1,40}$/.test(text) ? text : 'an error'
}

import {
  type Clock,
  Failure,
  type HttpAnswer,
  type HttpCall,
  type HttpClient,
  type OAuth2ClientCredential,
} from '@sluice/iflow'

export interface AccessTokensOptions {
  readonly find: (name: string) => Promise<OAuth2ClientCredential>
  readonly http: HttpClient
  readonly clock: Pick<Clock, 'now'>
}

interface Token {
  readonly value: string
  /** Milliseconds since 1970 after which another one is fetched. */
  readonly usedUntil: number
}

/** "The token is refreshed 5 minutes before its expiry"; short-lived ones at half of their time, so that they are used at all. */
const refreshMsMax = 300_000
const timeoutMs = 30_000

/**
 * Access tokens by the client credentials grant (RFC 6749 section 4.4), one for each name of OAuth2 client credentials,
 * whichever flow asks. Calls that come while a token is being fetched wait for that one.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions
  readonly #tokens = new Map<string, Token>()
  readonly #fetching = new Map<string, Promise<Token>>()

  constructor(options: AccessTokensOptions) {
    this.#options = options
  }

  /** As `Credentials.accessToken` of the engine's ports. */
  async get(name: string, refused?: string): Promise<string> {
    const known = this.#tokens.get(name)
    if (known !== undefined && known.value !== refused && this.#options.clock.now() < known.usedUntil)
      return known.value
    const fetched = await (this.#fetching.get(name) ?? this.#start(name))
    return fetched.value
  }

  /** Credentials were changed: their token counts no longer. */
  forget(name: string): void {
    this.#tokens.delete(name)
    this.#fetching.delete(name)
  }

  #start(name: string): Promise<Token> {
    const fetching = this.#fetch(name)
    this.#fetching.set(name, fetching)
    const isCurrent = () => this.#fetching.get(name) === fetching
    fetching.then(
      token => {
        if (!isCurrent()) return
        this.#tokens.set(name, token)
        this.#fetching.delete(name)
      },
      () => isCurrent() && this.#fetching.delete(name),
    )
    return fetching
  }

  async #fetch(name: string): Promise<Token> {
    const { find, http, clock } = this.#options
    const askedAt = clock.now()
    const answer = await http.send(tokenRequest(await find(name))).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error
      throw new Failure(`Expected a token for "${name}", found no answer of its token service`, {
        code: 'token-service',
        retry: error.retry,
        cause: error,
      })
    })
    const { value, lifetimeMs } = readToken(name, answer)
    return { value, usedUntil: askedAt + lifetimeMs - Math.min(refreshMsMax, lifetimeMs / 2) }
  }
}

function tokenRequest(credential: OAuth2ClientCredential): HttpCall {
  const { clientId, clientSecret, clientAuthentication, contentType } = credential
  const inBody = clientAuthentication === 'body'
  const standard = Object.entries({
    grant_type: 'client_credentials',
    client_id: inBody ? clientId : '',
    client_secret: inBody ? clientSecret : '',
    scope: credential.scope,
    resource: credential.resource,
    audience: credential.audience,
  }).filter(([, value]) => value !== '')
  const parameters = [...standard, ...customOf(credential, 'body')]
  const isJson = contentType === 'json'
  const url = new URL(credential.tokenServiceUrl)
  for (const [name, value] of customOf(credential, 'url')) url.searchParams.append(name, value)
  return {
    method: 'POST',
    url: url.href,
    headers: tokenHeaders(credential),
    body: Buffer.from(
      isJson ? JSON.stringify(Object.fromEntries(parameters)) : new URLSearchParams(parameters).toString(),
    ),
    timeoutMs,
  }
}

function customOf({ parameters }: OAuth2ClientCredential, place: 'body' | 'header' | 'url'): [string, string][] {
  return parameters.filter(parameter => parameter.in === place).map(({ name, value }) => [name, value])
}

/** Those of the credential replace our own. */
function tokenHeaders(credential: OAuth2ClientCredential): [string, string][] {
  const { clientId, clientSecret, clientAuthentication, contentType } = credential
  const custom = customOf(credential, 'header')
  const names = new Set(custom.map(([name]) => name.toLowerCase()))
  const own: [string, string][] = [
    ['Accept', 'application/json'],
    ['Content-Type', contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'],
  ]
  if (clientAuthentication === 'header')
    own.push(['Authorization', `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`])
  return [...own.filter(([name]) => !names.has(name.toLowerCase())), ...custom]
}

/** RFC 6749 section 5.1; a token is printable ASCII (appendix A.12). Without `expires_in` a token serves the calls that wait for it, and no other. */
function readToken(name: string, { status, body }: HttpAnswer): { value: string; lifetimeMs: number } {
  const answer = parseObject(body)
  const { access_token: value, expires_in: seconds, error } = answer
  if (status === 200 && typeof value === 'string' && /^[\x20-\x7e]+$/.test(value)) {
    return { value, lifetimeMs: Math.max(0, Number(seconds) || 0) * 1000 }
  }
  const code = typeof error === 'string' ? ` ${error.slice(0, 100)}` : ''
  throw new Failure(`Expected the token service of "${name}" to give a token, found status ${status}${code}`, {
    code: 'token-service',
    retry: status >= 500 || status === 429 ? 'later' : 'never',
  })
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

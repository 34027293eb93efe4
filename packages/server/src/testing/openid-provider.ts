import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An ID token before it is signed. */
export interface IdToken {
  readonly header: Record<string, unknown>
  readonly claims: Record<string, unknown>
  readonly key: KeyObject
}

interface Granted {
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly nonce: string
}

/**
 * An OpenID provider (OpenID Connect Core 1.0, code flow) that signs everybody in as `user`, and whose answers a test can
 * bend. Client `sluice` with secret `a secret`.
 */
export class OpenIdProvider {
  readonly issuer: string
  /** Claims beside those that every ID token has. */
  user: Record<string, unknown> = { sub: '1', preferred_username: 'ann' }
  /** Only what `/userinfo` tells. */
  userInfo: Record<string, unknown> = {}
  /** What becomes of an ID token before it is signed. */
  bend: (token: IdToken) => IdToken = token => token
  /** What becomes of the address that the browser goes back to. */
  bendAnswer: (location: URL) => void = () => {}
  /** Answers all but the configuration with this status. */
  failsWith: number | undefined
  /** Takes a code more than once. */
  takesCodesAgain = false
  /** Shows a page with a button instead of going back at once. */
  showsPage = false
  /** What it was asked at the token endpoint. */
  readonly tokenRequests: URLSearchParams[] = []
  readonly #server: Server
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #codes = new Map<string, Granted>()
  readonly #metadata: Record<string, unknown>

  private constructor(server: Server, metadata: Record<string, unknown>) {
    this.#server = server
    this.issuer = `http://localhost:${(server.address() as AddressInfo).port}`
    const at = (path: string) => `${this.issuer}${path}`
    this.#metadata = {
      issuer: this.issuer,
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      jwks_uri: at('/keys'),
      userinfo_endpoint: at('/userinfo'),
      end_session_endpoint: at('/logout'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
      ...metadata,
    }
    server.on('request', (request, response) => void this.#respond(request, response))
  }

  /** `metadata`: what differs in its configuration. */
  static async start(metadata: Record<string, unknown> = {}): Promise<OpenIdProvider> {
    const server = createServer().listen(0, 'localhost')
    await once(server, 'listening')
    return new OpenIdProvider(server, metadata)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.issuer)
    if (this.failsWith !== undefined && !url.pathname.startsWith('/.well-known/')) {
      response.writeHead(this.failsWith).end()
      return
    }
    if (url.pathname === '/.well-known/openid-configuration') return json(response, this.#metadata)
    if (url.pathname === '/keys') {
      const key = this.#keys.publicKey.export({ format: 'jwk' })
      return json(response, { keys: [{ ...key, kid: 'one', alg: 'ES256', use: 'sig' }] })
    }
    if (url.pathname === '/authorize') return this.#authorize(url, response)
    if (url.pathname === '/token') return json(response, this.#token(request, await formOf(request)))
    if (url.pathname === '/userinfo') return json(response, { sub: this.user['sub'], ...this.userInfo })
    html(response, `<h1>${url.pathname}</h1>`)
  }

  #authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const code = randomBytes(16).toString('hex')
    const redirectUri = asked.get('redirect_uri') ?? ''
    const [codeChallenge, nonce] = [asked.get('code_challenge') ?? '', asked.get('nonce') ?? '']
    this.#codes.set(code, { redirectUri, codeChallenge, nonce })
    const location = new URL(redirectUri)
    for (const [name, value] of [
      ['code', code],
      ['state', asked.get('state') ?? ''],
      ['iss', this.issuer],
    ] as const) {
      location.searchParams.set(name, value)
    }
    this.bendAnswer(location)
    if (this.showsPage) html(response, `<h1>Provider</h1><a href="${location.href.replaceAll('&', '&amp;')}">Go on</a>`)
    else response.writeHead(302, { location: location.href }).end()
  }

  #token({ headers }: IncomingMessage, asked: URLSearchParams): Record<string, unknown> {
    this.tokenRequests.push(asked)
    const code = asked.get('code') ?? ''
    const granted = this.#codes.get(code)
    if (!this.takesCodesAgain) this.#codes.delete(code)
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    const isClient = headers.authorization === `Basic ${btoa('sluice:a+secret')}`
    const isGranted = granted?.redirectUri === asked.get('redirect_uri') && granted?.codeChallenge === challenge
    if (!isClient) return { error: 'invalid_client' }
    if (!granted || !isGranted) return { error: 'invalid_grant' }
    const now = Math.floor(Date.now() / 1000)
    const token = this.bend({
      header: { alg: 'ES256', kid: 'one' },
      claims: { iss: this.issuer, aud: 'sluice', iat: now, exp: now + 60, nonce: granted.nonce, ...this.user },
      key: this.#keys.privateKey,
    })
    return { access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: signed(token) }
  }
}

function signed({ header, claims, key }: IdToken): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part(header)}.${part(claims)}`
  const signature =
    header['alg'] === 'none' ? '' : sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${Buffer.from(signature).toString('base64url')}`
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const piece of request) text += piece
  return new URLSearchParams(text)
}

function json(response: ServerResponse, value: Record<string, unknown>): void {
  const status = 'error' in value ? 400 : 200
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function html(response: ServerResponse, body: string): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><html lang="en"><title>Provider</title><main>${body}</main></html>`)
}

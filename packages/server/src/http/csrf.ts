import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.ts'

/** What a client gets for `X-CSRF-Token: Fetch`. */
export interface CsrfGrant {
  /** 32 upper-case hexadecimal digits, as the original's. */
  readonly token: string
  /** Value of a `Set-Cookie` header; undefined when the request brought a session already. */
  readonly cookie: string | undefined
}

const sessionCookie = 'JSESSIONID'

/**
 * Cross-site request forgery protection as documented for `/api/v1` and for HTTPS senders with *CSRF Protected*: a token
 * is fetched with `X-CSRF-Token: Fetch` and sent back with the session cookie. The token is a keyed digest of the session
 * ID, so that any server with the same key can check it and nothing is stored.
 */
export class Csrf {
  readonly #key: Uint8Array
  /** Whether the public URL is https, so that cookies must not travel in the clear. */
  readonly isSecure: boolean

  constructor(key: Uint8Array, isSecure: boolean) {
    this.#key = key
    this.isSecure = isSecure
  }

  /** Whether the request asks for a token. The value is compared without regard to case. */
  isFetch(request: IncomingMessage): boolean {
    const header = request.headers['x-csrf-token']
    return typeof header === 'string' && header.toLowerCase() === 'fetch'
  }

  fetch(request: IncomingMessage): CsrfGrant {
    const existing = sessionIdOf(request)
    if (existing) return { token: this.#tokenOf(existing), cookie: undefined }
    return this.grant(randomBytes(16).toString('hex').toUpperCase())
  }

  /** Token and cookie of a session. */
  grant(session: string): CsrfGrant & { readonly cookie: string } {
    return { token: this.#tokenOf(session), cookie: this.#cookie(session, '') }
  }

  /** Value of a `Set-Cookie` header that has the browser forget its session. */
  endOfCookie(): string {
    return this.#cookie('', '; Max-Age=0')
  }

  /** For a change without the token of its session. */
  refusal(): Problem {
    const headers = { 'x-csrf-token': 'Required' }
    return new Problem(403, 'csrf-token-required', 'CSRF token validation failed!', { headers })
  }

  /** Whether the request carries the token that belongs to its session cookie. */
  isValid(request: IncomingMessage): boolean {
    const token = request.headers['x-csrf-token']
    return typeof token === 'string' && this.isToken(request, token)
  }

  /** Whether `token`, from a form, belongs to the session cookie of the request. */
  isToken(request: IncomingMessage, token: string): boolean {
    const session = sessionIdOf(request)
    if (!session) return false
    const expected = Buffer.from(this.#tokenOf(session))
    const given = Buffer.from(token.toUpperCase())
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  #cookie(session: string, more: string): string {
    const secure = this.isSecure ? '; Secure' : ''
    // Lax, not Strict: a client that sends a browser to the authorization endpoint must find its user signed in.
    return `${sessionCookie}=${session}; Path=/; HttpOnly; SameSite=Lax${secure}${more}`
  }

  #tokenOf(session: string): string {
    return createHmac('sha256', this.#key).update(session).digest('hex').slice(0, 32).toUpperCase()
  }
}

/**
 * Whether a header of an answer would put another session in place of the browser's. Browsers leave out the space around a
 * name, and send the value of a cookie without a name as if it were the whole cookie (RFC 6265bis §5.6, §5.8.3).
 */
export function setsSession(name: string, value: string): boolean {
  return name.length === 10 && name.toLowerCase() === 'set-cookie' && /^\s*(?:=\s*)?JSESSIONID\s*=/.test(value)
}

/**
 * Whether a page of another site had a browser send the request: it says so (Fetch Metadata), or where it does not, names the
 * origin. Credentials that browsers keep come with such requests unasked.
 */
export function isOfOtherSite({ headers: { 'sec-fetch-site': site, origin, host } }: IncomingMessage): boolean {
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host)
}

/** The ID of the session that a request belongs to. */
export function sessionIdOf(request: IncomingMessage): string | undefined {
  const match = /(?:^|;\s*)JSESSIONID=([0-9A-F]{32})(?:;|$)/.exec(request.headers.cookie ?? '')
  return match?.[1]
}

/** One cookie of a receiver. */
interface Cookie {
  readonly name: string
  readonly value: string
  /** Without a leading dot. */
  readonly domain: string
  /** Whether hosts below the domain get it, too. */
  readonly isForSubdomains: boolean
  readonly path: string
  readonly isSecure: boolean
  /** Milliseconds since 1970; Infinity: as long as the session. */
  readonly expiresAt: number
}

/** How many cookies a session keeps, and how long name and value of one may be: the least that RFC 6265 section 6.1 asks for. */
const cookiesMax = 50
const lengthMax = 4_096

/** The cookies of one session with all of its receivers, by the rules of RFC 6265. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>()

  /** What answers to a request for `url` have in their `set-cookie` headers. */
  store(setCookies: readonly string[], url: URL, now: number): void {
    for (const text of setCookies) {
      const cookie = parse(text, url, now)
      if (cookie === undefined) continue
      const key = `${cookie.name};${cookie.domain};${cookie.path}`
      this.#cookies.delete(key)
      if (cookie.expiresAt > now) this.#cookies.set(key, cookie)
      const [oldest] = this.#cookies.keys()
      if (this.#cookies.size > cookiesMax && oldest !== undefined) this.#cookies.delete(oldest)
    }
  }

  /** The `cookie` header of a request; empty when there is nothing to send. Longer paths come first. */
  headerFor({ hostname, pathname, protocol }: URL, now: number): string {
    return [...this.#cookies.values()]
      .filter(cookie => cookie.expiresAt > now && (!cookie.isSecure || protocol === 'https:'))
      .filter(({ domain, isForSubdomains }) => (isForSubdomains ? isWithin(hostname, domain) : hostname === domain))
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .sort((left, right) => right.path.length - left.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }
}

function parse(text: string, url: URL, now: number): Cookie | undefined {
  const [pair = '', ...rest] = text.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(0, equals)).trim()
  if (name === '' || pair.length > lengthMax) return undefined
  const attributes = new Map(
    rest.map((attribute): [string, string] => {
      const [key = '', value = ''] = attribute.split(/=(.*)/s)
      return [key.trim().toLowerCase(), value.trim()]
    }),
  )
  const asked = attributes.get('domain')?.replace(/^\./, '').toLowerCase() ?? ''
  if (asked !== '' && !isWithin(url.hostname, asked)) return undefined
  const path = attributes.get('path') ?? ''
  return {
    name,
    value: pair.slice(equals + 1).trim(),
    domain: asked || url.hostname,
    isForSubdomains: asked !== '',
    path: path.startsWith('/') ? path : url.pathname.replace(/\/[^/]*$/, '') || '/',
    isSecure: attributes.has('secure'),
    expiresAt: expiry(attributes.get('max-age'), attributes.get('expires'), now),
  }
}

function expiry(maxAge: string | undefined, expires: string | undefined, now: number): number {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000
  const at = Date.parse(expires ?? '')
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at
}

/** A domain of one part, such as `com`, is nobody's. */
function isWithin(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && domain.includes('.') && !/^[\d.]+$/.test(host))
}

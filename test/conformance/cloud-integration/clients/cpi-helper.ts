import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'

/**
 * CPI Helper 3 (`common/tools.js`, a Chrome extension), at the paths that the pages of the Neo environment use, with the session
 * of a person who has signed in. It is bound to hosts of the original, so that its requests are sent here, not the extension.
 * URLs are written as a browser does: blanks and quotes of a query are encoded, the path's quotes are not.
 */
export class CpiHelper {
  readonly #tenant: AcceptanceTenant
  #cookie: Promise<string> | undefined

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  /** `makeCallPromise("GET", …)`: no `Accept`, which a browser makes any type. `path` from `/api/v1` on. */
  get(path: string): Promise<Answer> {
    return this.#send('GET', `/itspaces/odata${path}`, ['Accept: */*'])
  }

  /** `makeCallPromise("GET", …, "application/json")`, as for the keystore. */
  getJson(path: string): Promise<Answer> {
    return this.#send('GET', `/itspaces/odata${path}`, ['Accept: application/json'])
  }

  /** A command of the page, answered in JSON. */
  getCommand(command: string): Promise<Answer> {
    return this.#send('GET', `/itspaces/Operations/${command}`, ['Accept: application/json'])
  }

  /** `makeCallPromise("POST", …, true, …)`: with a CSRF token fetched before, wherever the page says who is signed in. */
  async postCommand(command: string, text: string): Promise<Answer> {
    const token = await this.#send('GET', '/itspaces/api/1.0/user', ['Accept: */*', 'X-CSRF-Token: Fetch'])
    const headers = [
      'Accept: */*',
      'Content-Type: application/json;charset=UTF-8',
      `X-CSRF-Token: ${token.headers.get('x-csrf-token')}`,
    ]
    return this.#send('POST', `/itspaces/Operations/${command}`, headers, text)
  }

  /** What a person does before the extension does anything. */
  async #signIn(): Promise<string> {
    const { url, user } = this.#tenant
    const response = await fetch(`${url}/api/session/v1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: user.name, password: user.password }),
    })
    if (response.status !== 201)
      throw new Error(`Expected a session, found ${response.status}: ${await response.text()}`)
    return response.headers
      .getSetCookie()
      .map(cookie => cookie.split(';')[0])
      .join('; ')
  }

  async #send(method: string, path: string, headers: readonly string[], body?: string): Promise<Answer> {
    const { host, listener } = this.#tenant
    this.#cookie ??= this.#signIn()
    const head = [
      `${method} ${encodeAsBrowser(path)} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: keep-alive',
      ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
      'X-CPI-Helper-Client: extension',
      'X-CPI-Helper-Version: 3.25.0',
      'User-Agent: Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
      ...headers,
      'Sec-Fetch-Site: same-origin',
      'Sec-Fetch-Mode: cors',
      'Sec-Fetch-Dest: empty',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Accept-Language: en-US,en;q=0.9',
      `Cookie: ${await this.#cookie}`,
    ]
    return sendBytes(listener, head.join('\r\n'), body)
  }
}

/** `xhr.open`: the URL parser of WHATWG, which is Node's too. */
function encodeAsBrowser(path: string): string {
  const { pathname, search } = new URL(path, 'https://tenant.example')
  return `${pathname}${search}`
}

import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { basic } from './go.ts'

/**
 * cpilint 1 (`CloudIntegrationOdataApi`, `AuthorizationServer`, Java): nothing but the authorization is said, so that
 * answers are Atom. As Java 17 writes it, a GET has a `Content-Length` too.
 */
export class CpiLint {
  readonly #tenant: AcceptanceTenant
  #token: string | undefined

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  requestToken(): Promise<Answer> {
    const { api, tokenPath } = this.#tenant
    return this.#send('POST', `${tokenPath}?grant_type=client_credentials`, basic(api.id, api.secret))
  }

  async get(path: string): Promise<Answer> {
    this.#token ??= (JSON.parse((await this.requestToken()).text) as { access_token: string }).access_token
    return this.#send('GET', path, `Bearer ${this.#token}`)
  }

  #send(method: string, path: string, authorization: string): Promise<Answer> {
    const head = [
      `${method} ${path} HTTP/1.1`,
      'Content-Length: 0',
      'Host: localhost',
      'User-Agent: Java-http-client/17.0.15',
      `Authorization: ${authorization}`,
    ]
    return sendBytes(this.#tenant.listener, head.join('\r\n'))
  }
}

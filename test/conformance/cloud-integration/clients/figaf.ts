import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { basic } from './go.ts'

/** figaf's `cpi-api` (Spring's `RestTemplate` over Apache HttpClient, Java), by user and password. */
export class Figaf {
  readonly #tenant: AcceptanceTenant

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  /** Asks for text: what is no JSON by `$format` comes as Atom. */
  get(path: string): Promise<Answer> {
    const { host, listener, user } = this.#tenant
    const head = [
      `GET ${path} HTTP/1.1`,
      'Accept: text/plain, */*',
      `Authorization: ${basic(user.name, user.password)}`,
      `Host: ${host}`,
      'Connection: Keep-Alive',
      'User-Agent: Apache-HttpClient/5.3.1 (Java/17.0.15)',
      'Accept-Encoding: gzip, x-gzip, deflate',
    ]
    return sendBytes(listener, head.join('\r\n'))
  }
}

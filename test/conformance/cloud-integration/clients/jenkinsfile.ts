import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { accessToken, Piper } from './piper.ts'

/** Jenkinsfiles of the recipe "CICD" (`httpRequest` of Jenkins, Apache HttpClient): `bearer` in lower case. */
export class Jenkinsfile {
  readonly #tenant: AcceptanceTenant
  #token: string | undefined

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path)
  }

  post(path: string): Promise<Answer> {
    return this.#send('POST', path)
  }

  async #send(method: string, path: string): Promise<Answer> {
    this.#token ??= accessToken(await new Piper(this.#tenant).requestToken(this.#tenant.api))
    const head = [
      `${method} ${path} HTTP/1.1`,
      'Accept: application/json',
      `Authorization: bearer ${this.#token}`,
      ...(method === 'POST' ? ['Content-Length: 0'] : []),
      `Host: ${this.#tenant.host}`,
      'Connection: Keep-Alive',
      'User-Agent: Apache-HttpClient/4.5.14 (Java/17.0.15)',
      'Accept-Encoding: gzip,deflate',
    ]
    return sendBytes(this.#tenant.listener, head.join('\r\n'))
  }
}

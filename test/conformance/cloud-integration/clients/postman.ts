import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { accessToken } from './piper.ts'

/** Collection "Integration Content - Automation" in Postman's runtime: the grant in a form, Bearer, JSON. */
export class Postman {
  readonly #tenant: AcceptanceTenant
  #token: string | undefined

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  requestToken(): Promise<Answer> {
    const { id, secret } = this.#tenant.api
    return this.#send(
      'POST',
      this.#tenant.tokenPath,
      [`Authorization: Basic ${btoa(`${id}:${secret}`)}`, 'Accept: */*'],
      {
        type: 'application/x-www-form-urlencoded',
        text: 'grant_type=client_credentials',
      },
    )
  }

  async get(path: string): Promise<Answer> {
    return this.#send('GET', path, ['Accept: application/json', `Authorization: Bearer ${await this.#bearer()}`])
  }

  /** A request to which nobody has added an `Accept`. */
  async getAnything(path: string): Promise<Answer> {
    return this.#send('GET', path, ['Accept: */*', `Authorization: Bearer ${await this.#bearer()}`])
  }

  /** A changeset as the documentation of the partner directory shows it; `parts` as they stand between its boundaries. */
  async batch(parts: readonly string[]): Promise<Answer> {
    const [batch, changeset] = [
      'batch_34fcd829-64e4-4139-b880-f24aa4ee9235',
      'changeset_845b320f-7f06-423d-b10a-a24048a27b1c',
    ]
    const lines = [
      `--${batch}`,
      `Content-Type: multipart/mixed; boundary=${changeset}`,
      '',
      ...parts.flatMap(part => [`--${changeset}`, part]),
      `--${changeset}--`,
      '',
      `--${batch}--`,
    ]
    const headers = ['Accept: application/json', `Authorization: Bearer ${await this.#bearer()}`]
    const body = { type: `multipart/mixed; boundary=${batch}`, text: lines.join('\r\n') }
    return this.#send('POST', '/api/v1/$batch', headers, body)
  }

  async #bearer(): Promise<string> {
    this.#token ??= accessToken(await this.requestToken())
    return this.#token
  }

  #send(
    method: string,
    path: string,
    headers: readonly string[],
    body?: { readonly type: string; readonly text: string },
  ): Promise<Answer> {
    const head = [
      `${method} ${path} HTTP/1.1`,
      ...(body ? [`Content-Type: ${body.type}`] : []),
      ...headers,
      'User-Agent: PostmanRuntime/7.43.0',
      'Postman-Token: 5f0a5b5e-8f9d-4e0c-9a65-3f1d1d9c8a11',
      `Host: ${this.#tenant.host}`,
      'Accept-Encoding: gzip, deflate, br',
      'Connection: keep-alive',
      ...(body ? [`Content-Length: ${body.text.length}`] : []),
    ]
    return sendBytes(this.#tenant.listener, head.join('\r\n'), body?.text)
  }
}

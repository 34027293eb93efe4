import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { basic, goHead } from './go.ts'

/**
 * FlashPipe 3 (`internal/api`, `internal/httpclnt`, Go), by user and password: it fetches a CSRF token with cookies anew
 * before every write. Scheme https and port 443 are literals there, so that its `Host` names the port.
 */
export class FlashPipe {
  readonly #tenant: AcceptanceTenant

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  /** `readOnlyCall`. */
  get(path: string): Promise<Answer> {
    return this.#send('GET', path, { Accept: 'application/json' })
  }

  /** `Csrf.GetToken`. */
  fetchToken(): Promise<Answer> {
    return this.#send('GET', '/api/v1/', { 'X-Csrf-Token': 'fetch' })
  }

  /** `modifyingCall`: with the token and the cookies of a fetch of its own. */
  async write(method: string, path: string, content?: object): Promise<Answer> {
    const { headers, cookies } = await this.fetchToken()
    const token = headers.get('x-csrf-token') ?? ''
    return this.writeWith({ 'X-Csrf-Token': token, Cookie: cookies.join('; ') }, method, path, content)
  }

  /** The write alone, with these headers for CSRF. */
  writeWith(csrf: Readonly<Record<string, string>>, method: string, path: string, content?: object): Promise<Answer> {
    const body = content && JSON.stringify(content)
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
    return this.#send(method, path, { Accept: 'application/json', ...type, ...csrf }, body)
  }

  /** `golang.org/x/oauth2/clientcredentials`: credentials first as Basic, then, after a refusal, in the form. */
  tokenByBasic(): Promise<Answer> {
    const { id, secret } = this.#tenant.api
    return this.#token('grant_type=client_credentials', { Authorization: basic(id, secret) })
  }

  tokenByForm(): Promise<Answer> {
    const { id, secret } = this.#tenant.api
    return this.#token(`client_id=${id}&client_secret=${secret}&grant_type=client_credentials`, {})
  }

  #token(body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const { listener, tokenPath } = this.#tenant
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const head = goHead('localhost:443', { method: 'POST', path: tokenPath, headers: { ...type, ...headers }, body })
    return sendBytes(listener, head, body)
  }

  #send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> {
    const { listener, user } = this.#tenant
    const all = { ...headers, Authorization: basic(user.name, user.password) }
    const head = goHead('localhost:443', { method, path, headers: all, ...(body !== undefined && { body }) })
    return sendBytes(listener, head, body)
  }
}

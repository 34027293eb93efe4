import type { AcceptanceTenant, Credentials } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { basic, goHead } from './go.ts'

/** What `GetBearerToken` needs of an answer. */
export function accessToken(answer: Answer): string {
  return (JSON.parse(answer.text) as { access_token: string }).access_token
}

/** Project "Piper" (`SAP/jenkins-library`: `pkg/cpi`, `cmd/integrationArtifact*.go`, Go): Bearer, and never a CSRF token. */
export class Piper {
  readonly #tenant: AcceptanceTenant
  #token: string | undefined

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  /** `GetBearerToken`: the grant in the query, no body. */
  requestToken({ id, secret }: Credentials): Promise<Answer> {
    const head = goHead(this.#tenant.host, {
      method: 'POST',
      path: `${this.#tenant.tokenPath}?grant_type=client_credentials`,
      headers: { Accept: 'application/json', Authorization: basic(id, secret) },
    })
    return sendBytes(this.#tenant.listener, head)
  }

  get(path: string, headers: Readonly<Record<string, string>> = { Accept: 'application/json' }): Promise<Answer> {
    return this.#send('GET', path, headers)
  }

  /** Upload and resource steps say what they send, and not what they accept. */
  write(method: string, path: string, content?: object): Promise<Answer> {
    return this.#send(method, path, { 'Content-Type': 'application/json' }, content && JSON.stringify(content))
  }

  /** `integrationArtifactUpdateConfiguration`. */
  configure(path: string, value: string): Promise<Answer> {
    const headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
    return this.#send('PUT', path, headers, JSON.stringify({ ParameterValue: value }))
  }

  /** `integrationArtifactDeploy`. */
  deploy(id: string): Promise<Answer> {
    const path = `/api/v1/DeployIntegrationDesigntimeArtifact?Id='${id}'&Version='Active'`
    return this.#send('POST', path, { Accept: 'application/json' })
  }

  /** `integrationArtifactTriggerIntegrationTest`: calls a flow with a token of the runtime's service key. */
  async trigger(url: string, body: string, contentType: string): Promise<Answer> {
    const token = accessToken(await this.requestToken(this.#tenant.runtime))
    const { host, pathname } = new URL(url)
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': contentType }
    return sendBytes(this.#tenant.listener, goHead(host, { method: 'POST', path: pathname, headers, body }), body)
  }

  async #send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> {
    this.#token ??= accessToken(await this.requestToken(this.#tenant.api))
    const all = { ...headers, Authorization: `Bearer ${this.#token}` }
    const head = goHead(this.#tenant.host, { method, path, headers: all, ...(body !== undefined && { body }) })
    return sendBytes(this.#tenant.listener, head, body)
  }
}

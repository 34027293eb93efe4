import { setTimeout as sleep } from 'node:timers/promises'
import { readArtifact } from '@sluice/server'

/** A running server and its administrator. */
export interface TenantAddress {
  /** Without a trailing slash: `http://127.0.0.1:8080`. */
  readonly url: string
  readonly user: string
  readonly password: string
}

/** A client as `POST /oauth2/api/v1/clients` takes it. */
export interface NewClient {
  readonly id: string
  readonly secret?: string | undefined
  /** `deviflmap` for flows, `devtmn` for the API. */
  readonly subscription: string
  /** Default: `client_credentials`. */
  readonly grant?: 'authorization_code'
  readonly redirectUri?: string
  readonly confidential?: boolean
  readonly tokenLifetime?: { readonly value: number; readonly unit: 'minutes' | 'hours' | 'days' }
}

const subaccount = 'dev'

/**
 * The steps before a first message, over the same HTTP APIs that any client uses. Every method throws with the server's
 * answer when that is not the expected one.
 */
export class Tenant {
  readonly #address: TenantAddress
  #session: Promise<Record<string, string>> | undefined

  constructor(address: TenantAddress) {
    this.#address = address
  }

  async createClient(client: NewClient): Promise<void> {
    await this.send('POST', '/oauth2/api/v1/clients', 201, { name: client.id, ...client })
  }

  async deleteClient(id: string): Promise<void> {
    await this.send('DELETE', `/oauth2/api/v1/clients/${id}`, 204)
  }

  /** Gives the client's user, `oauth_client_<id>`, the role that HTTPS senders ask for by default. */
  async allowMessages(clientId: string): Promise<void> {
    await this.#assign(userOf(clientId), `${subaccount}iflmap`, 'ESBMessaging.send')
  }

  /** Gives a user the role that HTTPS senders ask for by default. */
  async allowMessagesOf(user: string): Promise<void> {
    await this.#assign(user, `${subaccount}iflmap`, 'ESBMessaging.send')
  }

  /** Gives the client's user a role of the API, such as `AuthGroup.IntegrationDeveloper`. */
  async allowApi(clientId: string, role: string): Promise<void> {
    await this.#assign(userOf(clientId), `${subaccount}tmn`, role)
  }

  /** Imports an artifact folder as `id` into a package of its own. */
  async importFlow(id: string, folder: string): Promise<void> {
    const content = Buffer.from(await readArtifact(folder)).toString('base64')
    await this.send('POST', '/api/v1/IntegrationPackages', 201, { Id: `${id}Package`, Name: id, ShortText: id })
    await this.send('POST', '/api/v1/IntegrationDesigntimeArtifacts', 201, {
      Id: id,
      Name: id,
      PackageId: `${id}Package`,
      ArtifactContent: content,
    })
  }

  /** The zip of what is current of a flow. */
  async downloadFlow(id: string): Promise<Uint8Array> {
    const path = `/api/v1/IntegrationDesigntimeArtifacts(Id='${id}',Version='active')/$value`
    const response = await fetch(`${this.#address.url}${path}`, { headers: { authorization: this.#basic() } })
    if (!response.ok) throw new Error(`Expected the zip of "${id}", found ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }

  /** Replaces what is current of a flow. */
  async uploadFlow(id: string, zip: Uint8Array): Promise<void> {
    const content = Buffer.from(zip).toString('base64')
    const path = `/api/v1/IntegrationDesigntimeArtifacts(Id='${id}',Version='active')`
    await this.send('PUT', path, 200, { Name: id, ArtifactContent: content })
  }

  /** Resolves when the deployment is under way, with its task. */
  async startDeploy(id: string): Promise<string> {
    const path = `/api/v1/DeployIntegrationDesigntimeArtifact?Id='${id}'&Version='active'`
    return this.send('POST', path, 202)
  }

  /** Resolves when the flow is deployed. */
  async deploy(id: string): Promise<void> {
    const task = await this.startDeploy(id)
    for (;;) {
      const answer = await this.send('GET', `/api/v1/BuildAndDeployStatus(TaskId='${task}')`, 200)
      const status = /"Status":"(\w+)"/.exec(answer)?.[1]
      if (status === 'SUCCESS') return
      if (status !== 'DEPLOYING') throw new Error(`Expected "${id}" to be deployed, found ${answer}`)
      await sleep(5)
    }
  }

  async undeploy(id: string): Promise<void> {
    await this.send('DELETE', `/api/v1/IntegrationRuntimeArtifacts('${id}')`, 202)
  }

  /** An access token by client credentials. `parameters` go into the query beside the grant type. */
  async issueToken(
    clientId: string,
    secret: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const query = new URLSearchParams({ grant_type: 'client_credentials', ...parameters })
    const response = await fetch(`${this.#address.url}/oauth2/api/v1/token?${query}`, {
      method: 'POST',
      headers: { authorization: basic(clientId, secret) },
    })
    const text = await response.text()
    if (response.status !== 200)
      throw new Error(`Expected a token for "${clientId}", found ${response.status}: ${text}`)
    return (JSON.parse(text) as { access_token: string }).access_token
  }

  async #assign(user: string, application: string, role: string): Promise<void> {
    const path = `/authorization/v1/accounts/${subaccount}/apps/${application}/roles/users?roleName=${role}`
    await this.send('PUT', path, 201, { users: [{ name: user }] })
  }

  /** Any other request as the administrator; resolves with the text of the answer, which must have the expected status. */
  async send(method: string, path: string, expected: number, body?: object | string): Promise<string> {
    const writes = method !== 'GET' && path.startsWith('/api/v1/')
    if (writes) this.#session ??= this.#openSession()
    const response = await fetch(`${this.#address.url}${path}`, {
      method,
      headers: {
        authorization: this.#basic(),
        accept: 'application/json',
        ...(writes && (await this.#session)),
        ...(body && { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' }),
      },
      ...(body && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.status === expected) return text
    throw new Error(`Expected ${expected} from ${method} ${path}, found ${response.status}: ${text}`)
  }

  /** The OData API takes writes by Basic only with a CSRF token and the cookies of its session. */
  async #openSession(): Promise<Record<string, string>> {
    const headers = { authorization: this.#basic(), 'x-csrf-token': 'fetch', accept: 'application/json' }
    const response = await fetch(`${this.#address.url}/api/v1/`, { headers })
    await response.body?.cancel()
    const cookies = response.headers.getSetCookie().map(cookie => cookie.split(';')[0])
    return { 'x-csrf-token': response.headers.get('x-csrf-token') ?? '', cookie: cookies.join('; ') }
  }

  #basic(): string {
    return basic(this.#address.user, this.#address.password)
  }
}

function userOf(clientId: string): string {
  return `oauth_client_${clientId}`
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

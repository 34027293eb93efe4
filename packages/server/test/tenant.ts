import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFolder, writeArchive } from '../src/runtime/archive.ts'
import { startTestServer, type TestServer, type TestServerOptions } from '../src/testing/index.ts'

/** What an answer says, read whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A line of the access log. */
export interface AccessLine {
  readonly address: string
  /** `-` where nobody is known. */
  readonly user: string
  readonly status: number
  readonly path: string
  readonly reason?: string
}

const helloFolder = fileURLToPath(new URL('../../../examples/hello', import.meta.url))

/** Differences from `examples/hello`. */
export interface FlowVariant {
  readonly id?: string
  readonly address?: string
  readonly body?: string
  /** Replaces text of the .iflw after the other changes. */
  readonly replace?: readonly (readonly [from: string, to: string])[]
}

/** The artifact of `examples/hello` with changes, as a zip. */
export async function flowZip({
  id = 'hello',
  address = '/hello',
  body,
  replace = [],
}: FlowVariant = {}): Promise<Uint8Array> {
  const files = new Map(await readFolder(helloFolder))
  const edit = (suffix: string, change: (text: string) => string) => {
    for (const [path, data] of files) {
      if (path.endsWith(suffix)) files.set(path, Buffer.from(change(Buffer.from(data).toString('utf8'))))
    }
  }
  edit('MANIFEST.MF', text => text.replace('Bundle-SymbolicName: hello;', `Bundle-SymbolicName: ${id};`))
  edit('.iflw', text => {
    const changed = text
      .replace('<value>/hello</value>', `<value>${address}</value>`)
      .replace('<value>{{Greeting}}, world!</value>', `<value>${body ?? '{{Greeting}}, world!'}</value>`)
    return replace.reduce((current, [from, to]) => {
      if (!current.includes(from)) throw new Error(`Expected "${from}" in the example flow`)
      return current.replace(from, to)
    }, changed)
  })
  return writeArchive(files)
}

/** A started server with what tests do to it over HTTP, as the administrator unless said otherwise. */
export class Tenant {
  readonly server: TestServer
  #csrf: { readonly 'x-csrf-token': string; readonly cookie: string } | undefined

  constructor(server: TestServer) {
    this.server = server
  }

  static async start(options: TestServerOptions = {}): Promise<Tenant> {
    return new Tenant(await startTestServer(options))
  }

  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.server.url}${path}`, init)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  /** As the administrator, with a JSON body where one is given. */
  async administer(method: string, path: string, json?: unknown): Promise<Answer> {
    return this.request(path, {
      method,
      headers: {
        authorization: this.server.admin.authorization,
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(path.startsWith('/api/v1') && method !== 'GET' ? await this.#csrfHeaders() : {}),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
  }

  async createClient(client: {
    id: string
    subscription?: string
    secret?: string
    minutes?: number
  }): Promise<Answer> {
    const { id, subscription = 'deviflmap', secret = `secret of ${id}`, minutes = 60 } = client
    const tokenLifetime = { value: minutes, unit: 'minutes' }
    return ok(
      await this.administer('POST', '/oauth2/api/v1/clients', { id, name: id, subscription, secret, tokenLifetime }),
    )
  }

  async assign(clientId: string, role = 'ESBMessaging.send', application = 'deviflmap'): Promise<Answer> {
    const path = `/authorization/v1/accounts/dev/apps/${application}/roles/users?roleName=${role}`
    return ok(await this.administer('PUT', path, { users: [{ name: `oauth_client_${clientId}` }] }))
  }

  /** Uploads a flow (creating or replacing it) and asks for its deployment; resolves when the task has ended. */
  async deploy(zip: Uint8Array, id = 'hello'): Promise<{ status: string; upload: Answer }> {
    const upload = await this.upload(zip, id)
    if (upload.status >= 300) return { status: 'NOT UPLOADED', upload }
    const path = `/api/v1/DeployIntegrationDesigntimeArtifact?Id='${id}'&Version='active'`
    const taskId = ok(await this.administer('POST', path)).text
    await this.server.deployed()
    const task = ok(await this.administer('GET', `/api/v1/BuildAndDeployStatus(TaskId='${taskId}')`))
    return { status: (JSON.parse(task.text) as { d: { Status: string } }).d.Status, upload }
  }

  async upload(zip: Uint8Array, id = 'hello'): Promise<Answer> {
    const content = { ArtifactContent: Buffer.from(zip).toString('base64') }
    const key = `/api/v1/IntegrationDesigntimeArtifacts(Id='${id}',Version='active')`
    if ((await this.administer('GET', key)).status === 200) return this.administer('PUT', key, content)
    await this.administer('POST', '/api/v1/IntegrationPackages', { Id: 'tests', Name: 'Tests', ShortText: 'Tests' })
    const artifact = { Id: id, Name: id, PackageId: 'tests', ...content }
    return this.administer('POST', '/api/v1/IntegrationDesigntimeArtifacts', artifact)
  }

  async token(id: string, parameters = '', secret = `secret of ${id}`): Promise<string> {
    const answer = ok(
      await this.request(`/oauth2/api/v1/token?grant_type=client_credentials${parameters}`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
      }),
    )
    return (JSON.parse(answer.text) as { access_token: string }).access_token
  }

  async call(path: string, token: string | undefined, init: RequestInit = {}): Promise<Answer> {
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
    return this.request(`/http${path}`, { method: 'POST', ...init, headers: { ...authorization, ...init.headers } })
  }

  /** All lines of the access log so far. */
  async accessLog(): Promise<AccessLine[]> {
    // Whoever has an answer may be a turn ahead of the server, which writes the line when it has sent it.
    await new Promise(resolve => setImmediate(resolve))
    this.server.flushAccessLog()
    const directory = join(this.server.dataDirectory, 'log')
    const lines: AccessLine[] = []
    for (const name of await readdir(directory)) {
      const text = await readFile(join(directory, name), 'utf8')
      for (const line of text.split('\n').filter(Boolean)) lines.push(JSON.parse(line) as AccessLine)
    }
    return lines
  }

  async close(): Promise<void> {
    await this.server.close()
  }

  async #csrfHeaders() {
    if (this.#csrf) return this.#csrf
    const { authorization } = this.server.admin
    const { headers } = await this.request('/api/v1/', { headers: { authorization, 'x-csrf-token': 'Fetch' } })
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    this.#csrf = { 'x-csrf-token': headers.get('x-csrf-token') ?? '', cookie }
    return this.#csrf
  }
}

/** The answer, if it is a success. */
export function ok(answer: Answer): Answer {
  if (answer.status < 200 || answer.status >= 300)
    throw new Error(`Expected success, found ${answer.status}: ${answer.text}`)
  return answer
}

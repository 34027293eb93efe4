import type { OptionValues } from '../line/command.ts'
import { CommandError, UsageError } from '../line/errors.ts'
import type { Terminal } from '../line/terminal.ts'
import { fetchApi, messageOf, readFrom, readJson } from './fetch.ts'

/** Options of every command that talks to a server as its administrator. */
export const serverOptions = {
  url: { value: 'url', env: 'SLUICE_URL', default: 'http://localhost:8080', doc: 'Where the server is.' },
  user: { value: 'name', env: 'SLUICE_ADMIN_USER', default: 'admin', doc: 'The administrator.' },
  password: { value: 'text', env: 'SLUICE_ADMIN_PASSWORD', doc: "The administrator's password." },
  json: { doc: 'Print JSON.' },
} as const

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** The body as it came. */
  readonly bytes: Uint8Array
}

export interface RequestOptions {
  /** Sent as the JSON body. */
  readonly json?: unknown
  /** Sent as the body as it is. */
  readonly text?: string
  /** Statuses of 400 and above that the caller handles. */
  readonly accepted?: readonly number[]
}

/** A server, reached over its public HTTP APIs by an administrator. */
export class Server {
  readonly #url: string
  readonly #authorization: string
  readonly #signal: AbortSignal
  #csrf: Promise<Record<string, string>> | undefined

  /** Throws `UsageError` when there is no password. */
  constructor(options: OptionValues<typeof serverOptions>, terminal: Terminal) {
    if (options.password === undefined) {
      throw new UsageError(
        "Expected the administrator's password in SLUICE_ADMIN_PASSWORD or --password, found nothing; the server's first start printed it",
      )
    }
    this.#url = options.url
    this.#authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`
    this.#signal = terminal.interrupted
  }

  /** Throws `CommandError` for a status of 400 and above that is not `accepted`. */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const headers: Record<string, string> = { authorization: this.#authorization, accept: 'application/json' }
    const body = options.json === undefined ? options.text : JSON.stringify(options.json)
    if (options.json !== undefined) headers['content-type'] = 'application/json'
    if (method !== 'GET' && /^\/(?:api\/v1|Operations)\//.test(path)) {
      this.#csrf ??= this.#fetchCsrf()
      Object.assign(headers, await this.#csrf)
    }
    const response = await this.#fetch(path, { method, headers, ...(body === undefined ? {} : { body }) })
    const bytes = new Uint8Array(await this.#read(response.arrayBuffer()))
    const answer = { status: response.status, headers: response.headers, body: new TextDecoder().decode(bytes), bytes }
    if (answer.status < 400 || options.accepted?.includes(answer.status)) return answer
    throw new CommandError(explain(answer, `${method} ${path.split('?')[0]}`))
  }

  /** The bytes of a download. Throws `CommandError`. */
  async download(path: string): Promise<Uint8Array> {
    return new Uint8Array(await this.#read((await this.#get(path)).arrayBuffer()))
  }

  /** A download piece by piece, as it comes. Throws `CommandError`. */
  async *pieces(path: string): AsyncGenerator<Uint8Array> {
    const reader = (await this.#get(path)).body?.getReader()
    for (;;) {
      const piece = await (reader && this.#read(reader.read()))
      if (!piece?.value) return
      yield piece.value
    }
  }

  /** The reply's JSON. */
  async json<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
    return readJson<T>(this.#url, (await this.request(method, path, options)).body)
  }

  /** The rows of an entity set, none where a status is `accepted`; `query` is encoded here. */
  async entities<T>(
    path: string,
    query: Readonly<Record<string, string>> = {},
    options?: RequestOptions,
  ): Promise<T[]> {
    const all = Object.entries(query).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    const answer = await this.request('GET', `/api/v1/${path}?$format=json${all.join('')}`, options)
    return answer.status < 400 ? readJson<{ d: { results: T[] } }>(this.#url, answer.body).d.results : []
  }

  /** The full name of an application: `iflmap` and `tmn` stand for those of the server's subaccount. */
  async application(name: string): Promise<string> {
    if (name !== 'iflmap' && name !== 'tmn') return name
    const { applications } = await this.describe()
    return name === 'iflmap' ? applications.runtime : applications.api
  }

  describe(): Promise<{ subaccount: string; applications: { runtime: string; api: string } }> {
    return this.json('GET', '/.well-known/sluice')
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    return fetchApi(this.#url, path, { ...init, signal: this.#signal })
  }

  #read<T>(reading: Promise<T>): Promise<T> {
    return readFrom(this.#url, reading, this.#signal)
  }

  async #get(path: string): Promise<Response> {
    const headers = { authorization: this.#authorization, accept: 'application/json' }
    const response = await this.#fetch(path, { headers })
    if (response.ok) return response
    const answer = { status: response.status, headers: response.headers, body: await this.#read(response.text()) }
    throw new CommandError(explain(answer, `GET ${path.split('?')[0]}`))
  }

  async #fetchCsrf(): Promise<Record<string, string>> {
    const headers = { authorization: this.#authorization, accept: 'application/json', 'x-csrf-token': 'Fetch' }
    const response = await this.#fetch('/api/v1/', { headers })
    const body = await this.#read(response.text())
    const token = response.headers.get('x-csrf-token')
    if (!response.ok || token === null) {
      throw new CommandError(explain({ status: response.status, headers: response.headers, body }, 'GET /api/v1/'))
    }
    const cookie = response.headers.getSetCookie().map(line => line.split(';')[0])
    return { 'x-csrf-token': token, cookie: cookie.join('; ') }
  }
}

/** A refusal in a sentence, with what to do about it where that is plain. */
function explain({ status, headers, body }: Omit<Answer, 'bytes'>, what: string): string {
  const message = messageOf(body) ?? 'no explanation'
  if (status === 401) {
    return `Expected the name and password of an administrator, found them not accepted (401); check SLUICE_ADMIN_USER and SLUICE_ADMIN_PASSWORD, or --user and --password`
  }
  if (status === 403) return `Expected the user to have the roles for ${what}, found: ${message} (403)`
  const after = headers.get('retry-after')
  return `${message} (${what} answered ${status}${after ? `; try again in ${after} s` : ''})`
}

/** A string literal of an OData key or filter. */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The same, for a path segment. */
export function odataKey(text: string): string {
  return encodeURIComponent(odataText(text))
}

/** The key of an entry of the keystore: its alias in hexadecimal notation. */
export function hexalias(alias: string): string {
  return `'${Buffer.from(alias).toString('hex').toUpperCase()}'`
}

/** An `Edm.DateTime` or `Edm.DateTimeOffset` of the API's JSON as ISO 8601, in UTC. */
export function isoTime(date: string): string {
  return new Date(Number(/-?\d+/.exec(date)?.[0])).toISOString()
}

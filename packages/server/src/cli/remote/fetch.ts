import { CommandError } from '../line/errors.ts'

/** `fetch` whose failures say what a person can do about them. `base` is the server's URL as given. */
export async function fetchFrom(base: string, path: string, init: RequestInit): Promise<Response> {
  let url: URL
  try {
    url = new URL(base.replace(/\/+$/, '') + path)
  } catch (cause) {
    throw new CommandError(`Expected --url or SLUICE_URL to be a URL such as http://localhost:8080, found "${base}"`, {
      cause,
    })
  }
  try {
    return await fetch(url, { redirect: 'manual', ...init })
  } catch (cause) {
    throw init.signal?.aborted ? cause : noServer(base, describe(cause), cause)
  }
}

/** The same for APIs: redirects and pages are what other servers answer. */
export async function fetchApi(base: string, path: string, init: RequestInit): Promise<Response> {
  const response = await fetchFrom(base, path, init)
  if (response.status >= 300 && response.status < 400) {
    throw noServer(base, `a redirect to ${response.headers.get('location') ?? 'nowhere'}`)
  }
  if (response.ok && response.headers.get('content-type')?.startsWith('text/html')) throw noServer(base, 'a web page')
  return response
}

/** Reads an answer, or the next piece of it, and says when it breaks off. */
export async function readFrom<T>(base: string, reading: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    throw signal.aborted ? cause : noServer(base, `an answer that broke off: ${describe(cause)}`, cause)
  }
}

/** The JSON of an answer. */
export function readJson<T>(base: string, body: string): T {
  try {
    return JSON.parse(body) as T
  } catch (cause) {
    throw noServer(base, 'an answer that is no JSON', cause)
  }
}

function noServer(base: string, found: string, cause?: unknown): CommandError {
  return new CommandError(
    `Expected a Sluice server at ${base}, found ${found}. Start it with "npm start", or say where it is with --url or SLUICE_URL`,
    { cause },
  )
}

function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  if (code === 'ECONNREFUSED') return 'nothing listening there'
  if (code === 'ENOTFOUND') return 'no host of that name'
  const message = cause instanceof Error ? cause.message : String(cause)
  return code === undefined ? message : `${code} (${message})`
}

/** The readable half of an error body: problem details, an OData error, an OAuth error, or the text itself. */
export function messageOf(body: string): string | undefined {
  try {
    const value = JSON.parse(body)
    const found = value.detail ?? value.error_description ?? value.error?.message?.value ?? value.error
    return typeof found === 'string' ? found : undefined
  } catch {
    const text = body
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    return text === '' ? undefined : text.slice(0, 500)
  }
}

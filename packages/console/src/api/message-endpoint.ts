import type { IssuedToken, TokenAnswer } from '../try-out/issued-token.ts'
import { issuedToken } from '../try-out/issued-token.ts'
import { type TestRequest, takesBody } from '../try-out/test-request.ts'
import { ApiError, UnreachableError } from './http.ts'

/** What an endpoint answered. */
export interface EndpointAnswer {
  /** 0 for a redirection: where it leads to, and its status, a browser does not tell. */
  readonly status: number
  readonly statusText: string
  readonly durationMs: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Blob
  /** The body as text; undefined where it is none. */
  readonly text: string | undefined
}

/**
 * Fetches a token by client credentials, as a client does: without the person's session. `format`: `jwt`, `jwtrfc`, or empty
 * for an opaque token. Throws `ApiError` with the server's words.
 */
export async function requestToken(clientId: string, secret: string, format: string): Promise<IssuedToken> {
  const query = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(format !== '' && { token_format: format }),
  })
  const credentials = new TextEncoder().encode(`${clientId}:${secret}`)
  const response = await ask(`/oauth2/api/v1/token?${query}`, {
    method: 'POST',
    credentials: 'omit',
    headers: { authorization: `Basic ${btoa(Array.from(credentials, byte => String.fromCharCode(byte)).join(''))}` },
  })
  const text = await response.text()
  if (!response.ok) throw tokenError(response, text)
  return issuedToken(JSON.parse(text) as TokenAnswer, clientId, Date.now())
}

function tokenError({ status, statusText }: Response, text: string): ApiError {
  try {
    const { error, error_description: description } = JSON.parse(text)
    return new ApiError(status, String(error), `${status} ${error}: ${description}`)
  } catch {
    return new ApiError(status, '', `${status} ${text || statusText}`)
  }
}

/**
 * Sends a request with a token. Every answer is one, whatever its status. With `csrf` it is preceded by one that fetches a
 * CSRF token, which belongs to the session in the browser's cookie.
 */
export async function sendRequest(request: TestRequest, token: string, csrf: boolean): Promise<EndpointAnswer> {
  const authorization = `Bearer ${token}`
  const headers = new Headers(request.headers.map(({ name, value }) => [name, value]))
  headers.set('authorization', authorization)
  const credentials = csrf ? 'same-origin' : 'omit'
  if (csrf) {
    const fetched = await ask(request.path, { credentials, headers: { authorization, 'x-csrf-token': 'Fetch' } })
    headers.set('x-csrf-token', fetched.headers.get('x-csrf-token') ?? '')
  }
  const { body } = request
  const content =
    body.kind === 'text' ? new TextEncoder().encode(body.text) : body.kind === 'file' ? body.content : null
  const startedAt = performance.now()
  const response = await ask(request.path, {
    method: request.method,
    credentials,
    headers,
    body: takesBody(request.method) ? content : null,
    redirect: 'manual',
    cache: 'no-store',
  })
  const answered = await response.blob()
  return {
    status: response.status,
    statusText: response.statusText,
    durationMs: performance.now() - startedAt,
    headers: [...response.headers],
    body: answered,
    text: await textOf(answered, response.headers.get('content-type') ?? ''),
  }
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    throw new UnreachableError(error)
  }
}

async function textOf(body: Blob, contentType: string): Promise<string | undefined> {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(await body.arrayBuffer())
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

import { sendWithProgress } from './send-with-progress.ts'

/** What the server said no to, in its own words. */
export class ApiError extends Error {
  readonly status: number
  /** Stable, such as `client-exists`; empty where the server gave none. */
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

/** The server did not answer at all. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause })
    this.name = 'UnreachableError'
  }
}

export interface CallOptions {
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: BodyInit
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Told how much of the body has been sent, from 0 to 1. */
  readonly onProgress?: OnProgress
}

/** Is told how much has been sent, from 0 to 1. */
export type OnProgress = (share: number) => void

const sessionPath = '/api/session/v1'
/** Where a password stands for a session. */
const passwordPath = `${sessionPath}/password`
const passwordPaths: readonly string[] = [sessionPath, passwordPath]
let csrfToken: string | undefined
/** How many requests were sent, and which of those that were accepted was sent last. */
let sentCount = 0
let lastAccepted = 0
const endListeners = new Set<() => void>()
const reachListeners = new Set<() => void>()
let isReachable = true

/** Tells when a call found that nobody is signed in. Returns the unsubscribe function. */
export function onSessionEnd(listener: () => void): () => void {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

/** Whether the last call had an answer. */
export function isServerReachable(): boolean {
  return isReachable
}

/** Tells when the server stops or begins to answer. Returns the unsubscribe function. */
export function onReachability(listener: () => void): () => void {
  reachListeners.add(listener)
  return () => reachListeners.delete(listener)
}

function noteReachable(now: boolean): void {
  if (now === isReachable) return
  isReachable = now
  for (const listener of reachListeners) listener()
}

/**
 * Calls the server that this page came from, as the user who is signed in. Throws `ApiError` for every answer of 400 and
 * above, `UnreachableError` when there is none.
 */
export async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const hasPassword = method === 'POST' && passwordPaths.includes(path)
  const isChange = method !== 'GET' && method !== 'HEAD' && !hasPassword
  if (isChange && csrfToken === undefined) await fetchToken()
  const number = ++sentCount
  const response = await send(method, path, options)
  if (response.ok) lastAccepted = Math.max(lastAccepted, number)
  if (response.status === 401 && number < lastAccepted && !hasPassword) {
    // It was sent before somebody signed in again, maybe somebody else: what was theirs to change is not changed in another's name.
    if (isChange) throw await errorOf(response)
    await response.body?.cancel()
    return call(method, path, options)
  }
  if (isChange && response.status === 403 && response.headers.get('x-csrf-token') === 'Required') {
    // The session is another than when the token was fetched.
    await fetchToken()
    return checked(await send(method, path, options), path)
  }
  return checked(response, path)
}

/** As `call`; resolves with the JSON of the answer. */
export async function callJson<Answer>(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await call(method, path, options)
  return (await response.json()) as Answer
}

async function fetchToken(): Promise<void> {
  await checked(await send('GET', sessionPath, {}), sessionPath)
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const { json, body, headers, signal, onProgress } = options
  const init: RequestInit = {
    method,
    headers: {
      accept: 'application/json',
      // Or the browser would show its own sign-in dialog.
      'x-requested-with': 'XMLHttpRequest',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(csrfToken !== undefined && { 'x-csrf-token': csrfToken }),
      ...headers,
    },
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
    ...(signal && { signal }),
  }
  const asked = onProgress ? sendWithProgress(path, init, onProgress) : fetch(path, init)
  const response = await asked.catch((error: unknown) => {
    if (signal?.aborted) throw error
    noteReachable(false)
    throw new UnreachableError(error)
  })
  noteReachable(true)
  const token = response.headers.get('x-csrf-token')
  if (token !== null && token !== 'Required') csrfToken = token
  return response
}

async function checked(response: Response, path: string): Promise<Response> {
  if (response.ok) return response
  if (response.status === 401) {
    csrfToken = undefined
    // A password was wrong, not the session.
    if (path !== passwordPath) for (const listener of endListeners) listener()
  }
  throw await errorOf(response)
}

/** Problem details (RFC 9457) of Sluice's own APIs, or an OData error. */
async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text()
  const { status } = response
  try {
    const body = JSON.parse(text)
    const odata = body.error
    if (odata) return new ApiError(status, odata.innererror?.code ?? '', odata.message?.value ?? text)
    return new ApiError(status, body.code ?? '', body.detail ?? body.title ?? text)
  } catch {
    return new ApiError(status, '', text || response.statusText || String(status))
  }
}

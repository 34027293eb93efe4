import { useSyncExternalStore } from 'react'
import type { EndpointAnswer } from '../api/message-endpoint.ts'
import type { IssuedToken } from './issued-token.ts'
import type { HeaderRow, TestRequest } from './test-request.ts'

/** A request that was sent, and what came of it. */
export interface Exchange {
  readonly number: number
  readonly at: Date
  readonly clientId: string
  readonly request: TestRequest
  readonly answer: EndpointAnswer
}

/** What is typed and what has happened on the page. */
export interface TestSession {
  readonly address: string
  readonly tail: string
  readonly clientId: string
  readonly secret: string
  readonly format: '' | 'jwt' | 'jwtrfc'
  readonly token: IssuedToken | undefined
  readonly method: string
  readonly headers: readonly HeaderRow[]
  readonly bodyKind: TestRequest['body']['kind']
  readonly text: string
  readonly file: File | undefined
  readonly csrf: boolean
  /** The newest first. */
  readonly history: readonly Exchange[]
  readonly shown: Exchange | undefined
}

const historyMax = 50

let session: TestSession = {
  address: '',
  tail: '',
  clientId: '',
  secret: '',
  format: '',
  token: undefined,
  method: 'POST',
  headers: [{ name: 'Content-Type', value: 'text/plain' }],
  bodyKind: 'text',
  text: '',
  file: undefined,
  csrf: false,
  history: [],
  shown: undefined,
}
const listeners = new Set<() => void>()

/**
 * The session of tests: in memory only, so that it is there after a look at another page, and gone, with secret and token,
 * when the page is loaded anew or somebody signs out.
 */
export function useTestSession(): TestSession {
  return useSyncExternalStore(subscribe, () => session)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Changes some of it. A change of what is there is given as a function: an event may find a component not yet drawn anew. */
export function updateTestSession(change: Partial<TestSession> | ((now: TestSession) => Partial<TestSession>)): void {
  session = { ...session, ...(typeof change === 'function' ? change(session) : change) }
  for (const listener of listeners) listener()
}

/** Keeps what was sent and answered, and shows it. */
export function addExchange(exchange: Omit<Exchange, 'number'>): void {
  const shown = { ...exchange, number: (session.history[0]?.number ?? 0) + 1 }
  updateTestSession({ history: [shown, ...session.history].slice(0, historyMax), shown })
}

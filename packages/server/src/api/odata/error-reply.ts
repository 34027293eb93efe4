import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { acceptedFormat, ODataError, renderError } from '@sluice/odata'
import type { Logger } from 'pino'
import { STATUS_CODES } from '../../http/node-http.ts'
import { Problem } from '../../http/problem.ts'
import type { ErrorReply } from '../../http/problem-reply.ts'
import { KeystoreError } from '../../keystore/keystore-error.ts'
import { DuplicateError } from '../../store/store.ts'
import type { Reply } from './reply.ts'

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
  readonly reason: string
}

/** What was thrown at a request as an answer, and what the access log should say. */
export function errorReply(error: unknown, { url, headers }: IncomingMessage, log: Logger): ErrorReply {
  const { status, contentType, headers: more, body, reason } = refuse(error, { url, accept: headers.accept }, log)
  return { status, headers: { ...protocolHeaders, 'content-type': contentType, ...more }, body, reason }
}

/** Sent with every answer. */
export const protocolHeaders = { dataserviceversion: '2.0', 'cache-control': 'no-store' }

/** An error as a reply; `reason` is for the access log. */
export interface RefusalReply extends Reply {
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly reason: string
}

/**
 * Turns whatever was thrown into the protocol's error document, in the format that the request asks for, also where its URL
 * could not be understood. What is nobody's known mistake is a bug: logged whole under an ID, answered with that ID and
 * nothing else.
 */
export function refuse(
  error: unknown,
  { url, accept }: { readonly url: string | undefined; readonly accept: string | undefined },
  log: Logger,
): RefusalReply {
  const { status, code, message, headers, reason } = refusalOf(error) ?? bug(error, log)
  const phrase = STATUS_CODES[status] ?? 'Error'
  const format = /[?&]\s*(?:\$|%24)format=json/i.test(url ?? '') ? 'json' : acceptedFormat(accept)
  return { status, headers, reason, ...renderError({ phrase, message, code }, format) }
}

function refusalOf(thrown: unknown): Refusal | undefined {
  const error = knownMistake(thrown)
  if (!error) return undefined
  const { status, message, headers } = error
  const code = error instanceof ODataError ? (error.detail ?? error.code) : error.code
  return { status, code, message, headers, reason: error.reason ?? message }
}

function knownMistake(error: unknown): ODataError | Problem | undefined {
  if (error instanceof ODataError || error instanceof Problem) return error
  if (error instanceof DuplicateError) {
    return new ODataError('duplicate', `Expected an unused key, found "${error.key}", which exists already`)
  }
  if (error instanceof KeystoreError) return new ODataError('invalid-value', error.message, { cause: error })
  // Fastify's.
  if (error instanceof Error && 'code' in error && error.code === 'FST_ERR_BAD_URL') {
    return new ODataError('malformed-url', 'Expected UTF-8 in percent-encoding in the path', { cause: error })
  }
  return undefined
}

function bug(error: unknown, log: Logger): Refusal {
  const id = randomUUID()
  log.error({ err: error, errorId: id }, 'unexpected error')
  const message = `The server failed. Its log has the details under ${id}.`
  return { status: 500, code: 'internal-error', message, headers: {}, reason: `internal error ${id}` }
}

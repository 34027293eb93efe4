import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { acceptedFormat, type Format, ODataError, renderError } from '@sluice/odata'
import type { Logger } from 'pino'
import { STATUS_CODES } from '../../http/node-http.ts'
import { Problem } from '../../http/problem.ts'
import type { ErrorReply } from '../../http/problem-reply.ts'
import { KeystoreError } from '../../keystore/keystore-error.ts'
import { DuplicateError } from '../../store/store.ts'

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
  readonly reason: string
}

/**
 * Turns whatever was thrown into the protocol's error document, and says what the access log should. What is nobody's
 * known mistake is a bug: logged whole under an ID, answered with that ID and nothing else.
 */
export function errorReply(error: unknown, request: IncomingMessage, log: Logger): ErrorReply {
  const { status, code, message, headers, reason } = refusalOf(error) ?? bug(error, log)
  const phrase = STATUS_CODES[status] ?? 'Error'
  const { contentType, body } = renderError({ phrase, message, code }, formatFor(request))
  return { status, headers: { ...protocolHeaders, 'content-type': contentType, ...headers }, body, reason }
}

/** Sent with every answer. */
export const protocolHeaders = { dataserviceversion: '2.0', 'cache-control': 'no-store' }

/** The format of an error, also of a URL that could not be understood. */
function formatFor({ url, headers }: IncomingMessage): Format {
  return /[?&]\s*(?:\$|%24)format=json/i.test(url ?? '') ? 'json' : acceptedFormat(headers.accept)
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
  if (!isFastifyError(error)) return undefined
  if (error.code === 'FST_ERR_BAD_URL') {
    return new ODataError('malformed-url', 'Expected UTF-8 in percent-encoding in the path', { cause: error })
  }
  return error.statusCode === 413
    ? new ODataError('body-too-large', 'Expected a smaller request body: it is over the limit of the server')
    : new ODataError('malformed-body', 'Expected the request body to be as long as its headers say', { cause: error })
}

/** Fastify's own errors about a request carry a status below 500. */
function isFastifyError(error: unknown): error is Error & { readonly statusCode: number; readonly code: string } {
  if (!(error instanceof Error && 'statusCode' in error && 'code' in error)) return false
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
}

function bug(error: unknown, log: Logger): Refusal {
  const id = randomUUID()
  log.error({ err: error, errorId: id }, 'unexpected error')
  const message = `The server failed. Its log has the details under ${id}.`
  return { status: 500, code: 'internal-error', message, headers: {}, reason: `internal error ${id}` }
}

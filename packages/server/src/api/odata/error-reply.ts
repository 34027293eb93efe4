import { randomUUID } from 'node:crypto'
import { type Format, ODataError, renderError } from '@sluice/odata'
import type { Logger } from 'pino'
import { STATUS_CODES } from '../../http/node-http.ts'
import { Problem } from '../../http/problem.ts'
import { DuplicateError } from '../../store/store.ts'
import type { Reply } from './reply.ts'

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
export function errorReply(error: unknown, format: Format, log: Logger): Reply & { readonly reason: string } {
  const { status, code, message, headers, reason } = refusalOf(error) ?? bug(error, log)
  const { contentType, body } = renderError({ phrase: STATUS_CODES[status] ?? 'Error', message, code }, format)
  return { status, headers, contentType, body, reason }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof ODataError) {
    const { status, message, headers } = error
    return { status, code: error.detail ?? error.code, message, headers, reason: error.reason ?? message }
  }
  if (error instanceof Problem) {
    const { status, code, message, headers } = error
    return { status, code, message, headers, reason: error.reason ?? message }
  }
  if (error instanceof DuplicateError) {
    return refusalOf(new ODataError('duplicate', `Expected an unused key, found "${error.key}", which exists already`))
  }
  const status = statusOf(error)
  if (status === 413) {
    return refusalOf(
      new ODataError('body-too-large', 'Expected a smaller request body: it is over the limit of the server'),
    )
  }
  return status === undefined
    ? undefined
    : refusalOf(
        new ODataError('malformed-body', 'Expected the request body to be as long as its headers say', {
          cause: error,
        }),
      )
}

/** Fastify's own errors about a body carry a status below 500. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined
}

function bug(error: unknown, log: Logger): Refusal {
  const id = randomUUID()
  log.error({ err: error, errorId: id }, 'unexpected error')
  const message = `The server failed. Its log has the details under ${id}.`
  return { status: 500, code: 'internal-error', message, headers: {}, reason: `internal error ${id}` }
}

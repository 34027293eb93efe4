import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { LastAdministratorError } from '../identity/administrators.ts'
import { ArchiveError } from '../runtime/archive.ts'
import { BodyIncompleteError, BodyTooLargeError } from './body.ts'
import { Problem } from './problem.ts'

/** An error as it leaves the process. */
export interface ErrorReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** For the access log. */
  readonly reason: string
}

/**
 * The one place that turns errors of Sluice's own APIs and of the message endpoints into answers: problem details of
 * RFC 9457. What is not a known mistake of the caller is a bug: logged whole under an ID, answered with that ID and nothing else.
 */
export function problemReply(error: unknown, log: Logger): ErrorReply {
  const problem = asProblem(error)
  if (problem) {
    const { status, code, message } = problem
    return reply(status, code, message, problem.reason ?? message, problem.headers)
  }
  const id = randomUUID()
  log.error({ err: error, errorId: id }, 'unexpected error')
  return reply(
    500,
    'internal-error',
    `The server failed. Its log has the details under ${id}.`,
    `internal error ${id}`,
    {},
  )
}

function reply(
  status: number,
  code: string,
  detail: string,
  reason: string,
  headers: Readonly<Record<string, string>>,
): ErrorReply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ status, code, detail }),
    reason,
  }
}

function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof BodyTooLargeError) return new Problem(413, 'body-too-large', `${error.message}.`)
  if (error instanceof BodyIncompleteError) return new Problem(400, 'body-incomplete', `${error.message}.`)
  if (error instanceof LastAdministratorError) return new Problem(409, 'last-administrator', error.message)
  if (error instanceof ArchiveError) return new Problem(400, error.code, error.message)
  return asFastifyProblem(error)
}

/** Fastify's own errors about a request (validation, unreadable JSON, body limit) carry a status below 500. */
function asFastifyProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined
  if (error.statusCode < 400 || error.statusCode >= 500) return undefined
  const code =
    'validation' in error ? 'invalid-request' : 'code' in error ? fastifyCode(String(error.code)) : 'bad-request'
  return new Problem(error.statusCode, code, error.message)
}

function fastifyCode(code: string): string {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body-too-large'
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'unsupported-media-type'
  return 'bad-request'
}

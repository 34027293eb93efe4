/**
 * The caller's mistake on one of Sluice's own JSON APIs. Rendered as RFC 9457 problem details by the one error handler
 * in `http/`; `reason` goes to the access log only.
 */
export class Problem extends Error {
  readonly status: number
  /** Stable, in kebab-case: `client-exists`, `unknown-role`, … */
  readonly code: string
  /** For the access log, never for the caller. */
  readonly reason: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { reason?: string; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause })
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.reason = more.reason
    this.headers = more.headers ?? {}
  }
}

/** One kind of answer to a caller's mistake. */
interface ErrorKind {
  readonly status: number
  /** The HTTP reason phrase: what the original puts into `error.code`. */
  readonly phrase: string
}

/** Every way in which a request can be refused. Frozen: clients and tests compare these codes. */
export const odataErrors = Object.freeze({
  'malformed-url': { status: 400, phrase: 'Bad Request' },
  'malformed-key': { status: 400, phrase: 'Bad Request' },
  'malformed-option': { status: 400, phrase: 'Bad Request' },
  'malformed-filter': { status: 400, phrase: 'Bad Request' },
  'unknown-property': { status: 400, phrase: 'Bad Request' },
  'malformed-batch': { status: 400, phrase: 'Bad Request' },
  'malformed-body': { status: 400, phrase: 'Bad Request' },
  'invalid-value': { status: 400, phrase: 'Bad Request' },
  'invalid-artifact': { status: 400, phrase: 'Bad Request' },
  forbidden: { status: 403, phrase: 'Forbidden' },
  'csrf-token-required': { status: 403, phrase: 'Forbidden' },
  'unknown-resource': { status: 404, phrase: 'Not Found' },
  'not-found': { status: 404, phrase: 'Not Found' },
  'method-not-allowed': { status: 405, phrase: 'Method Not Allowed' },
  'not-acceptable': { status: 406, phrase: 'Not Acceptable' },
  duplicate: { status: 409, phrase: 'Conflict' },
  conflict: { status: 409, phrase: 'Conflict' },
  'body-too-large': { status: 413, phrase: 'Payload Too Large' },
  'unsupported-media-type': { status: 415, phrase: 'Unsupported Media Type' },
  locked: { status: 423, phrase: 'Locked' },
} as const satisfies Record<string, ErrorKind>)

/** A key of the catalogue. */
export type ODataErrorCode = keyof typeof odataErrors

/** The caller's mistake on an OData service: status, code and message are public, `reason` and `cause` are not. */
export class ODataError extends Error {
  readonly code: ODataErrorCode
  readonly status: number
  /** More exact than `code`, and public: for `invalid-artifact`, what is wrong with it (`not-a-zip`, …). */
  readonly detail: string | undefined
  /** For the log, never for the caller. */
  readonly reason: string | undefined
  readonly headers: Readonly<Record<string, string>>

  /** `message` is public, in the pattern "Expected …, found …". */
  constructor(
    code: ODataErrorCode,
    message: string,
    more: { detail?: string; reason?: string; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'ODataError'
    this.code = code
    this.status = odataErrors[code].status
    this.detail = more.detail
    this.reason = more.reason
    this.headers = more.headers ?? {}
  }
}

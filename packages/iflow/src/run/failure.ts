/** Stable codes of failures; what tests and clients compare. Grows with the steps and adapters. */
export type FailureCode =
  | 'branch-limit'
  | 'call-depth'
  | 'cancelled'
  | 'charset'
  | 'connection'
  | 'conversion'
  | 'credential'
  | 'data-store'
  | 'decoding'
  | 'duplicate-entry'
  | 'entry-missing'
  | 'error-end'
  | 'escalation'
  | 'expression'
  | 'mapping'
  | 'no-consumer'
  | 'no-route'
  | 'not-json'
  | 'not-well-formed'
  | 'number-range'
  | 'queue'
  | 'receiver'
  | 'receiver-status'
  | 'receiver-timeout'
  | 'response-too-large'
  | 'run-time-limit'
  | 'script'
  | 'script-limit'
  | 'size-limit'
  | 'step'
  | 'step-limit'
  | 'stylesheet'
  | 'stylesheet-limit'
  | 'token-service'
  | 'validation'
  | 'variable-missing'
  | 'work-limit'

/** What a failure is made of besides its message. */
export interface FailureOptions {
  readonly code: FailureCode
  /** BPMN id of the step at which the run failed; filled in by the executor when the step does not know it. */
  readonly stepId?: string | undefined
  /** Whether trying the same message again later may succeed. */
  readonly retry?: 'never' | 'later'
  readonly cause?: unknown
  readonly exception?: FailureException | undefined
}

/** What flows read of the original's exception besides its message. */
export interface FailureException {
  /** The Java class whose name scripts compare, for example `org.apache.camel.component.ahc.AhcOperationFailedException`. */
  readonly className: string
  /** By bean property: `statusCode` is what `getStatusCode()` returns in the original. */
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * The world's fault during a run: a receiver that answered 503, a header that was not there, a script that threw.
 * Executors hand it to the exception subprocess or end the run as FAILED. Anything else that is thrown is a bug.
 */
export class Failure extends Error {
  readonly code: FailureCode
  readonly stepId: string | undefined
  readonly retry: 'never' | 'later'
  readonly exception: FailureException | undefined

  constructor(message: string, options: FailureOptions) {
    super(message, { cause: options.cause })
    this.name = 'Failure'
    this.code = options.code
    this.stepId = options.stepId
    this.retry = options.retry ?? 'never'
    this.exception = options.exception
  }

  /** The same failure, placed at `stepId` unless it already knows where it happened. */
  at(stepId: string): Failure {
    if (this.stepId !== undefined) return this
    const { code, retry, cause, exception } = this
    return new Failure(this.message, { code, retry, cause, exception, stepId })
  }
}

import { type Clock, Failure, type HttpAnswer, type Report } from '@sluice/iflow'

/** When and how often a request is tried again. */
export interface RetryPolicy {
  readonly iterations: number
  readonly intervalMs: number
  /** Besides failing connections. */
  readonly statusCodes: ReadonlySet<number>
}

/** Longest wait that an answer can ask for; also the longest that a channel can be configured to. */
const waitMsMax = 60_000

/** Reads `httpErrorResponseCodes`; undefined when something was reported. */
export function readStatusCodes(text: string, report: Report): ReadonlySet<number> | undefined {
  const codes = text.split(/[\s,;|]+/).filter(code => code !== '')
  if (codes.every(code => /^[1-5]\d\d$/.test(code))) return new Set(codes.map(Number))
  report('invalid-value', `Expected property "httpErrorResponseCodes" to be status codes, found "${text}".`)
  return undefined
}

/** Sends until an attempt succeeds, fails for good, or was the last. */
export async function retrying(
  send: () => Promise<HttpAnswer>,
  { iterations, intervalMs, statusCodes }: RetryPolicy,
  clock: Clock,
): Promise<HttpAnswer> {
  for (let left = iterations; ; left -= 1) {
    const outcome = await send().catch((error: unknown) => {
      if (error instanceof Failure) return error
      throw error
    })
    const isRetried = outcome instanceof Failure ? outcome.code === 'connection' : statusCodes.has(outcome.status)
    if (left > 0 && isRetried) {
      await clock.sleep(retryAfterMs(outcome) ?? intervalMs)
    } else if (outcome instanceof Failure) {
      throw outcome
    } else {
      return outcome
    }
  }
}

/** Header `Retry-After` in seconds (RFC 9110 section 10.2.3); as a date it is not read. */
function retryAfterMs(outcome: HttpAnswer | Failure): number | undefined {
  if (outcome instanceof Failure) return undefined
  const [, value = ''] = outcome.headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? []
  return /^\d{1,9}$/.test(value) ? Math.min(Number(value) * 1000, waitMsMax) : undefined
}

/** Whose requests are counted together. */
export interface CallerKey {
  /** The ID that was presented, whether or not it exists. */
  readonly id: string
  readonly address: string
}

/** Most callers that are remembered at a time; the one that was quiet longest is forgotten first. */
export const callersMax = 10_000

/** What a caller is remembered by, of bounded length. */
export function callerName({ id, address }: CallerKey): string {
  return `${address} ${id.slice(0, 128)}`
}

/** How many requests may be made to wait; beyond that they are answered with 429 at once. */
export const waitingLimits = Object.freeze({
  /** Of one caller. */
  caller: 256,
  /** Of all callers. */
  total: 4096,
})

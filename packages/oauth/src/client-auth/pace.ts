/** A rate that callers are held to. */
export interface PaceLimits {
  /** How many go at once after a quiet minute, and how many a minute after that. */
  readonly perMinute: number
  /** The longest a caller is made to wait, in milliseconds, before it is refused instead. */
  readonly delayMsMax: number
}

/** What a caller has used of a rate: the generic cell rate algorithm, which needs one number. */
export class Pace {
  #nextFreeAt = 0

  /**
   * Counts a request at `now`, which weighs `cost` requests, and returns how many milliseconds it has to wait. One that would
   * have to wait longer than `delayMsMax` is to be refused, and is not counted.
   */
  take(now: number, { perMinute, delayMsMax }: PaceLimits, cost = 1): number {
    const start = Math.max(now, this.#nextFreeAt)
    const end = start + (cost * 60_000) / perMinute
    const waitMs = Math.max(0, end - 60_000 - now)
    if (waitMs <= delayMsMax) this.#nextFreeAt = end
    return waitMs
  }
}

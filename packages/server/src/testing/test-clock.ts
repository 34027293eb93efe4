/**
 * A clock that stands still until a test moves it. Sleeping moves it, too: whoever waits goes on at once, at the time it
 * would have been.
 */
export class TestClock {
  #now: number

  /** Starts at 2026-01-01T00:00:00Z unless told otherwise. */
  constructor(now: number = Date.UTC(2026, 0, 1)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  advance(ms: number): void {
    this.#now += ms
  }

  async sleep(ms: number): Promise<void> {
    this.advance(ms)
  }
}

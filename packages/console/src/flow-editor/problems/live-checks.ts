/** What live checks tell: that one has begun, what it found, or why it could not be made. */
export interface CheckListener<Found> {
  began(): void
  found(result: Found): void
  failed(error: Error): void
}

/** How long nothing must have changed before a check begins, in milliseconds. */
export const checkAfterMs = 500

/** Checks what is edited when it has been left alone for a moment; never two at once. */
export class LiveChecks<Found> {
  readonly #check: (signal: AbortSignal) => Promise<Found>
  readonly #listener: CheckListener<Found>
  readonly #aborting = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #isChecking = false
  #isStale = false

  constructor(check: (signal: AbortSignal) => Promise<Found>, listener: CheckListener<Found>) {
    this.#check = check
    this.#listener = listener
  }

  /** To be called after each change. */
  readonly changed = (): void => {
    if (this.#aborting.signal.aborted) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.now(), checkAfterMs)
  }

  /** Checks at once, or again as soon as the check under way has ended. */
  async now(): Promise<void> {
    clearTimeout(this.#timer)
    this.#isStale = true
    if (this.#isChecking) return
    this.#isChecking = true
    while (this.#isStale && !this.#aborting.signal.aborted) {
      this.#isStale = false
      await this.#once(this.#aborting.signal)
    }
    this.#isChecking = false
  }

  /** Nothing is told from then on. */
  end(): void {
    clearTimeout(this.#timer)
    this.#aborting.abort()
  }

  async #once(signal: AbortSignal): Promise<void> {
    this.#listener.began()
    try {
      const result = await this.#check(signal)
      if (!signal.aborted) this.#listener.found(result)
    } catch (error) {
      if (!signal.aborted) this.#listener.failed(error as Error)
    }
  }
}

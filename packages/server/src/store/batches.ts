/** How long one batch may hold the database, in milliseconds: whoever else asks it waits meanwhile. */
const holdMs = 5

/** Rows of a batch; powers of two, because each number is a statement of its own to the database. */
const [smallest, first, largest] = [16, 128, 1024]

/** How many rows a batch has: as many as the database deletes in a few milliseconds, wherever they lie and whoever else is busy. */
export class BatchSize {
  #rows: number = first

  get rows(): number {
    return this.#rows
  }

  /** A batch of so many rows took so long. */
  note(rows: number, ms: number): void {
    if (ms > holdMs) this.#rows = Math.max(smallest, this.#rows / 2)
    else if (rows >= this.#rows && ms < holdMs / 2) this.#rows = Math.min(largest, this.#rows * 2)
  }
}

/**
 * Runs `step`, which deletes at most `limit` rows and says how many there were, until there are none; resolves with how many
 * in all. `now` is a clock in milliseconds.
 */
export async function inBatches(
  step: (limit: number) => Promise<number>,
  isStopped: () => boolean = () => false,
  now: () => number = () => performance.now(),
): Promise<number> {
  const size = new BatchSize()
  let total = 0
  while (!isStopped()) {
    const began = now()
    const rows = await step(size.rows)
    if (rows === 0) break
    total += rows
    size.note(rows, now() - began)
    // The database works in the turn of the event loop that asks.
    await new Promise(resolve => setImmediate(resolve))
  }
  return total
}

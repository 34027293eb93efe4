import { createHash } from 'node:crypto'
import type { Clock, Random } from '@sluice/iflow'

/** A clock that stands still; whoever sleeps moves it, and goes on at once. */
export class StandingClock implements Clock {
  #now: number

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  async sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds
  }
}

/** The same bytes for the same seed. */
export class SeededRandom implements Random {
  readonly #seed: string
  #blocks = 0

  constructor(seed: string) {
    this.#seed = seed
  }

  bytes(count: number): Uint8Array {
    const blocks: Uint8Array[] = []
    for (let length = 0; length < count; length += 32) {
      this.#blocks += 1
      blocks.push(createHash('sha256').update(`${this.#seed}/${this.#blocks}`).digest())
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, count))
  }

  /** In the form of message IDs. */
  messageGuid(): string {
    const bytes = Buffer.from(this.bytes(21))
    bytes[0] = (bytes[0] ?? 0) & 0x03
    return bytes.toString('base64url')
  }
}

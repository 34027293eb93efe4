import { randomBytes, randomFillSync } from 'node:crypto'
import type { Random } from '@sluice/oauth'

/** Bytes drawn at a time: thousands cost hardly more than a few. */
const poolBytes = 4096

/** The system's random numbers. Each byte is handed out once. */
export function createRandom(): Random {
  let pool = new Uint8Array(0)
  let used = 0
  return {
    bytes(count) {
      if (count > poolBytes) return randomBytes(count)
      if (used + count > pool.length) {
        // A new one: whoever was given bytes of the old one keeps them.
        pool = randomFillSync(new Uint8Array(poolBytes))
        used = 0
      }
      used += count
      return pool.subarray(used - count, used)
    },
  }
}

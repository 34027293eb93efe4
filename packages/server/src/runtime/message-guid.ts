import { randomFillSync } from 'node:crypto'

const pool = Buffer.allocUnsafe(15 * 256)
let used = pool.length

/**
 * A message processing log ID: 28 characters of base64url that begin with `A`, as in the original. The leading bits are
 * the time, so that rows of the same hour lie side by side in the index; the other 120 bits are random.
 */
export function messageGuid(now: number): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.allocUnsafe(21)
  bytes.writeUIntBE(Math.floor(now / 4) % 2 ** 42, 0, 6)
  pool.copy(bytes, 6, used, used + 15)
  used += 15
  return bytes.toString('base64url')
}

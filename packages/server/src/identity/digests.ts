import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Digests } from '@sluice/oauth'

/** Fast digests by node:crypto. */
export function createDigests(): Digests {
  // SHA-256 of key and text is no MAC for others to check, and needs to be none: the digests never leave the process.
  const key = randomBytes(32).toString('hex')
  return {
    sha256,
    keyed: text => sha256(`${key}${text}`),
    equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  }
}

/** By way of text: a buffer from `hash` itself is allocated outside the heap and takes twice as long. */
function sha256(text: string): Uint8Array {
  return Buffer.from(hash('sha256', text, 'hex'), 'hex')
}

import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Digests } from '@sluice/oauth'

/** Fast digests by node:crypto. */
export function createDigests(): Digests {
  // SHA-256 of key and text is no MAC for others to check, and needs to be none: the digests never leave the process.
  const key = randomBytes(32).toString('hex')
  return {
    sha256: text => hash('sha256', text, 'buffer'),
    keyed: text => hash('sha256', `${key}${text}`, 'buffer'),
    equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  }
}

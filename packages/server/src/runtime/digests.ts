import { createHash, webcrypto } from 'node:crypto'
import type { Digests } from '@sluice/iflow'

/** Hash functions for running flows; large contents are hashed beside the event loop, but for MD5, which the platform has not there. */
export const platformDigests: Digests = {
  async digest(algorithm, bytes) {
    if (algorithm === 'MD5') return createHash('md5').update(bytes).digest()
    return new Uint8Array(await webcrypto.subtle.digest(algorithm, Uint8Array.from(bytes)))
  },
}

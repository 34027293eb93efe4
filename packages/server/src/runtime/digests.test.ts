import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DigestAlgorithm } from '@sluice/iflow'
import { platformDigests } from './digests.ts'

/** Of `abc`: RFC 1321 appendix A.5 and FIPS 180 examples, their beginnings. */
const known: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: '900150983cd24fb0',
  'SHA-1': 'a9993e364706816a',
  'SHA-256': 'ba7816bf8f01cfea',
  'SHA-384': 'cb00753f45a35e8b',
  'SHA-512': 'ddaf35a193617aba',
}

for (const [algorithm, start] of Object.entries(known)) {
  test(`${algorithm} is itself`, async () => {
    const digest = await platformDigests.digest(algorithm as DigestAlgorithm, Buffer.from('abc'))
    assert.equal(Buffer.from(digest).toString('hex').slice(0, 16), start)
  })
}

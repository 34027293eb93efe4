import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDigests } from './digests.ts'

const digests = createDigests()

test('sha256 is SHA-256 of the UTF-8 text (FIPS 180-4)', () => {
  const hex = Buffer.from(digests.sha256('abc')).toString('hex')
  assert.equal(hex, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('keyed digests are the same within a process and differ between two keys', () => {
  assert.deepEqual(digests.keyed('abc'), digests.keyed('abc'))
  assert.notDeepEqual(digests.keyed('abc'), digests.keyed('abd'))
  assert.notDeepEqual(digests.keyed('abc'), createDigests().keyed('abc'))
  assert.notDeepEqual(digests.keyed('abc'), digests.sha256('abc'))
})

test('digests of other length or content are not equal', () => {
  const [a, b] = [digests.sha256('a'), digests.sha256('b')]
  assert.equal(digests.equal(a, digests.sha256('a')), true)
  assert.equal(digests.equal(a, b), false)
  assert.equal(digests.equal(a, a.subarray(1)), false)
})

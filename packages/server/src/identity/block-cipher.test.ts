import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBlockCipher } from './block-cipher.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const key = bytes('000102030405060708090a0b0c0d0e0f')

test('it is AES-128 (the example vector of FIPS 197, appendix C.1)', () => {
  const cipher = createBlockCipher(key)
  const encrypted = cipher.encrypt(bytes('00112233445566778899aabbccddeeff'))
  assert.equal(Buffer.from(encrypted).toString('hex'), '69c4e0d86a7b0430d8cdb78070b4c55a')
})

test('each block comes back at once, whatever came before it, on every server with the key', () => {
  const [here, there] = [createBlockCipher(key), createBlockCipher(key)]
  for (let index = 0; index < 300; index++) {
    const block = Buffer.alloc(16, index)
    assert.deepEqual(Buffer.from(there.decrypt(here.encrypt(block))), block)
    assert.equal(here.decrypt(block).length, 16)
  }
})

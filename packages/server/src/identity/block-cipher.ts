import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { BlockCipher } from '@sluice/oauth'

/** AES-128 (FIPS 197) on single blocks of 16 bytes; `key` has 16 bytes. */
export function createBlockCipher(key: Uint8Array): BlockCipher {
  // Kept, because creating one costs more than using it. A block of ECB depends on nothing but itself and the key.
  const encryption = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  const decryption = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  return {
    encrypt: block => encryption.update(block),
    decrypt: block => decryption.update(block),
  }
}

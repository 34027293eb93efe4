import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; layout: nonce 12 bytes, tag 16 bytes, ciphertext. */
const NONCE = 12
const TAG = 16

export interface Seal {
  /** `name` is authenticated with the value, so that a sealed value cannot be moved to another name. */
  seal(name: string, value: Uint8Array): Uint8Array
  /** Undefined when the key is another one, or value or name were changed. */
  open(name: string, sealed: Uint8Array): Uint8Array | undefined
}

/** `key`: 32 bytes. */
export function createSeal(key: Uint8Array): Seal {
  return {
    seal(name, value) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
      cipher.setAAD(Buffer.from(name))
      const text = [cipher.update(value), cipher.final()]
      return Buffer.concat([nonce, cipher.getAuthTag(), ...text])
    },
    open(name, sealed) {
      if (sealed.length < NONCE + TAG) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(name))
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
      try {
        return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]))
      } catch {
        return undefined
      }
    },
  }
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A sign-in that a browser has begun and the provider has not answered yet. */
export interface PendingSignIn {
  /** The identity provider, by name. */
  readonly provider: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Path of this server to go on to. */
  readonly returnTo: string
  readonly expiresAt: number
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/**
 * Keeps sign-ins that are under way in the browsers where they were begun, so that anybody may begin any number of them without
 * filling the store. Browsers can neither read nor make them up. `key`: 32 bytes.
 */
export function createPendingSignIns(key: Uint8Array) {
  return {
    /** As text of base64url characters. */
    seal(pending: PendingSignIn): string {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, key, iv)
      const sealed = [iv, cipher.update(JSON.stringify(pending), 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },
    /** Undefined when it was not sealed with this key. */
    open(text: string): PendingSignIn | undefined {
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length < ivBytes + tagBytes) return undefined
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      try {
        const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()])
        return JSON.parse(opened.toString('utf8')) as PendingSignIn
      } catch {
        return undefined
      }
    },
  }
}

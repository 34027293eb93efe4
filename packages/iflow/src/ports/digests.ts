/** Hash functions, which the host's platform has. */
export interface Digests {
  digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<Uint8Array>
}

/** A hash function: MD5 (RFC 1321), or one of the Secure Hash Standard (FIPS 180-4). */
export type DigestAlgorithm = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

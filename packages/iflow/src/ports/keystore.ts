/** The tenant's key pairs and trusted certificates. Aliases are compared without regard to case. */
export interface Keystore {
  /** All aliases, by the alphabet. */
  aliases(): Promise<readonly string[]>
  /** A trusted certificate, or the chain of a key pair with its own certificate first. Undefined when there is no such entry. */
  certificates(alias: string): Promise<readonly Certificate[] | undefined>
  /** Undefined when there is no such entry, or a certificate only. */
  keyPair(alias: string): Promise<KeyPair | undefined>
}

/** An X.509 certificate (RFC 5280) in DER. */
export type Certificate = Uint8Array

/** A private key and what proves whose it is. */
export interface KeyPair {
  /** PKCS #8 (RFC 5958) in DER, not encrypted. */
  readonly privateKey: Uint8Array
  /** Its own certificate first, then those of the authorities above it. */
  readonly certificates: readonly Certificate[]
}

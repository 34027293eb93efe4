import type { Certificate, Keystore } from '@sluice/iflow'
import type { Audit } from './partner-store.ts'

/** An entry of the keystore without its private key. */
export interface KeystoreEntry extends Audit {
  /** Unique without regard to case. */
  readonly alias: string
  readonly kind: 'key-pair' | 'certificate'
  /** At least one; a certificate entry has exactly one, a key pair its chain with its own certificate first. */
  readonly certificates: readonly Certificate[]
}

/** The tenant's keystore: what flows use of it, and its entries for those who maintain it. Private keys are encrypted at rest, like `Keys`. */
export interface KeystoreStore extends Keystore {
  /** `privateKey`: PKCS #8 in DER, of key pairs only. Throws `DuplicateError`. */
  create(entry: KeystoreEntry, privateKey: Uint8Array | undefined): Promise<void>
  /** Replaces everything but the alias, the kind and who made it when. False when there is none of this kind. */
  update(entry: KeystoreEntry, privateKey: Uint8Array | undefined): Promise<boolean>
  find(alias: string): Promise<KeystoreEntry | undefined>
  /** By alias. */
  list(): Promise<KeystoreEntry[]>
  /** False when there was none. */
  delete(alias: string): Promise<boolean>
}

import type { Certificate, KeyPair, Keystore } from '@sluice/iflow'
import type { CertificateDescription } from '../keystore/certificate.ts'
import type { Audit } from './partner-store.ts'
import type { ListQuery } from './store.ts'

/** `system` is what flows use; `backup_admin_system` is a copy of it as it was once. */
export type KeystoreName = 'system' | 'backup_admin_system'

/** An entry of a keystore without its private key. */
export interface KeystoreEntry extends Audit {
  /** Unique in its keystore without regard to case. */
  readonly alias: string
  readonly kind: 'key-pair' | 'certificate'
  /** At least one; a certificate entry has exactly one, a key pair its chain with its own certificate first. */
  readonly certificates: readonly Certificate[]
}

/** What lists show of an entry: its own certificate is described, the chain is left out. */
export interface DescribedEntry extends Omit<KeystoreEntry, 'certificates'> {
  readonly own: CertificateDescription
}

/** A keystore as a whole. */
export interface KeystoreSummary {
  /** How many entries it has. */
  readonly size: number
  /** Undefined where nothing has ever been changed. */
  readonly modified: Modification | undefined
}

/** Who changes something, and when. */
export interface Modification {
  readonly by: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
}

/** What comes in under an alias: a key pair, or a certificate. */
export interface KeystoreContent extends Pick<KeystoreEntry, 'alias' | 'certificates'> {
  /** PKCS #8 in DER, of key pairs only. */
  readonly privateKey?: Uint8Array | undefined
}

/**
 * What becomes of the entries that are there when others come in: `replace` deletes all of them, `merge` keeps those whose
 * alias is taken, `overwrite` replaces them.
 */
export type ImportOption = 'replace' | 'merge' | 'overwrite'

/** What became of an alias: `kept` is one that was there, and what came in was left out. */
export interface ImportOutcome {
  readonly status: 'created' | 'updated' | 'unchanged' | 'kept' | 'removed'
  readonly entry: DescribedEntry
}

/**
 * The tenant's keystore: what flows use of it, and its entries for those who maintain it. Private keys are encrypted at rest,
 * like `Keys`. Each change is one transaction and tells who has changed the keystore last. Throws `KeystoreError` where it
 * would have more than 1,000 entries.
 */
export interface KeystoreStore extends Keystore {
  /** `privateKey`: PKCS #8 in DER, of key pairs only. Throws `DuplicateError`. */
  create(entry: KeystoreEntry, privateKey: Uint8Array | undefined): Promise<void>
  /**
   * The same, or replaces everything but the alias and who made it when. Throws `DuplicateError` where there is an entry of the
   * other kind.
   */
  put(entry: KeystoreEntry, privateKey: Uint8Array | undefined): Promise<void>
  /** Replaces the chain of a key pair. False when there is none with this private key. */
  certify(alias: string, pair: KeyPair, modification: Modification): Promise<boolean>
  /** False when there is none. Throws `DuplicateError`. */
  rename(alias: string, to: string, modification: Modification): Promise<boolean>
  /** All or none; resolves with those that are not there. */
  delete(aliases: readonly string[], modification: Modification): Promise<readonly string[]>
  /** Adds many, each alias once. The outcomes say what became of these and of those that were there before. */
  importAll(
    contents: readonly KeystoreContent[],
    option: ImportOption,
    modification: Modification,
  ): Promise<readonly ImportOutcome[]>
  /** Replaces the backup by the entries of now. */
  backUp(modification: Modification): Promise<void>
  /** Brings the entries of the backup back. */
  restore(option: Exclude<ImportOption, 'merge'>, modification: Modification): Promise<readonly ImportOutcome[]>
  find(alias: string, name?: KeystoreName): Promise<KeystoreEntry | undefined>
  /** By alias. */
  list(name?: KeystoreName): Promise<KeystoreEntry[]>
  /** One page of a keystore, by alias unless asked otherwise; `now` decides who is valid. */
  page(name: KeystoreName, query: ListQuery, now: number): Promise<DescribedEntry[]>
  count(name: KeystoreName, query: Pick<ListQuery, 'filter'>, now: number): Promise<number>
  describe(name: KeystoreName): Promise<KeystoreSummary>
}

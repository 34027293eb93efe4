import type { EntryRow } from './keystore-rows.ts'
import { lower } from './keystore-rows.ts'
import type { Seal } from './seal.ts'

/** Private keys of the keystore, sealed under their alias: a row cannot be given the private key of another. */
export interface KeystoreKeys {
  seal(alias: string, privateKey: Uint8Array): Uint8Array
  /** Undefined for a certificate. */
  open(row: Pick<EntryRow, 'alias' | 'private_key'>): Uint8Array | undefined
}

export function keystoreKeys(seal: Seal): KeystoreKeys {
  const nameOf = (alias: string) => `private-key:${lower(alias)}`
  return {
    seal: (alias, privateKey) => seal.seal(nameOf(alias), privateKey),
    open({ alias, private_key: sealed }) {
      if (!sealed) return undefined
      const privateKey = seal.open(nameOf(alias), sealed)
      if (privateKey) return privateKey
      throw new Error(`Expected the private key "${alias}" as it was sealed, found it changed`)
    },
  }
}

import type { KeyPair } from '@sluice/iflow'
import type { KeystoreTasks } from './ask-keystore-process.ts'
import { KeystoreError } from './keystore-error.ts'
import { readSshKey } from './read-ssh-key.ts'
import { certifySelf } from './self-signed.ts'
import { type KeyFamily, keyFamilyOf } from './signature.ts'

/** Makes a certificate for a private key that somebody has already. Throws `KeystoreError`. */
export async function certifyKey({
  text,
  password,
  request,
  family: expected,
}: KeystoreTasks['certify']['asked']): Promise<KeyPair & { readonly family: KeyFamily }> {
  const privateKey = await readSshKey(text, password)
  const family = keyFamilyOf(privateKey)
  if (expected !== undefined && family !== expected) {
    throw new KeystoreError(`Expected a private key of type ${expected}, found one of type ${family}`)
  }
  return { ...certifySelf(privateKey, request), family }
}

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readPrivateKey } from './key-material.ts'
import { KeystoreError } from './keystore-error.ts'

/**
 * Reads a private key as SSH programs keep it: OpenSSH's own form, PuTTY's (`.ppk`, of version 3 only without a password), or
 * PEM. Opening one may take long: its file says how long. Throws `KeystoreError` without a word of what was read.
 */
export async function readSshKey(text: string, password: string): Promise<KeyObject> {
  if (!/BEGIN OPENSSH PRIVATE KEY|^PuTTY-User-Key-File-/m.test(text)) {
    return readPrivateKey({ key: text, passphrase: password })
  }
  const { default: sshpk } = await import('sshpk')
  try {
    const key = sshpk.parsePrivateKey(text, 'auto', password === '' ? {} : { passphrase: password })
    return createPrivateKey(key.toString('pkcs8'))
  } catch {
    // The cause is not kept: it may quote its input.
    throw new KeystoreError(
      'Expected a private key of OpenSSH or PuTTY and its password, found a key that does not open',
    )
  }
}

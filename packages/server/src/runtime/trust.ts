import { getCACertificates } from 'node:tls'
import { pemOf } from '../keystore/pem.ts'
import type { KeystoreStore } from '../store/store.ts'

/** Whom a TLS connection trusts, as Node's options for it. */
export interface Trust {
  readonly ca: string[]
  /** An entry of the keystore is trusted itself, also where it is no authority. */
  readonly allowPartialTrustChain: true
}

/**
 * The certificates of the keystore besides Node's own authorities (`NODE_EXTRA_CA_CERTS` adds to these). Undefined when it has
 * none: Node's authorities are what connections trust anyway.
 */
export async function trustOf(keystore: Pick<KeystoreStore, 'list'>): Promise<Trust | undefined> {
  const entries = await keystore.list()
  const trusted = entries.filter(({ kind }) => kind === 'certificate').flatMap(({ certificates }) => certificates)
  if (trusted.length === 0) return undefined
  return {
    ca: [...getCACertificates('default'), ...trusted.map(der => pemOf('CERTIFICATE', der))],
    allowPartialTrustChain: true,
  }
}

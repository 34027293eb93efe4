import type { KeyPair } from '@sluice/iflow'
import { type EntityBody, ODataError } from '@sluice/odata'
import { DuplicateError, type KeystoreEntry } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import type { ODataContext } from './definition.ts'

/** Longest alias, in characters, as the original declares it. */
export const aliasLengthMax = 250
/** Most entries of the keystore. Chosen: each outgoing TLS connection knows them all. */
const entriesMax = 1_000

/** The alias of a body. Key `Hexalias` is not read: "any dummy hex value", the documentation says. Throws `ODataError`. */
export function newAlias(body: EntityBody): string {
  return checkLine(body, 'Alias', aliasLengthMax)
}

/**
 * Puts what was imported or generated into the keystore. Query option `update=true` replaces an entry of the same kind.
 * Throws `ODataError`, or `DuplicateError` for an alias that is taken.
 */
export async function putIntoKeystore(
  alias: string,
  { certificates, privateKey }: Pick<KeyPair, 'certificates'> & Partial<KeyPair>,
  { store, user, now, options }: ODataContext,
): Promise<void> {
  const entry: KeystoreEntry = {
    alias,
    kind: privateKey ? 'key-pair' : 'certificate',
    certificates,
    createdBy: user,
    createdAt: now,
    modifiedBy: user,
    modifiedAt: now,
  }
  if (options.get('update') === 'true' && (await store.keystore.find(alias))) {
    if (await store.keystore.update(entry, privateKey)) return
    throw new DuplicateError(alias)
  }
  const entries = (await store.keystore.aliases()).length
  if (entries >= entriesMax) {
    throw new ODataError('invalid-value', `Expected fewer than ${entriesMax} entries in the keystore, found ${entries}`)
  }
  await store.keystore.create(entry, privateKey)
}

import type { KeyPair } from '@sluice/iflow'
import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import { describeCertificate } from '../../keystore/certificate.ts'
import type { KeystoreEntry } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import { type ODataContext, ToldInstead } from './definition.ts'
import { entriesTold } from './keystore-rows.ts'

/** Longest alias, in characters, as the original declares it. */
export const aliasLengthMax = 250

/** The alias of a body. Key `Hexalias` is not read: "any dummy hex value", the documentation says. Throws `ODataError`. */
export function newAlias(body: EntityBody): string {
  return checkLine(body, 'Alias', aliasLengthMax)
}

/** The bytes of a property that must be there and is base64. Throws `ODataError`. */
export function givenBytes(body: EntityBody, name: string, bytesMax: number): Uint8Array {
  const value = body[name]
  const base64 = typeof value === 'string' ? value.replace(/\s+/g, '') : ''
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined
  if (bytes && bytes.length <= bytesMax) return new Uint8Array(bytes)
  const found = bytes ? `${bytes.length} bytes` : base64 === '' ? 'none' : 'something else'
  throw new ODataError(
    'invalid-value',
    `Expected "${name}" to be a file in base64 of at most ${bytesMax} bytes, found ${found}`,
  )
}

/** What a change that makes something of `row` is answered with: `row`, unless the entries of the keystore are asked for. */
export async function toldOr(row: EntityRow, context: ODataContext): Promise<EntityRow | ToldInstead> {
  const told = await entriesTold(context)
  return told ? new ToldInstead(told) : row
}

/** Throws `ODataError` unless the caller says that the certificate is the right one, by `fingerprintVerified=true`. */
export function checkVerified(certificate: Uint8Array, { options }: Pick<ODataContext, 'options'>): void {
  if (options.get('fingerprintVerified') === 'true') return
  const { subject, fingerprints } = describeCertificate(certificate)
  throw new ODataError(
    'invalid-value',
    `Expected query option fingerprintVerified=true, found none: compare the SHA-256 fingerprint ${fingerprints.sha256} of "${subject.slice(0, 200)}" with the one that its owner tells`,
  )
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
  await (options.get('update') === 'true' ? store.keystore.put : store.keystore.create)(entry, privateKey)
}

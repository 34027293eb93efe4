import { type EntityRow, ODataError } from '@sluice/odata'
import { describeCertificate } from '../../keystore/certificate.ts'
import type { DescribedEntry, KeystoreEntry, KeystoreName, ListQuery } from '../../store/store.ts'
import { certificateRow } from './certificate-properties.ts'
import { type EntitySetApi, type ODataContext, type Told, type ToOneApi, textOf } from './definition.ts'
import { hexOf, textOfHex } from './hex-text.ts'

/** Keystores of the original for keys of its provider; nobody provides any here. */
export const emptyKeystores = ['KeyRenewal', 'KeyHistory']

/** The keystore that query option `keystoreName` names; undefined for one that is always empty. Throws `ODataError`. */
export function askedKeystore({ options }: Pick<ODataContext, 'options'>): KeystoreName | undefined {
  const name = options.get('keystoreName') ?? 'system'
  if (name === 'system' || name === 'backup_admin_system') return name
  if (emptyKeystores.includes(name)) return undefined
  const expected = ['system', 'backup_admin_system', ...emptyKeystores].join(', ')
  throw new ODataError('invalid-value', `Expected keystoreName to be one of ${expected}, found "${name.slice(0, 100)}"`)
}

/** The keystore that a row is from. */
export function keystoreNameOf(row: EntityRow): KeystoreName {
  return row.keystoreName === 'backup_admin_system' ? 'backup_admin_system' : 'system'
}

/** What every row about an entry has: its key, its alias and, not shown, the keystore that it is from. */
export function aliasRow(alias: string, name: KeystoreName): EntityRow {
  return { Hexalias: hexOf(alias), Alias: alias, keystoreName: name }
}

/** What is shown of an entry. `Status` is empty unless it tells what a change has done. */
export function entryRow(entry: DescribedEntry, name: KeystoreName, now: number): EntityRow {
  return {
    ...aliasRow(entry.alias, name),
    ...certificateRow(entry.own, now),
    Type: entry.kind === 'key-pair' ? 'Key Pair' : 'Certificate',
    Owner: 'Tenant Administrator',
    LastModifiedBy: entry.modifiedBy,
    LastModifiedTime: entry.modifiedAt,
    CreatedBy: entry.createdBy,
    CreatedTime: entry.createdAt,
    Status: null,
  }
}

/** The certificates of an entry; those of a key pair begin with its own. */
export function chainRows({ alias, certificates }: KeystoreEntry, name: KeystoreName, now: number): EntityRow[] {
  return certificates.map((certificate, Index) => ({
    ...aliasRow(alias, name),
    Index,
    ...certificateRow(describeCertificate(certificate), now),
  }))
}

/** A keystore as a whole. What the original says of runtimes in other places has no meaning here. */
export async function keystoreRow(name: KeystoreName, { store }: ODataContext): Promise<EntityRow> {
  const { size, modified } = await store.keystore.describe(name)
  return { Name: name, LastModifiedBy: modified?.by, LastModifiedTime: modified?.at, Size: size }
}

/** One page of a keystore; undefined: of one that is empty. */
export async function listEntries(
  name: KeystoreName | undefined,
  query: ListQuery,
  { store, now }: ODataContext,
): Promise<EntityRow[]> {
  if (!name) return []
  return (await store.keystore.page(name, query, now)).map(entry => entryRow(entry, name, now))
}

export async function countEntries(
  name: KeystoreName | undefined,
  query: Pick<ListQuery, 'filter'>,
  { store, now }: ODataContext,
): Promise<number> {
  return name ? store.keystore.count(name, query, now) : 0
}

/** What a change of the keystore is answered with when query option `returnKeystoreEntries` is `true`: all its entries. */
export async function entriesTold(context: ODataContext): Promise<Told | undefined> {
  if (context.options.get('returnKeystoreEntries') !== 'true') return undefined
  return { entitySet: 'KeystoreEntries', entities: await listEntries('system', {}, context) }
}

/** The alias in a key. Throws `ODataError`. */
export function aliasOf(key: Parameters<typeof textOf>[0]): string {
  return textOfHex('Hexalias', textOf(key, 'Hexalias'))
}

/** The entry under the key in the keystore that is asked for. Throws `ODataError` for a key that is none. */
export async function findEntry(
  key: Parameters<typeof textOf>[0],
  context: ODataContext,
): Promise<{ readonly entry: KeystoreEntry; readonly name: KeystoreName } | undefined> {
  const alias = aliasOf(key)
  const name = askedKeystore(context)
  const entry = name && (await context.store.keystore.find(alias, name))
  return entry && { entry, name }
}

/** The entry that a row is about, if it is still there. */
export function entryOf(row: EntityRow, { store }: ODataContext): Promise<KeystoreEntry | undefined> {
  return store.keystore.find(textOf(row, 'Alias'), keystoreNameOf(row))
}

/** The row of an entry. */
export function rowOfEntry(
  { certificates: [own], ...entry }: KeystoreEntry,
  name: KeystoreName,
  now: number,
): EntityRow {
  if (!own) throw new Error(`Expected a certificate in "${entry.alias}"`)
  return entryRow({ ...entry, own: describeCertificate(own) }, name, now)
}

/** Finds what is another form of an entry, under the entry's key. */
export const findForm: NonNullable<EntitySetApi['find']> = async (key, context) => {
  const found = await findEntry(key, context)
  return found && aliasRow(found.entry.alias, found.name)
}

/** The navigation property from an entry to another form of it: of certificates and key pairs, or of key pairs only. */
export function formOfEntry(kinds: 'any' | 'key-pair' = 'any'): ToOneApi {
  return {
    async get(row, context) {
      const entry = await entryOf(row, context)
      if (!entry || (kinds === 'key-pair' && entry.kind !== 'key-pair')) return undefined
      return aliasRow(entry.alias, keystoreNameOf(row))
    },
  }
}

/** The navigation property to what only a key pair of the keystore in use has. */
export const signingForm: ToOneApi = {
  async get(row, context) {
    return keystoreNameOf(row) === 'system' ? formOfEntry('key-pair').get(row, context) : undefined
  },
}

/** The navigation property back from it. */
export const backToEntry: ToOneApi = {
  async get(row, context) {
    const entry = await entryOf(row, context)
    return entry && rowOfEntry(entry, keystoreNameOf(row), context.now)
  },
}

import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { ImportOption, KeystoreEntry, KeystoreName } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, type Told, ToldInstead, textOf } from './definition.ts'
import { givenBytes } from './keystore-import.ts'
import { ignoredRows, outcomeRows, usableContents } from './keystore-outcomes.ts'
import { entriesTold } from './keystore-rows.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Largest keystore file in bytes, as documented for uploads. */
const fileBytesMax = 2_097_152

/**
 * Keystores as files. POST imports one into `system`, or makes the backup; GET exports certificates only, as a Java keystore
 * without a password; PUT deletes many entries or brings the backup back. Passwords and private keys are never given out.
 */
export const keystoreResources: EntitySetApi = {
  clients: ['contiva'],
  options: ['deleteEntries', 'importOption', 'retrieveBackup', 'returnKeystoreEntries'],
  set: {
    name: 'KeystoreResources',
    type: {
      name: 'KeystoreResource',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Resource: { type: 'Edm.Binary' },
        Password: { type: 'Edm.String' },
        Aliases: { type: 'Edm.String' },
      },
    },
  },
  roles: readRuntime,
  async find(key, { store }) {
    const name = textOf(key, 'Name')
    if (name !== 'system' && name !== 'backup_admin_system') return undefined
    // Not before it is needed: its libraries take 12 MB and a tenth of a second at start.
    const { writeJks } = await import('../../keystore/write-jks.ts')
    return { Name: name, Resource: writeJks(publicContent(await store.keystore.list(name))) }
  },
  create: { roles: changeKeystore, run: importOrBackUp },
  update: { roles: changeKeystore, status: 202, run: deleteOrRestore },
}

/**
 * Each certificate of a chain under an alias of its own: `a`, `a_1`, `a_2`, with a further `_` behind it where an entry has that
 * name already.
 */
function publicContent(entries: readonly KeystoreEntry[]) {
  const taken = new Set(entries.map(({ alias }) => alias.toLowerCase()))
  return entries.flatMap(({ alias, certificates, modifiedAt: createdAt }) =>
    certificates.map((certificate, index) => {
      let name = index === 0 ? alias : `${alias}_${index}`
      while (index > 0 && taken.has(name.toLowerCase())) name += '_'
      taken.add(name.toLowerCase())
      return { alias: name, certificate, createdAt }
    }),
  )
}

async function importOrBackUp(body: EntityBody, context: ODataContext): Promise<EntityRow | ToldInstead> {
  const { store, user, now } = context
  const modification = { by: user, at: now }
  const name = body.Name
  if (name === 'backup_admin_system') {
    await store.keystore.backUp(modification)
    const told = await entriesTold(context)
    return told ? new ToldInstead(told) : { Name: name }
  }
  if (name !== 'system') {
    const message = `Expected "Name" to be system, to import, or backup_admin_system, to back up, found "${String(name).slice(0, 100)}"`
    throw new ODataError('invalid-value', message)
  }
  const option = importOption(context, ['replace', 'merge', 'overwrite'])
  const bytes = givenBytes(body, 'Resource', fileBytesMax)
  const file = await context.keystoreProcess('readAll', { bytes, password: String(body.Password ?? '') })
  const { contents, ignored } = usableContents(file)
  const outcomes = await store.keystore.importAll(contents, option, modification)
  if (context.options.get('returnKeystoreEntries') !== 'true') return { Name: name }
  const entities = [...outcomeRows(outcomes, now), ...ignoredRows(ignored)]
  return new ToldInstead({ entitySet: 'KeystoreEntries', entities })
}

function importOption<Option extends ImportOption>({ options }: ODataContext, possible: readonly Option[]): Option {
  const given = options.get('importOption') ?? 'overwrite'
  const found = possible.find(option => option === given)
  if (found) return found
  const message = `Expected importOption to be one of ${possible.join(', ')}, found "${given.slice(0, 50)}"`
  throw new ODataError('invalid-value', message)
}

async function deleteOrRestore(row: EntityRow, body: EntityBody, context: ODataContext): Promise<Told | undefined> {
  const { options } = context
  const isDeletion = options.get('deleteEntries') === 'true'
  const backup = options.get('retrieveBackup')
  if (row.Name !== ('system' satisfies KeystoreName) || isDeletion === (backup !== undefined)) {
    const message =
      'Expected keystore system and either deleteEntries=true or retrieveBackup=backup_admin_system, found another request'
    throw new ODataError('invalid-value', message)
  }
  return isDeletion ? deleteEntries(body, context) : restore(backup ?? '', context)
}

async function deleteEntries({ Aliases: given }: EntityBody, context: ODataContext): Promise<Told | undefined> {
  const { store, user, now } = context
  const aliases = splitAliases(String(given ?? ''))
  if (aliases.length === 0) {
    throw new ODataError('invalid-value', 'Expected "Aliases" to be aliases with ";" between them, found none')
  }
  const missing = await store.keystore.delete(aliases, { by: user, at: now })
  if (missing.length === 0) return entriesTold(context)
  const found = missing.map(alias => `"${alias.slice(0, 100)}"`).slice(0, 10)
  throw new ODataError('not-found', `Expected aliases of the keystore, found ${found.join(', ')}; nothing was deleted`)
}

/** A `;` or `\` that belongs to an alias has a `\` before it. */
function splitAliases(text: string): string[] {
  const aliases = Array.from(text.matchAll(/(?:[^;\\]|\\.)+/gs), ([alias]) => alias.replace(/\\(.)/gs, '$1'))
  return [...new Set(aliases)]
}

async function restore(backup: string, context: ODataContext): Promise<Told | undefined> {
  const { store, user, now, options } = context
  const { modified } = await store.keystore.describe('backup_admin_system')
  if (backup !== 'backup_admin_system' || !modified) {
    throw new ODataError('not-found', 'Expected a backup named backup_admin_system to be there, found none')
  }
  const option = importOption(context, ['replace', 'overwrite'])
  const outcomes = await store.keystore.restore(option, { by: user, at: now })
  if (options.get('returnKeystoreEntries') !== 'true') return undefined
  return { entitySet: 'KeystoreEntries', entities: outcomeRows(outcomes, now) }
}

import { type EntityRow, queryRows } from '@sluice/odata'
import type { KeystoreName } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { aliasOf, countEntries, emptyKeystores, keystoreRow, listEntries, rowOfEntry } from './keystore-rows.ts'
import { readRuntime } from './permissions.ts'

/** Keystores as a whole: the one that flows use, and its backup. */
export const keystores: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'Keystores',
    type: {
      name: 'Keystore',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        LastModifiedBy: { type: 'Edm.String' },
        LastModifiedTime: { type: 'Edm.DateTimeOffset' },
        Size: { type: 'Edm.Int32' },
        RuntimeIds: { type: 'Edm.String' },
        AggregatedStatus: { type: 'Edm.String' },
        AggregatedErrors: { type: 'Edm.String' },
      },
      navigations: { Entries: { target: 'KeystoreEntries', many: true, association: 'EntriesOfKeystore' } },
    },
  },
  roles: readRuntime,
  list: async (query, context) => queryRows(await rows(context), query),
  count: async (query, context) => queryRows(await rows(context), query).length,
  async find(key, context) {
    const name = textOf(key, 'Name')
    if (emptyKeystores.includes(name)) return { Name: name, Size: 0 }
    return name === 'system' || name === 'backup_admin_system' ? keystoreRow(name, context) : undefined
  },
  navigations: {
    Entries: {
      list: (keystore, query, context) => listEntries(storedName(keystore), query, context),
      count: (keystore, query, context) => countEntries(storedName(keystore), query, context),
      async find(keystore, key, context) {
        const name = storedName(keystore)
        const entry = name && (await context.store.keystore.find(aliasOf(key), name))
        return entry && rowOfEntry(entry, name, context.now)
      },
    },
  },
}

async function rows(context: ODataContext): Promise<EntityRow[]> {
  return [await keystoreRow('backup_admin_system', context), await keystoreRow('system', context)]
}

function storedName(keystore: EntityRow): KeystoreName | undefined {
  const name = textOf(keystore, 'Name')
  return name === 'system' || name === 'backup_admin_system' ? name : undefined
}

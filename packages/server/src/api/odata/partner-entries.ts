import type { EntityBody, EntityRow, EntityType, Key } from '@sluice/odata'
import type { Audit, PartnerDirectoryStore, PartnerEntries } from '../../store/store.ts'
import type { EntitySetApi, ODataContext } from './definition.ts'
import { changePartners, readPartners } from './permissions.ts'

/** Properties that every entity of the partner directory has. */
export const auditProperties: EntityType['properties'] = {
  LastModifiedBy: { type: 'Edm.String' },
  LastModifiedTime: { type: 'Edm.DateTime' },
  CreatedBy: { type: 'Edm.String' },
  CreatedTime: { type: 'Edm.DateTime' },
}

/** What tells one kind of entries of the partner directory from another. */
export interface PartnerKind<Entry extends Audit, EntryKey extends keyof Entry> {
  entries(directory: PartnerDirectoryStore): PartnerEntries<Entry, EntryKey>
  /** Throws `ODataError`. */
  keyOf(key: Key | EntityRow): Pick<Entry, EntryKey>
  /** Without the audit. */
  row(entry: Entry): EntityRow
  /** A new entry of a body. Throws `ODataError`. */
  created(body: EntityBody): Omit<Entry, keyof Audit>
  /** What a body changes. Throws `ODataError`. */
  changed(body: EntityBody): Partial<Entry>
}

/** The operations of an entity set over one kind of entries. Query option `user` names the person behind a technical user. */
export function partnerEntries<Entry extends Audit, EntryKey extends keyof Entry>(
  kind: PartnerKind<Entry, EntryKey>,
): Omit<EntitySetApi, 'set'> {
  const of = ({ store }: ODataContext) => kind.entries(store.partnerDirectory)
  const rowOf = (entry: Entry): EntityRow => ({ ...kind.row(entry), ...auditRow(entry) })
  return {
    roles: readPartners,
    list: async (query, context) => (await of(context).list(query)).map(rowOf),
    count: (query, context) => of(context).count(query),
    async find(key, context) {
      const found = await of(context).find(kind.keyOf(key))
      return found && rowOf(found)
    },
    create: {
      roles: changePartners,
      async run(body, context) {
        const by = authorOf(context)
        const audit: Audit = { createdBy: by, createdAt: context.now, modifiedBy: by, modifiedAt: context.now }
        const entry = { ...kind.created(body), ...audit } as Entry
        await of(context).create(entry)
        return rowOf(entry)
      },
    },
    update: {
      roles: changePartners,
      status: 204,
      async run(row, body, context) {
        const found = await of(context).find(kind.keyOf(row))
        if (!found) return
        const audit = { modifiedBy: authorOf(context), modifiedAt: context.now }
        await of(context).update({ ...found, ...kind.changed(body), ...audit })
      },
    },
    delete: {
      roles: changePartners,
      status: 204,
      async run(row, context) {
        await of(context).delete(kind.keyOf(row))
      },
    },
  }
}

function auditRow({ createdBy, createdAt, modifiedBy, modifiedAt }: Audit): EntityRow {
  return {
    LastModifiedBy: modifiedBy,
    LastModifiedTime: modifiedAt,
    CreatedBy: createdBy,
    CreatedTime: createdAt,
  }
}

function authorOf({ options, user }: ODataContext): string {
  return (options.get('user') ?? '').slice(0, 150) || user
}

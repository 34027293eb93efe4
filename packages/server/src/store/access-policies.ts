import { type Selectable, sql } from 'kysely'
import type {
  AccessPolicies,
  AccessPolicy,
  ArtifactReference,
  ArtifactReferences,
  NewReference,
} from './access-policy-store.ts'
import type { LocalChanges } from './changes.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema, Tx } from './schema.ts'
import { DuplicateError, type Listable } from './store.ts'
import type { Writer } from './writer.ts'

const policyListing: Listing = {
  key: sql.ref('key'),
  properties: { Id: column('key', 'integer'), RoleName: column('role_name'), Description: column('description') },
}

const referenceListing: Listing = {
  key: sql.ref('key'),
  properties: {
    Id: column('key', 'integer'),
    Name: column('name'),
    Description: column('description'),
    Type: column('type'),
    ConditionAttribute: column('condition_attribute'),
    ConditionValue: column('condition_value'),
    ConditionType: column('condition_type'),
  },
}

export function createAccessPolicies(database: Database, writer: Writer, changes: LocalChanges): AccessPolicies {
  const policies = database.selectFrom('access_policies')
  const changed = () => changes.emit('access-policies', '')
  return {
    list: async query => (await page(policies.selectAll(), query, policyListing).execute()).map(policyOf),
    count: ({ filter }) => countRows(policies, filter, policyListing),
    async create({ roleName, description }, references) {
      const id = await writer.write(async tx => {
        const row = await tx
          .insertInto('access_policies')
          .values({ role_name: roleName, description })
          .onConflict(conflict => conflict.column('role_name').doNothing())
          .returning('key')
          .executeTakeFirst()
        if (!row) throw new DuplicateError(roleName)
        for (const reference of references) await insertReference(tx, row.key, reference)
        return row.key
      })
      changed()
      return { id, roleName, description }
    },
    async find(id) {
      const found = await policies.selectAll().where('key', '=', id).executeTakeFirst()
      return found && policyOf(found)
    },
    async update({ id, roleName, description }) {
      const updated = await writer.write(async tx => {
        const taken = await tx
          .selectFrom('access_policies')
          .select('key')
          .where('role_name', '=', roleName)
          .executeTakeFirst()
        if (taken && taken.key !== id) throw new DuplicateError(roleName)
        return tx
          .updateTable('access_policies')
          .set({ role_name: roleName, description })
          .where('key', '=', id)
          .executeTakeFirst()
      })
      changed()
      return updated.numUpdatedRows > 0n
    },
    async delete(id) {
      // Its references go with it: foreign key.
      const deleted = await writer.write(tx =>
        tx.deleteFrom('access_policies').where('key', '=', id).executeTakeFirst(),
      )
      changed()
      return deleted.numDeletedRows > 0n
    },
    references: createReferences(database, writer, changed),
  }
}

function createReferences(database: Database, writer: Writer, changed: () => void): ArtifactReferences {
  const references = database.selectFrom('artifact_references')
  const listed = (query: typeof references): Listable<ArtifactReference> => ({
    list: async request => (await page(query.selectAll(), request, referenceListing).execute()).map(referenceOf),
    count: ({ filter }) => countRows(query, filter, referenceListing),
  })
  return {
    ...listed(references),
    of: policyId => listed(references.where('policy', '=', policyId)),
    async create(policyId, reference) {
      const id = await writer.write(async tx => {
        const policy = await tx
          .selectFrom('access_policies')
          .select('key')
          .where('key', '=', policyId)
          .executeTakeFirst()
        return policy && insertReference(tx, policyId, reference)
      })
      changed()
      return id === undefined ? undefined : { id, policyId, ...reference }
    },
    async find(id) {
      const found = await references.selectAll().where('key', '=', id).executeTakeFirst()
      return found && referenceOf(found)
    },
    async delete(id) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('artifact_references').where('key', '=', id).executeTakeFirst(),
      )
      changed()
      return deleted.numDeletedRows > 0n
    },
    async all() {
      const rows = await references
        .innerJoin('access_policies', 'access_policies.key', 'artifact_references.policy')
        .selectAll('artifact_references')
        .select('access_policies.role_name')
        .execute()
      return rows.map(row => ({ ...referenceOf(row), roleName: row.role_name }))
    },
  }
}

async function insertReference(tx: Tx, policyId: number, reference: NewReference): Promise<number> {
  const { key } = await tx
    .insertInto('artifact_references')
    .values({
      policy: policyId,
      name: reference.name,
      description: reference.description,
      type: reference.type,
      condition_attribute: reference.conditionAttribute,
      condition_value: reference.conditionValue,
      condition_type: reference.conditionType,
    })
    .returning('key')
    .executeTakeFirstOrThrow()
  return key
}

function policyOf({ key, role_name, description }: Selectable<Schema['access_policies']>): AccessPolicy {
  return { id: key, roleName: role_name, description }
}

function referenceOf(row: Selectable<Schema['artifact_references']>): ArtifactReference {
  return {
    id: row.key,
    policyId: row.policy,
    name: row.name,
    description: row.description,
    type: row.type,
    conditionAttribute: row.condition_attribute,
    conditionValue: row.condition_value,
    conditionType: row.condition_type,
  }
}

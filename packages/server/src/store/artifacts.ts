import { type Selectable, type SqlBool, sql } from 'kysely'
import { artifactChanges, parseConfigurations } from './artifact-changes.ts'
import type { Artifact, Artifacts, ArtifactType, OpenArtifact } from './artifact-store.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
import type { Writer } from './writer.ts'

/** `IntegrationDesigntimeArtifact` shows its dates as strings of milliseconds. */
const properties: Listing['properties'] = {
  Id: column('id'),
  Type: column('type'),
  Version: column('version', 'text', { sql: sql`case draft when 1 then 'Active' else version end` }),
  PackageId: column('package_id'),
  Name: column('name'),
  Description: column('description'),
  Sender: column('sender'),
  Receiver: column('receiver'),
  CreatedBy: column('created_by'),
  CreatedAt: column('created_at', 'timeText'),
  ModifiedBy: column('modified_by'),
  ModifiedAt: column('modified_at', 'timeText'),
}

const current: Listing = { properties, key: sql.ref('id') }
/** The newest first. */
const versions: Listing = { properties, key: sql`id, is_current desc, content_number desc, version` }

/** All but the configured values, which may be large. */
const shown = [
  'id',
  'package_id',
  'type',
  'name',
  'version',
  'description',
  'sender',
  'receiver',
  'created_by',
  'created_at',
  'modified_by',
  'modified_at',
  'draft',
  'revision',
] as const

export function createArtifacts(database: Database, writer: Writer): Artifacts {
  const artifacts = () => database.selectFrom('artifacts')
  const states = () => database.selectFrom('artifact_states')
  return {
    list: async query => (await page(artifacts().select(shown), query, current).execute()).map(fromRow),
    count: ({ filter }) => countRows(artifacts(), filter, current),
    listVersions: async query =>
      (await page(states().select([...shown, 'is_current']), query, versions).execute()).map(fromRow),
    countVersions: ({ filter }) => countRows(states(), filter, versions),
    async find(id, version = 'active') {
      const found = await states()
        .select([...shown, 'is_current'])
        .where(isVersion(id, version))
        .executeTakeFirst()
      return found && fromRow(found)
    },
    async open(id, version = 'active') {
      const found = await states()
        .innerJoin('artifact_contents', join =>
          join
            .onRef('artifact_contents.artifact_id', '=', 'artifact_states.id')
            .onRef('artifact_contents.number', '=', 'artifact_states.content_number'),
        )
        .selectAll('artifact_states')
        .select('artifact_contents.content')
        .where(isVersion(id, version))
        .executeTakeFirst()
      return found && openRow(found)
    },
    ...artifactChanges(writer),
  }
}

/** A draft has no number of its own. */
function isVersion(id: string, version: string) {
  const ofArtifact = sql<SqlBool>`artifact_states.id = ${id}`
  return version.toLowerCase() === 'active'
    ? sql<SqlBool>`${ofArtifact} and is_current = 1`
    : sql<SqlBool>`${ofArtifact} and artifact_states.version = ${version} and draft = 0`
}

type Row = Pick<Selectable<Schema['artifacts']>, (typeof shown)[number]> & { readonly is_current?: number }

function fromRow(row: Row): Artifact {
  return {
    id: row.id,
    packageId: row.package_id,
    type: row.type as ArtifactType,
    name: row.name,
    version: row.version,
    description: row.description,
    sender: row.sender,
    receiver: row.receiver,
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
    isDraft: row.draft === 1,
    isCurrent: row.is_current !== 0,
    revision: row.revision,
  }
}

function openRow(row: Row & { readonly content: Uint8Array; readonly configurations: string }): OpenArtifact {
  return { artifact: fromRow(row), content: row.content, configurations: parseConfigurations(row.configurations) }
}

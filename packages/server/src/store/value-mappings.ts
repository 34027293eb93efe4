import { updateArtifact } from './artifact-changes.ts'
import type { Database, Tx } from './schema.ts'
import type { StateChange, ValueMappings } from './store.ts'
import type { Writer } from './writer.ts'

export function createValueMappings(database: Database, writer: Writer): ValueMappings {
  return {
    async configured(artifactId) {
      const rows = await database
        .selectFrom('configured_value_schemas')
        .selectAll()
        .where('artifact_id', '=', artifactId)
        .execute()
      return rows.map(row => ({
        sourceAgency: row.source_agency,
        sourceIdentifier: row.source_id,
        targetAgency: row.target_agency,
        targetIdentifier: row.target_id,
      }))
    },
    update: (artifact, content, change) =>
      writer.write(async tx => {
        const isDone = await updateArtifact(tx, artifact, content)
        if (isDone) await changeState(tx, artifact.id, change)
        return isDone
      }),
  }
}

async function changeState(tx: Tx, artifactId: string, { values, state }: StateChange): Promise<void> {
  const row = {
    artifact_id: artifactId,
    source_agency: values.sourceAgency,
    source_id: values.sourceIdentifier,
    target_agency: values.targetAgency,
    target_id: values.targetIdentifier,
  }
  if (state === 'configured') {
    await tx
      .insertInto('configured_value_schemas')
      .values(row)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
  if (state !== 'cleared') return
  await tx
    .deleteFrom('configured_value_schemas')
    .where(({ eb, and }) => and(Object.entries(row).map(([name, value]) => eb(name as keyof typeof row, '=', value))))
    .execute()
}

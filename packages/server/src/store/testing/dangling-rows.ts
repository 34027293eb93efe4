import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What is left in the SQLite database of artifacts and deployments that there are not, for tests of races. */
export function danglingRows(dataDirectory: string): string[] {
  const database = new DatabaseSync(join(dataDirectory, 'sluice.db'), { readOnly: true })
  try {
    const counts = {
      contents: 'artifact_contents where artifact_id not in (select id from artifacts)',
      versions: 'artifact_versions where artifact_id not in (select id from artifacts)',
      'unused contents': `artifact_contents c where not exists (
        select 1 from artifacts a where a.id = c.artifact_id and a.content_number = c.number) and not exists (
        select 1 from artifact_versions v where v.artifact_id = c.artifact_id and v.content_number = c.number)`,
      'missing contents': `artifact_states s where not exists (
        select 1 from artifact_contents c where c.artifact_id = s.id and c.number = s.content_number)`,
      'running contents': 'running_contents where deployment_id not in (select id from deployments)',
      'unfinished tasks': "deploy_tasks where status = 'DEPLOYING'",
    }
    return Object.entries(counts).flatMap(([name, rows]) => {
      const { count } = database.prepare(`select count(*) as count from ${rows}`).get() as { count: number }
      return count > 0 ? [`${count} ${name}`] : []
    })
  } finally {
    database.close()
  }
}

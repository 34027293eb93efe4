import { type Insertable, type Selectable, sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { ArtifactType, Deployment, DeploymentStatus, Deployments, DeployTask, RunningContent } from './store.ts'
import type { Writer } from './writer.ts'

/** Pollers ask for a task within minutes; a day later nobody does. */
const TASK_RETENTION_MS = 24 * 60 * 60 * 1000

/** `IntegrationRuntimeArtifact`; its `Type` is the stored one in the spelling of that API. */
const listing: Listing = {
  key: sql.ref('id'),
  properties: {
    Id: column('id'),
    Version: column('version'),
    Name: column('name'),
    Type: column('type', 'text', {
      sql: sql`case type
        when 'IntegrationFlow' then 'INTEGRATION_FLOW'
        when 'MessageMapping' then 'MESSAGE_MAPPING'
        when 'ScriptCollection' then 'SCRIPT_COLLECTION'
        when 'ValueMapping' then 'VALUE_MAPPING' end`,
    }),
    DeployedBy: column('deployed_by'),
    DeployedOn: column('deployed_at', 'time'),
    Status: column('status'),
  },
}

export function createDeployments(database: Database, writer: Writer, changes: LocalChanges): Deployments {
  return { ...deploymentQueries(database), ...deploymentSteps(writer, changes) }
}

function deploymentQueries(
  database: Database,
): Pick<Deployments, 'list' | 'count' | 'find' | 'findTask' | 'running' | 'runningContent'> {
  return {
    async list(query) {
      return (await page(database.selectFrom('deployments').selectAll(), query, listing).execute()).map(fromRow)
    },
    count: ({ filter }) => countRows(database.selectFrom('deployments'), filter, listing),
    async find(id) {
      const found = await database.selectFrom('deployments').selectAll().where('id', '=', id).executeTakeFirst()
      return found && fromRow(found)
    },
    async findTask(taskId) {
      const row = await database.selectFrom('deploy_tasks').selectAll().where('task_id', '=', taskId).executeTakeFirst()
      if (!row) return undefined
      return {
        taskId: row.task_id,
        artifactId: row.artifact_id,
        status: row.status as DeployTask['status'],
        createdAt: row.created_at,
      }
    },
    async runningContent(id) {
      const found = await database
        .selectFrom('running_contents')
        .select('content')
        .where('deployment_id', '=', id)
        .executeTakeFirst()
      return found?.content
    },
    async running() {
      const rows = await database
        .selectFrom('running_contents')
        .selectAll()
        .orderBy('deployed_at')
        .orderBy('deployment_id')
        .execute()
      return rows.map(row => ({
        id: row.deployment_id,
        content: row.content,
        parameters: new Map(Object.entries(JSON.parse(row.parameters) as Record<string, string>)),
      }))
    },
  }
}

function deploymentSteps(
  writer: Writer,
  changes: LocalChanges,
): Pick<Deployments, 'begin' | 'succeed' | 'fail' | 'failUnfinished' | 'delete'> {
  return {
    async begin(deployment, task) {
      await writer.write(tx => begin(tx, deployment, task))
      changes.emit('deployments', deployment.id)
    },
    async succeed(id, taskId, running) {
      const isAccepted = await writer.write(async tx => {
        if (!(await finishTask(tx, taskId, 'SUCCESS'))) return false
        const deployedAt = await finishDeployment(tx, id, taskId, { status: 'STARTED', error: null })
        await keepRunning(tx, running, deployedAt)
        return true
      })
      changes.emit('deployments', id)
      return isAccepted
    },
    async fail(id, taskId, error) {
      await writer.write(async tx => {
        if (await finishTask(tx, taskId, 'FAIL')) await finishDeployment(tx, id, taskId, { status: 'ERROR', error })
      })
      changes.emit('deployments', id)
    },
    async failUnfinished(error) {
      const failed = await writer.write(async tx => {
        await tx.updateTable('deploy_tasks').set({ status: 'FAIL' }).where('status', '=', 'DEPLOYING').execute()
        return tx
          .updateTable('deployments')
          .set({ status: 'ERROR', error })
          .where('status', '=', 'STARTING')
          .executeTakeFirst()
      })
      if (failed.numUpdatedRows > 0n) changes.emit('deployments', '')
      return Number(failed.numUpdatedRows)
    },
    async delete(id) {
      const isDeleted = await writer.write(async tx => {
        // What runs goes with it: foreign key.
        const { numDeletedRows } = await tx.deleteFrom('deployments').where('id', '=', id).executeTakeFirst()
        await tx
          .updateTable('deploy_tasks')
          .set({ status: 'FAIL' })
          .where('artifact_id', '=', id)
          .where('status', '=', 'DEPLOYING')
          .execute()
        await tx.deleteFrom('log_levels').where('flow_id', '=', id).execute()
        return numDeletedRows > 0n
      })
      if (!isDeleted) return false
      changes.emit('deployments', id)
      changes.emit('log-levels', id)
      return true
    },
  }
}

async function begin(tx: Tx, deployment: Deployment, task: DeployTask): Promise<void> {
  const { id, ...changed } = { ...toRow({ ...deployment, status: 'STARTING', error: undefined }), task_id: task.taskId }
  await tx
    .insertInto('deployments')
    .values({ id, ...changed })
    .onConflict(conflict => conflict.column('id').doUpdateSet(changed))
    .execute()
  await tx
    .deleteFrom('deploy_tasks')
    .where('created_at', '<', task.createdAt - TASK_RETENTION_MS)
    .execute()
  await tx
    .insertInto('deploy_tasks')
    .values({
      task_id: task.taskId,
      artifact_id: task.artifactId,
      status: task.status,
      created_at: task.createdAt,
    })
    .execute()
}

/** False when the task has ended: the artifact was undeployed in the meantime. */
async function finishTask(tx: Tx, taskId: string, status: 'SUCCESS' | 'FAIL'): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deploy_tasks')
    .set({ status })
    .where('task_id', '=', taskId)
    .where('status', '=', 'DEPLOYING')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Of a task that another one follows, the row keeps saying how that one goes. Resolves with the time of the deployment. */
async function finishDeployment(
  tx: Tx,
  id: string,
  taskId: string,
  outcome: { readonly status: DeploymentStatus; readonly error: string | null },
): Promise<number> {
  const updated = await tx
    .updateTable('deployments')
    .set(outcome)
    .where('id', '=', id)
    .where('task_id', '=', taskId)
    .returning('deployed_at')
    .executeTakeFirst()
  if (updated) return updated.deployed_at
  const found = await tx.selectFrom('deployments').select('deployed_at').where('id', '=', id).executeTakeFirstOrThrow()
  return found.deployed_at
}

async function keepRunning(tx: Tx, running: RunningContent, deployedAt: number): Promise<void> {
  const changed = {
    content: running.content,
    parameters: JSON.stringify(Object.fromEntries(running.parameters)),
    deployed_at: deployedAt,
  }
  await tx
    .insertInto('running_contents')
    .values({ deployment_id: running.id, ...changed })
    .onConflict(conflict => conflict.column('deployment_id').doUpdateSet(changed))
    .execute()
}

function toRow(deployment: Deployment): Insertable<Schema['deployments']> {
  return {
    id: deployment.id,
    name: deployment.name,
    type: deployment.type,
    version: deployment.version,
    status: deployment.status,
    deployed_by: deployment.deployedBy,
    deployed_at: deployment.deployedAt,
    error: deployment.error ?? null,
  }
}

function fromRow(row: Selectable<Schema['deployments']>): Deployment {
  return {
    id: row.id,
    name: row.name,
    type: row.type as ArtifactType,
    version: row.version,
    status: row.status as DeploymentStatus,
    deployedBy: row.deployed_by,
    deployedAt: row.deployed_at,
    error: row.error ?? undefined,
  }
}

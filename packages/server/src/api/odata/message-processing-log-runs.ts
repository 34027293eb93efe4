import { type EntityRow, queryRows } from '@sluice/odata'
import type { MessageLog } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { messageProcessingLogRunStepsOf } from './message-processing-log-run-steps.ts'
import { readMonitoring } from './permissions.ts'

/**
 * Runs of messages, reached through `MessageProcessingLogs` or by their key. A message has one, of the same ID: each retry is a
 * message of its own.
 */
export const messageProcessingLogRuns: EntitySetApi = {
  set: {
    name: 'MessageProcessingLogRuns',
    type: {
      name: 'MessageProcessingLogRun',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        RunStart: { type: 'Edm.DateTime' },
        RunStop: { type: 'Edm.DateTime' },
        LogLevel: { type: 'Edm.String' },
        OverallState: { type: 'Edm.String' },
        ProcessId: { type: 'Edm.String' },
      },
      navigations: { RunSteps: { target: 'MessageProcessingLogRunSteps', many: true } },
    },
  },
  roles: readMonitoring,
  find: (key, context) => findRun(textOf(key, 'Id'), context),
  navigations: { RunSteps: messageProcessingLogRunStepsOf },
}

/** The run of one message. */
export const messageProcessingLogRunsOf: ToManyApi = {
  list: async (log, query, context) => queryRows(await runsOf(log, context), query),
  count: async (log, query, context) => queryRows(await runsOf(log, context), query).length,
  find: async (log, key, context) => (await runsOf(log, context)).find(({ Id }) => Id === key.Id),
}

async function runsOf(log: EntityRow, context: ODataContext): Promise<EntityRow[]> {
  const run = await findRun(textOf(log, 'MessageGuid'), context)
  return run ? [run] : []
}

async function findRun(messageGuid: string, { store }: ODataContext): Promise<EntityRow | undefined> {
  const log = await store.messageLogs.find(messageGuid)
  return log && runRow(log)
}

function runRow({ messageGuid, logStart, logEnd, status, logLevel }: MessageLog): EntityRow {
  return {
    Id: messageGuid,
    RunStart: logStart,
    RunStop: status === 'PROCESSING' ? null : logEnd,
    LogLevel: logLevel,
    OverallState: status,
  }
}

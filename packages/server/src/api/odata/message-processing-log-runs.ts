import { type EntityRow, queryRows } from '@sluice/odata'
import type { MessageLog, MessageRun } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { messageProcessingLogRunStepsOf } from './message-processing-log-run-steps.ts'
import { readMonitoring } from './permissions.ts'

/**
 * Runs of messages, reached through `MessageProcessingLogs` or by their key: each try of a message that had several, else one of
 * the message's ID, as its log knows it.
 */
export const messageProcessingLogRuns: EntitySetApi = {
  clients: ['CPI Helper', 'figaf'],
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

/** Runs of one message, the latest first; the log keeps a few. */
export const messageProcessingLogRunsOf: ToManyApi = {
  list: async (log, query, context) => queryRows(await runsOf(log, context), query),
  count: async (log, query, context) => queryRows(await runsOf(log, context), query).length,
  async find(log, key, context) {
    const found = await findRun(textOf(key, 'Id'), context)
    return found?.messageGuid === log.MessageGuid ? found : undefined
  },
}

async function runsOf(log: EntityRow, { store: { messageLogs } }: ODataContext): Promise<EntityRow[]> {
  const messageGuid = textOf(log, 'MessageGuid')
  const tries = await messageLogs.runs(messageGuid)
  if (tries.length > 0) return tries.map(tryRow)
  const found = await messageLogs.find(messageGuid)
  return found ? [loggedRow(found)] : []
}

async function findRun(id: string, { store: { messageLogs } }: ODataContext): Promise<EntityRow | undefined> {
  const tried = await messageLogs.findRun(id)
  if (tried) return tryRow(tried)
  const log = await messageLogs.find(id)
  return log && loggedRow(log)
}

function tryRow({ id, messageGuid, startedAt, stoppedAt, logLevel, status }: MessageRun): EntityRow {
  return { Id: id, RunStart: startedAt, RunStop: stoppedAt, LogLevel: logLevel, OverallState: status, messageGuid }
}

function loggedRow({ messageGuid, logStart, logEnd, status, logLevel }: MessageLog): EntityRow {
  return {
    Id: messageGuid,
    RunStart: logStart,
    RunStop: status === 'PROCESSING' ? null : logEnd,
    LogLevel: logLevel,
    OverallState: status,
    messageGuid,
  }
}

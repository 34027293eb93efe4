import { type EntityRow, queryRows } from '@sluice/odata'
import type { MessageLog, TracedRun } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { messageProcessingLogRunStepsOf } from './message-processing-log-run-steps.ts'
import { readMonitoring } from './permissions.ts'

/**
 * Runs of messages, reached through `MessageProcessingLogs` or by their key: those that log levels DEBUG and TRACE recorded, else
 * one of the message's ID, as its log knows it.
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

/** Runs of one message, the latest first. */
export const messageProcessingLogRunsOf: ToManyApi = {
  async list(log, query, context) {
    const { traces } = context.store
    const recorded = traces.runs(textOf(log, 'MessageGuid'))
    if ((await recorded.count({})) > 0) return (await recorded.list(query)).map(recordedRow)
    return queryRows(await loggedRuns(log, context), query)
  },
  async count(log, query, context) {
    const recorded = context.store.traces.runs(textOf(log, 'MessageGuid'))
    if ((await recorded.count({})) > 0) return recorded.count(query)
    return queryRows(await loggedRuns(log, context), query).length
  },
  async find(log, key, context) {
    const id = textOf(key, 'Id')
    const recorded = await context.store.traces.findRun(id)
    if (recorded) return recorded.messageGuid === log.MessageGuid ? recordedRow(recorded) : undefined
    return id === log.MessageGuid ? findRun(id, context) : undefined
  },
}

async function loggedRuns(log: EntityRow, context: ODataContext): Promise<EntityRow[]> {
  const run = await findLogged(textOf(log, 'MessageGuid'), context)
  return run ? [run] : []
}

async function findRun(id: string, context: ODataContext): Promise<EntityRow | undefined> {
  const recorded = await context.store.traces.findRun(id)
  return recorded ? recordedRow(recorded) : findLogged(id, context)
}

async function findLogged(messageGuid: string, { store }: ODataContext): Promise<EntityRow | undefined> {
  const log = await store.messageLogs.find(messageGuid)
  return log && loggedRow(log)
}

function recordedRow({ runId, startedAt, stoppedAt, level, state }: TracedRun): EntityRow {
  return { Id: runId, RunStart: startedAt, RunStop: stoppedAt, LogLevel: level, OverallState: state }
}

function loggedRow({ messageGuid, logStart, logEnd, status, logLevel }: MessageLog): EntityRow {
  return {
    Id: messageGuid,
    RunStart: logStart,
    RunStop: status === 'PROCESSING' ? null : logEnd,
    LogLevel: logLevel,
    OverallState: status,
  }
}

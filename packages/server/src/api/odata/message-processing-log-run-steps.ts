import { type EntityRow, queryRows } from '@sluice/odata'
import type { RunStep } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { messageProcessingLogRunStepPropertiesOf } from './message-processing-log-run-step-properties.ts'
import { readMonitoring } from './permissions.ts'
import { traceMessagesOf } from './trace-messages.ts'

/**
 * Steps of runs, reached through `MessageProcessingLogRuns` or by their key: all at log levels DEBUG and TRACE, otherwise the one
 * at which the message failed.
 */
export const messageProcessingLogRunSteps: EntitySetApi = {
  clients: ['CPI Helper', 'figaf'],
  set: {
    name: 'MessageProcessingLogRunSteps',
    type: {
      name: 'MessageProcessingLogRunStep',
      key: ['RunId', 'ChildCount'],
      properties: {
        RunId: { type: 'Edm.String', nullable: false },
        ChildCount: { type: 'Edm.Int32', nullable: false },
        StepStart: { type: 'Edm.DateTime' },
        StepStop: { type: 'Edm.DateTime' },
        StepId: { type: 'Edm.String' },
        ModelStepId: { type: 'Edm.String' },
        BranchId: { type: 'Edm.String' },
        Status: { type: 'Edm.String' },
        Error: { type: 'Edm.String' },
        Activity: { type: 'Edm.String' },
      },
      navigations: {
        RunStepProperties: { target: 'MessageProcessingLogRunStepProperties', many: true },
        TraceMessages: { target: 'TraceMessages', many: true },
      },
    },
  },
  roles: readMonitoring,
  find: (key, context) => findRunStep(textOf(key, 'RunId'), Number(key.ChildCount), context),
  navigations: { RunStepProperties: messageProcessingLogRunStepPropertiesOf, TraceMessages: traceMessagesOf },
}

/** Steps of one run, in the order in which they began. */
export const messageProcessingLogRunStepsOf: ToManyApi = {
  async list(run, query, context) {
    const runId = textOf(run, 'Id')
    const failing = await failingStep(runId, context)
    if (failing) return queryRows([failing], query)
    return (await context.store.traces.steps(runId).list(query)).map(step => stepRow(runId, step))
  },
  async count(run, query, context) {
    const runId = textOf(run, 'Id')
    const failing = await failingStep(runId, context)
    return failing ? queryRows([failing], query).length : context.store.traces.steps(runId).count(query)
  },
  async find(run, key, context) {
    return key.RunId === run.Id ? findRunStep(textOf(run, 'Id'), Number(key.ChildCount), context) : undefined
  },
}

/** The step of a run by its number. */
export async function findRunStep(runId: string, step: number, context: ODataContext): Promise<EntityRow | undefined> {
  const found = await context.store.traces.findStep(runId, step)
  if (found) return stepRow(runId, found)
  return step === 1 ? failingStep(runId, context) : undefined
}

/** What the log knows of the steps of a message's latest run where they were not recorded: where and why it failed. */
async function failingStep(runId: string, { store }: ODataContext): Promise<EntityRow | undefined> {
  const { messageLogs, traces } = store
  const log = await messageLogs.find((await messageLogs.findRun(runId))?.messageGuid ?? runId)
  if (log?.errorStepId === undefined || (await traces.findStep(runId, 1)) !== undefined) return undefined
  const [latest] = await messageLogs.runs(log.messageGuid)
  if (runId !== (latest?.id ?? log.messageGuid)) return undefined
  return {
    RunId: runId,
    ChildCount: 1,
    StepStart: log.logEnd,
    StepStop: log.logEnd,
    StepId: log.errorStepId,
    ModelStepId: log.errorStepId,
    BranchId: '',
    Status: 'FAILED',
    Error: log.error,
  }
}

/** What the type does not declare is for `RunStepProperties`. */
function stepRow(runId: string, step: RunStep): EntityRow {
  return {
    RunId: runId,
    ChildCount: step.step,
    StepStart: step.startedAt,
    StepStop: step.stoppedAt,
    StepId: step.elementId,
    ModelStepId: step.elementId,
    BranchId: step.branch,
    Status: step.error === undefined ? 'COMPLETED' : 'FAILED',
    Error: step.error,
    Activity: step.elementName,
    ProcessId: step.processId,
    CallDepth: step.callDepth,
  }
}

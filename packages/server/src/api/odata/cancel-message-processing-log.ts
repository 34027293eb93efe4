import { ODataError } from '@sluice/odata'
import { type FunctionImportApi, textOf } from './definition.ts'
import { findLogRow } from './message-processing-log-row.ts'
import { cancelMessages } from './permissions.ts'
import { messageSubjects } from './protected-subjects.ts'

/**
 * Ends a message that is under way at its next step, or takes one out of its queue that waits for its next try. Answers with its
 * log, which is CANCELLED then, or as soon as the step ends. What has no log is left alone: nothing says whose it is.
 */
export const cancelMessageProcessingLog: FunctionImportApi = {
  functionImport: {
    name: 'CancelMessageProcessingLog',
    method: 'POST',
    returnType: { entitySet: 'MessageProcessingLogs' },
    parameters: { Id: { type: 'Edm.String', nullable: false } },
  },
  roles: cancelMessages,
  subjects: (parameters, context) => messageSubjects(textOf({ Id: parameters.Id }, 'Id'), context),
  async run(parameters, context) {
    const id = textOf({ Id: parameters.Id }, 'Id')
    const found = await findLogRow(id, context)
    if (!found) throw new ODataError('not-found', `Expected a message processing log, found none with ID "${id}"`)
    const isCancelled = context.runs.cancel(id) || (await context.store.queues.cancel(id, context.now))
    const row = (await findLogRow(id, context)) ?? found
    if (isCancelled) return { status: 200, row }
    throw new ODataError(
      'conflict',
      `Expected a message that is under way or waits for its next try, found one that is ${row.Status}`,
    )
  },
}

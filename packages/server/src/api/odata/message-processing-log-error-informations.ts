import type { EntityRow } from '@sluice/odata'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { readMonitoring } from './permissions.ts'

/** Why a message failed: plain text at `$value`, nothing (204) for a message that did not fail. */
export const messageProcessingLogErrorInformations: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'mcp-integration-suite', 'Piper'],
  set: {
    name: 'MessageProcessingLogErrorInformations',
    type: {
      name: 'MessageProcessingLogErrorInformation',
      key: ['MessageGuid'],
      hasStream: true,
      properties: {
        MessageGuid: { type: 'Edm.String', nullable: false },
        Type: { type: 'Edm.String' },
        LastErrorModelStepId: { type: 'Edm.String' },
      },
    },
  },
  roles: readMonitoring,
  find: (key, context) => findErrorRow(textOf(key, 'MessageGuid'), context),
  async media(row, { store }) {
    const error = (await store.messageLogs.find(textOf(row, 'MessageGuid')))?.error
    return error === undefined ? undefined : { contentType: 'text/plain;charset=utf-8', body: error }
  },
}

/** Every log has one, also when there was no error: then it says nothing. Undefined when there is no such log. */
export async function findErrorRow(messageGuid: string, { store }: ODataContext): Promise<EntityRow | undefined> {
  const log = await store.messageLogs.find(messageGuid)
  if (!log) return undefined
  return {
    MessageGuid: log.messageGuid,
    Type: log.error === undefined ? null : 'EXCEPTION',
    LastErrorModelStepId: log.errorStepId,
  }
}

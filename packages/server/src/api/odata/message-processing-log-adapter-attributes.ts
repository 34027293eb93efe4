import { type EntitySetApi, textOf } from './definition.ts'
import { detailReading } from './message-log-details.ts'
import { findLogRow } from './message-processing-log-row.ts'
import { readMonitoring } from './permissions.ts'

const reading = detailReading(
  logs => logs.adapterAttributes,
  ({ id, messageGuid, adapterId, adapterMessageId, name, value }) => {
    return { Id: id, AdapterId: adapterId, AdapterMessageId: adapterMessageId, Name: name, Value: value, messageGuid }
  },
)

/** What adapters say about the messages of their own: by which name another system knows what was exchanged with it. */
export const messageProcessingLogAdapterAttributes: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'figaf', 'mcp-integration-suite'],
  set: {
    name: 'MessageProcessingLogAdapterAttributes',
    type: {
      name: 'MessageProcessingLogAdapterAttribute',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        AdapterId: { type: 'Edm.String' },
        AdapterMessageId: { type: 'Edm.String' },
        Name: { type: 'Edm.String' },
        Value: { type: 'Edm.String' },
      },
      navigations: {
        MessageProcessingLog: {
          target: 'MessageProcessingLogs',
          many: false,
          association: 'MessageProcessingLogAdapterAttributesAss',
        },
      },
    },
  },
  roles: readMonitoring,
  ...reading.ofAll,
  navigations: {
    MessageProcessingLog: { get: (attribute, context) => findLogRow(textOf(attribute, 'messageGuid'), context) },
  },
}

/** Those of one log, in the order in which they were added. */
export const adapterAttributesOf = reading.ofLog

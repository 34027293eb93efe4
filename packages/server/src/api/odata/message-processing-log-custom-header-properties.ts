import { type EntitySetApi, textOf } from './definition.ts'
import { detailReading } from './message-log-details.ts'
import { findLogRow } from './message-processing-log-row.ts'
import { readMonitoring } from './permissions.ts'

const reading = detailReading(
  logs => logs.customHeaders,
  ({ id, messageGuid, name, value }) => ({ Id: id, Name: name, Value: value, messageGuid }),
)

/** Names and values that flows put into message processing logs, by which people find messages. */
export const messageProcessingLogCustomHeaderProperties: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'documentation', 'figaf', 'mcp-integration-suite'],
  set: {
    name: 'MessageProcessingLogCustomHeaderProperties',
    type: {
      name: 'MessageProcessingLogCustomHeaderProperty',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String' },
        Value: { type: 'Edm.String' },
      },
      navigations: {
        Log: {
          target: 'MessageProcessingLogs',
          many: false,
          association: 'MessageProcessingLogCustomHeaderPropertiesAss',
        },
      },
    },
  },
  roles: readMonitoring,
  ...reading.ofAll,
  navigations: { Log: { get: (header, context) => findLogRow(textOf(header, 'messageGuid'), context) } },
}

/** Those of one log, in the order in which they were added. */
export const customHeadersOf = reading.ofLog

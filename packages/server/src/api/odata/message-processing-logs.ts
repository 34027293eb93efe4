import { type ComplexType, parseFilter } from '@sluice/odata'
import type { MessageLogQuery } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { adapterAttributesOf } from './message-processing-log-adapter-attributes.ts'
import { attachmentsOf } from './message-processing-log-attachments.ts'
import { customHeadersOf } from './message-processing-log-custom-header-properties.ts'
import { findErrorRow } from './message-processing-log-error-informations.ts'
import { findLogRow, logRows } from './message-processing-log-row.ts'
import { messageProcessingLogRunsOf } from './message-processing-log-runs.ts'
import { messageStoreEntriesOf } from './message-store-entries.ts'
import { readMonitoring } from './permissions.ts'

const integrationArtifact: ComplexType = {
  name: 'IntegrationArtifact',
  properties: {
    Id: { type: 'Edm.String' },
    Name: { type: 'Edm.String' },
    Type: { type: 'Edm.String' },
    PackageId: { type: 'Edm.String' },
    PackageName: { type: 'Edm.String' },
  },
}

/** What happened to each message. Logs are newest first unless sorted otherwise. */
export const messageProcessingLogs: EntitySetApi = {
  clients: [
    'contiva',
    'CPI Helper',
    'documentation',
    'figaf',
    'Jenkinsfiles',
    'mcp-integration-suite',
    'odata-mcp-proxy',
    'Piper',
  ],
  options: ['filterCustomHeaderProperties'],
  set: {
    name: 'MessageProcessingLogs',
    type: {
      name: 'MessageProcessingLog',
      key: ['MessageGuid'],
      properties: {
        MessageGuid: { type: 'Edm.String', nullable: false },
        CorrelationId: { type: 'Edm.String' },
        ApplicationMessageId: { type: 'Edm.String' },
        ApplicationMessageType: { type: 'Edm.String' },
        LogStart: { type: 'Edm.DateTime' },
        LogEnd: { type: 'Edm.DateTime' },
        Sender: { type: 'Edm.String' },
        Receiver: { type: 'Edm.String' },
        IntegrationFlowName: { type: 'Edm.String' },
        Status: { type: 'Edm.String' },
        AlternateWebLink: { type: 'Edm.String' },
        IntegrationArtifact: { type: integrationArtifact, nullable: false },
        LogLevel: { type: 'Edm.String' },
        CustomStatus: { type: 'Edm.String' },
        ArchivingStatus: { type: 'Edm.String' },
        ArchivingSenderChannelMessages: { type: 'Edm.Boolean' },
        ArchivingReceiverChannelMessages: { type: 'Edm.Boolean' },
        ArchivingLogAttachments: { type: 'Edm.Boolean' },
        ArchivingPersistedMessages: { type: 'Edm.Boolean' },
        TransactionId: { type: 'Edm.String' },
        PreviousComponentName: { type: 'Edm.String' },
        LocalComponentName: { type: 'Edm.String' },
        OriginComponentName: { type: 'Edm.String' },
      },
      navigations: {
        CustomHeaderProperties: {
          target: 'MessageProcessingLogCustomHeaderProperties',
          many: true,
          association: 'MessageProcessingLogCustomHeaderPropertiesAss',
        },
        MessageStoreEntries: { target: 'MessageStoreEntries', many: true },
        ErrorInformation: { target: 'MessageProcessingLogErrorInformations', many: false },
        AdapterAttributes: {
          target: 'MessageProcessingLogAdapterAttributes',
          many: true,
          association: 'MessageProcessingLogAdapterAttributesAss',
        },
        Attachments: { target: 'MessageProcessingLogAttachments', many: true },
        Runs: { target: 'MessageProcessingLogRuns', many: true },
      },
    },
  },
  roles: readMonitoring,
  list: async (query, context) => logRows(await context.store.messageLogs.list(withHeaders(query, context)), context),
  count: (query, context) => context.store.messageLogs.count(withHeaders(query, context)),
  find: (key, context) => findLogRow(textOf(key, 'MessageGuid'), context),
  navigations: {
    CustomHeaderProperties: customHeadersOf,
    MessageStoreEntries: messageStoreEntriesOf,
    ErrorInformation: { get: (parent, context) => findErrorRow(textOf(parent, 'MessageGuid'), context) },
    AdapterAttributes: adapterAttributesOf,
    Attachments: attachmentsOf,
    Runs: messageProcessingLogRunsOf,
  },
}

/** The query option of the original that `$filter` is combined with: `filterCustomHeaderProperties='name' eq 'value'`. */
function withHeaders<Query extends Pick<MessageLogQuery, 'filter'>>(query: Query, { options }: ODataContext) {
  const text = options.get('filterCustomHeaderProperties')
  return text === undefined ? query : { ...query, customHeaders: parseFilter(text) }
}

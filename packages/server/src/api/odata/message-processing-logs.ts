import type { ComplexType, EntityRow } from '@sluice/odata'
import type { MessageLog } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { findErrorRow } from './message-processing-log-error-informations.ts'
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
        MessageStoreEntries: { target: 'MessageStoreEntries', many: true },
        ErrorInformation: { target: 'MessageProcessingLogErrorInformations', many: false },
        Runs: { target: 'MessageProcessingLogRuns', many: true },
      },
    },
  },
  roles: readMonitoring,
  list: async (query, context) => logRows(await context.store.messageLogs.list(query), context),
  count: (query, { store }) => store.messageLogs.count(query),
  async find(key, context) {
    const found = await context.store.messageLogs.find(textOf(key, 'MessageGuid'))
    return found && (await logRows([found], context))[0]
  },
  navigations: {
    MessageStoreEntries: messageStoreEntriesOf,
    ErrorInformation: { get: (parent, context) => findErrorRow(textOf(parent, 'MessageGuid'), context) },
    Runs: messageProcessingLogRunsOf,
  },
}

async function logRows(logs: readonly MessageLog[], { store, publicUrl }: ODataContext): Promise<EntityRow[]> {
  const packageNames = new Map<string, string | undefined>()
  for (const id of new Set(logs.map(log => log.packageId))) packageNames.set(id, (await store.packages.find(id))?.name)
  return logs.map(log => logRow(log, packageNames.get(log.packageId), publicUrl))
}

function logRow(log: MessageLog, packageName: string | undefined, publicUrl: string): EntityRow {
  const identifier = encodeURIComponent(JSON.stringify({ identifier: log.messageGuid }))
  return {
    MessageGuid: log.messageGuid,
    CorrelationId: log.correlationId,
    ApplicationMessageId: log.applicationMessageId,
    ApplicationMessageType: log.applicationMessageType,
    LogStart: log.logStart,
    LogEnd: log.logEnd,
    Sender: log.sender,
    Receiver: log.receiver,
    IntegrationFlowName: log.artifactId,
    Status: log.status,
    AlternateWebLink: `${publicUrl}/shell/monitoring/Messages/${identifier}`,
    IntegrationArtifact: {
      Id: log.artifactId,
      Name: log.artifactName,
      Type: 'INTEGRATION_FLOW',
      PackageId: log.packageId,
      PackageName: packageName,
    },
    LogLevel: 'INFO',
    CustomStatus: log.customStatus ?? log.status,
  }
}

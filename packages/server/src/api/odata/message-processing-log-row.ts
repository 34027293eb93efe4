import type { EntityRow } from '@sluice/odata'
import type { MessageLog } from '../../store/store.ts'
import type { ODataContext } from './definition.ts'

/** The log with this ID as an entity of `MessageProcessingLogs`. */
export async function findLogRow(messageGuid: string, context: ODataContext): Promise<EntityRow | undefined> {
  const found = await context.store.messageLogs.find(messageGuid)
  return found && (await logRows([found], context))[0]
}

/** Logs as entities of `MessageProcessingLogs`. */
export async function logRows(logs: readonly MessageLog[], { store, publicUrl }: ODataContext): Promise<EntityRow[]> {
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
    LogLevel: log.logLevel,
    CustomStatus: log.customStatus ?? log.status,
    LocalComponentName: new URL(publicUrl).hostname,
  }
}

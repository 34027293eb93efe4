import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'

type Method = (...given: unknown[]) => Promise<unknown>

/** Sets that are not served, by the methods that read them; a set that is served is read. */
const readsOf: Readonly<Record<string, string>> = {
  getAccessPolicies: 'AccessPolicies',
  getArtifactReferences: 'ArtifactReferences',
  getCertificateUserMappings: 'CertificateUserMappings',
  getDesignGuidelineExecutionResults: 'DesignGuidelineExecutionResults',
  getExternalLoggingStatus: 'ExternalLoggingActivationStatus',
  getIdMapperSourceIds: 'IdMapToIds',
  getIdMapperTargetIds: 'IdMapFromIds',
  getJmsBrokerInfo: 'JmsBrokers',
  getKeystoreHistoryEntries: 'HistoryKeystoreEntries',
  getKeystoreProperties: 'Keystores',
  getKeystoreSize: 'Keystores',
  getLogFileArchives: 'LogFileArchives',
  getLogFiles: 'LogFiles',
}

/**
 * Every method of contiva that reads something, with what it is given, but for three that call themselves without end:
 * `getDetailedArtifactErrorInformation`, `getAllMessageMappings`, `getAllValueMappings`.
 */
function calls(
  run: AcceptanceRun,
  ids: Ids,
): Readonly<Record<string, readonly (readonly [method: string, ...given: unknown[]])[]>> {
  return {
    integrationContent: [
      ['getIntegrationPackages'],
      ['getIntegrationPackageById', 'AccPkg'],
      ['getIntegrationFlows', 'AccPkg'],
      ['getIntegrationFlowById', 'AccFlow'],
      ['downloadIntegrationFlow', 'AccFlow'],
      ['getDeployedArtifacts'],
      ['getDeployedArtifacts', { filter: "Status eq 'ERROR'", top: 5 }],
      ['getIntegrationFlowConfigurations', 'AccFlow'],
      ['getIntegrationFlowConfigurationCount', 'AccFlow'],
      ['getServiceEndpoints'],
      ['getServiceEndpointCount', "Protocol eq 'REST'"],
      ['getArtifactErrorInformation', 'AccBroken'],
      ['getValueMappings', 'AccPkg'],
      ['getMessageMappings', 'AccPkg'],
      ['getPackagesWithArtifacts'],
      ['getAllIntegrationFlows'],
      ['getAllScriptCollections'],
      ['downloadIntegrationPackage', 'AccPkg'],
      ['getDeployedArtifactById', 'AccFlow'],
      ['getValueMappingSchemas', 'AccValues'],
      ['getValueMappingsForSchema', 'AccValues', 'active', ...ids.schema],
      ['getDefaultValueMappingsForSchema', 'AccValues', 'active', ...ids.schema],
      ['getScriptCollections', 'AccPkg'],
      ['getScriptCollectionById', 'AccScripts'],
      ['downloadScriptCollection', 'AccScripts'],
      ['getIntegrationFlowResources', 'AccFlow'],
      ['getIntegrationFlowResourceCount', 'AccFlow'],
      ['getIntegrationFlowResource', 'AccFlow', 'active', 'Prepare.groovy', 'groovy'],
      ['downloadIntegrationFlowResource', 'AccFlow', 'active', 'Prepare.groovy', 'groovy'],
      ['getCustomTagsForPackage', 'AccPkg'],
      ['getDesignGuidelineExecutionResults', 'AccFlow'],
      ['getDeployedArtifactCount'],
    ],
    messageProcessingLogs: [
      ['getMessageProcessingLogs', { startDate: new Date(2020, 0, 1), endDate: new Date(2030, 0, 1) }],
      ['getMessageProcessingLogById', run.confirmed, { expand: ['AdapterAttributes', 'CustomHeaderProperties'] }],
      ['getLogAdapterAttributes', run.confirmed],
      ['getLogAttachments', run.confirmed],
      ['getLogCustomHeaderProperties', run.confirmed, { orderby: ['Name,Value'], top: 5, skip: 0 }],
      ['getLogErrorInformation', run.refused],
      ['getLogErrorInformationText', run.refused],
      ['getIdempotentRepositoryEntriesById', 'nobody'],
      ['getGenericIdempotentRepositoryEntriesById', 'nobody'],
      ['getIdMapperTargetIds', 'nobody'],
      ['getIdMapperSourceIds', 'nobody'],
      ['getExternalLoggingStatus', 'dev'],
    ],
    messageStore: [
      ['getMessageStoreEntriesForMessage', run.confirmed],
      ['getMessageStoreEntryById', ids.entry],
      ['getMessageStoreEntryPayload', ids.entry],
      ['getMessageStoreEntryAttachments', ids.entry],
      ['getMessageStoreEntryProperties', ids.entry],
      ['getMessageStoreEntryPropertyByName', ids.entry, 'OrderKind'],
      ['getNumberRanges'],
      ['getDataStores'],
      ['getDataStores', true],
      ['getAllDataStoreEntries'],
      ['getAllDataStoreEntries', true, run.confirmed],
      ['getVariables'],
      ['getJmsBrokerInfo', true, true],
    ],
    securityContent: [
      ['getUserCredentials'],
      ['getUserCredentialByName', 'AccPartner'],
      ['getSecureParameters'],
      ['getKeystoreEntries', 'system', ['Alias']],
      ['getKeystoreProperties', 'system', true],
      ['getKeystoreSize', 'system'],
      ['getKeystoreHistoryEntries'],
      ['getCertificateUserMappings'],
      ['getAccessPolicies'],
      ['getArtifactReferences'],
    ],
    partnerDirectory: [
      ['getAlternativePartners'],
      ['getAuthorizedUsers', { top: 5 }],
      ['getPartners'],
      ['getStringParameters', { filter: "Pid eq 'ACME'", orderby: ['Id'] }],
      ['getStringParameterById', 'ACME', 'Standard'],
      ['getBinaryParameters'],
      ['getUserCredentialParameters', "Pid eq 'ACME'"],
    ],
    logFiles: [['getLogFiles'], ['getLogFileArchives']],
  }
}

interface Ids {
  /** Of the persisted message of the confirmed order. */
  readonly entry: string
  /** Agencies and identifiers of the value mapping. */
  readonly schema: readonly [string, string, string, string]
}

/** contiva reads whatever it can read. It hides some refusals, so that the access log is asked, too. */
export function contivaReads(run: AcceptanceRun): void {
  test('contiva reads everything there is', async () => {
    const [entry] = await run.contiva.messageStore.getMessageStoreEntriesForMessage(run.confirmed)
    const ids: Ids = { entry: entry?.Id ?? '', schema: ['ERP', 'Country', 'Partner', 'Land'] }
    const { apis } = await run.sdk()
    const before = (await run.tenant.accessLines()).length
    const refused: string[] = []
    for (const [api, methods] of Object.entries(calls(run, ids))) {
      const client = Reflect.get(run.contiva, api) as Record<string, Method>
      for (const [name, ...given] of methods) {
        if (!apis.has(readsOf[name] ?? 'IntegrationPackages')) continue
        await client[name]?.(...given).catch(error => refused.push(`${api}.${name}: ${error.message}`))
      }
    }
    const lines = (await run.tenant.accessLines()).slice(before)
    refused.push(
      ...lines.filter(({ status }) => status >= 400).map(({ method, path, status }) => `${status} ${method} ${path}`),
    )
    assert.deepEqual(refused, [])
    assert.ok(lines.length > 60, String(lines.length))
  })
}

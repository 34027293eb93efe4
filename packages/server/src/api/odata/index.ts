import { defineModel } from '@sluice/odata'
import type { FastifyInstance } from 'fastify'
import { accessPolicies } from './access-policies.ts'
import { alternativePartners } from './alternative-partners.ts'
import { artifactReferences } from './artifact-references.ts'
import { authorizedUsers } from './authorized-users.ts'
import { binaryParameters } from './binary-parameters.ts'
import { buildAndDeployStatus } from './build-and-deploy-status.ts'
import { cancelMessageProcessingLog } from './cancel-message-processing-log.ts'
import { certificateChainResources } from './certificate-chain-resources.ts'
import { certificateResources } from './certificate-resources.ts'
import { certificateSigningRequests } from './certificate-signing-requests.ts'
import { certificateUserMappings } from './certificate-user-mappings.ts'
import { chainCertificates } from './chain-certificates.ts'
import { configurations } from './configurations.ts'
import { copyIntegrationPackage } from './copy-integration-package.ts'
import { customParameters } from './custom-parameters.ts'
import { customTagConfigurations } from './custom-tag-configurations.ts'
import { customTags } from './custom-tags.ts'
import { dataStoreEntries } from './data-store-entries.ts'
import { dataStores } from './data-stores.ts'
import { defaultValMaps, updateDefaultValMap } from './default-val-maps.ts'
import type { EntitySetApi, FunctionImportApi } from './definition.ts'
import { genericIdempotentRepositoryEntries, idempotentRepositoryEntries } from './idempotent-repository-entries.ts'
import {
  deployIntegrationDesigntimeArtifact,
  integrationDesigntimeArtifactSaveAsVersion,
  integrationDesigntimeArtifacts,
} from './integration-designtime-artifacts.ts'
import { integrationDesigntimeLocks } from './integration-designtime-locks.ts'
import { integrationPackages } from './integration-packages.ts'
import { integrationRuntimeArtifacts } from './integration-runtime-artifacts.ts'
import { jmsArtifacts } from './jms-artifacts.ts'
import { jmsBrokers } from './jms-brokers.ts'
import { jmsMessages } from './jms-messages.ts'
import { jmsQueues } from './jms-queues.ts'
import { keyPairGenerationRequests } from './key-pair-generation-requests.ts'
import { keyPairResources } from './key-pair-resources.ts'
import { keystoreEntries } from './keystore-entries.ts'
import { keystoreResources } from './keystore-resources.ts'
import { keystores } from './keystores.ts'
import { logFileArchives } from './log-file-archives.ts'
import { logFiles } from './log-files.ts'
import {
  deployMessageMappingDesigntimeArtifact,
  messageMappingDesigntimeArtifactSaveAsVersion,
  messageMappingDesigntimeArtifacts,
} from './message-mapping-designtime-artifacts.ts'
import { messageProcessingLogAdapterAttributes } from './message-processing-log-adapter-attributes.ts'
import { messageProcessingLogAttachments } from './message-processing-log-attachments.ts'
import { messageProcessingLogCustomHeaderProperties } from './message-processing-log-custom-header-properties.ts'
import { messageProcessingLogErrorInformations } from './message-processing-log-error-informations.ts'
import { messageProcessingLogRunStepProperties } from './message-processing-log-run-step-properties.ts'
import { messageProcessingLogRunSteps } from './message-processing-log-run-steps.ts'
import { messageProcessingLogRuns } from './message-processing-log-runs.ts'
import { messageProcessingLogs } from './message-processing-logs.ts'
import { messageStoreEntries } from './message-store-entries.ts'
import { messageStoreEntryAttachmentProperties } from './message-store-entry-attachment-properties.ts'
import { messageStoreEntryAttachments } from './message-store-entry-attachments.ts'
import { messageStoreEntryProperties } from './message-store-entry-properties.ts'
import { numberRanges } from './number-ranges.ts'
import { oauth2ClientCredentials } from './oauth2-client-credentials.ts'
import { partners } from './partners.ts'
import { activateQueue, deactivateQueue, moveJmsMessages, retryJmsMessages } from './queue-functions.ts'
import { queueStates } from './queue-states.ts'
import { queues } from './queues.ts'
import { type ODataApiOptions, registerService } from './register.ts'
import { resources } from './resources.ts'
import { rsaKeyGenerationRequests } from './rsa-key-generation-requests.ts'
import { runtimeArtifactErrorInformations } from './runtime-artifact-error-informations.ts'
import {
  deployScriptCollectionDesigntimeArtifact,
  scriptCollectionDesigntimeArtifactSaveAsVersion,
  scriptCollectionDesigntimeArtifacts,
} from './script-collection-designtime-artifacts.ts'
import { secureParameters } from './secure-parameters.ts'
import { apiDefinitions, entryPoints, serviceEndpoints } from './service-endpoints.ts'
import { sshKeyGenerationRequests } from './ssh-key-generation-requests.ts'
import { sshKeyResources } from './ssh-key-resources.ts'
import { stringParameters } from './string-parameters.ts'
import { traceMessageExchangeProperties } from './trace-message-exchange-properties.ts'
import { traceMessageProperties } from './trace-message-properties.ts'
import { traceMessages } from './trace-messages.ts'
import { userCredentialParameters } from './user-credential-parameters.ts'
import { userCredentials } from './user-credentials.ts'
import { deleteValMaps, valMapSchema } from './val-map-schema.ts'
import { upsertValMaps, valMaps } from './val-maps.ts'
import {
  deployValueMappingDesigntimeArtifact,
  valueMappingDesigntimeArtifactSaveAsVersion,
  valueMappingDesigntimeArtifacts,
} from './value-mapping-designtime-artifacts.ts'
import { variables } from './variables.ts'

/** Every entity set that is served, sorted. */
export const entitySets: readonly EntitySetApi[] = [
  accessPolicies,
  alternativePartners,
  apiDefinitions,
  artifactReferences,
  authorizedUsers,
  binaryParameters,
  buildAndDeployStatus,
  certificateChainResources,
  certificateResources,
  certificateSigningRequests,
  certificateUserMappings,
  chainCertificates,
  configurations,
  customParameters,
  customTagConfigurations,
  customTags,
  dataStoreEntries,
  dataStores,
  defaultValMaps,
  entryPoints,
  genericIdempotentRepositoryEntries,
  idempotentRepositoryEntries,
  integrationDesigntimeArtifacts,
  integrationDesigntimeLocks,
  integrationPackages,
  integrationRuntimeArtifacts,
  jmsArtifacts,
  jmsBrokers,
  jmsMessages,
  jmsQueues,
  keyPairGenerationRequests,
  keyPairResources,
  keystoreEntries,
  keystoreResources,
  keystores,
  logFileArchives,
  logFiles,
  messageMappingDesigntimeArtifacts,
  messageProcessingLogAdapterAttributes,
  messageProcessingLogAttachments,
  messageProcessingLogCustomHeaderProperties,
  messageProcessingLogErrorInformations,
  messageProcessingLogRuns,
  messageProcessingLogRunStepProperties,
  messageProcessingLogRunSteps,
  messageProcessingLogs,
  messageStoreEntries,
  messageStoreEntryAttachmentProperties,
  messageStoreEntryAttachments,
  messageStoreEntryProperties,
  numberRanges,
  oauth2ClientCredentials,
  partners,
  queues,
  queueStates,
  resources,
  rsaKeyGenerationRequests,
  runtimeArtifactErrorInformations,
  scriptCollectionDesigntimeArtifacts,
  secureParameters,
  serviceEndpoints,
  sshKeyGenerationRequests,
  sshKeyResources,
  stringParameters,
  traceMessageExchangeProperties,
  traceMessageProperties,
  traceMessages,
  userCredentialParameters,
  userCredentials,
  valMaps,
  valMapSchema,
  valueMappingDesigntimeArtifacts,
  variables,
]

/** Every function import that is served, sorted. */
export const functionImports: readonly FunctionImportApi[] = [
  cancelMessageProcessingLog,
  copyIntegrationPackage,
  deleteValMaps,
  deployIntegrationDesigntimeArtifact,
  deployMessageMappingDesigntimeArtifact,
  deployScriptCollectionDesigntimeArtifact,
  deployValueMappingDesigntimeArtifact,
  integrationDesigntimeArtifactSaveAsVersion,
  messageMappingDesigntimeArtifactSaveAsVersion,
  moveJmsMessages,
  retryJmsMessages,
  scriptCollectionDesigntimeArtifactSaveAsVersion,
  updateDefaultValMap,
  upsertValMaps,
  valueMappingDesigntimeArtifactSaveAsVersion,
  activateQueue,
  deactivateQueue,
]

/** The entity data model of the Cloud Integration API, as far as it is served. Names are the original's. */
export const model = defineModel({
  namespace: 'com.sap.hci.api',
  container: 'DefaultContainer',
  sets: entitySets.map(({ set }) => set),
  functionImports: functionImports.map(({ functionImport }) => functionImport),
})

/** Serves the Cloud Integration OData V2 API below `/api/v1`. */
export function registerODataApi(app: FastifyInstance, options: ODataApiOptions): void {
  registerService(app, { model, entitySets, functionImports }, options)
}

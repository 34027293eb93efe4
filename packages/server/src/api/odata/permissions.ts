import type { Roles } from './definition.ts'

/*
 * Roles of the API application (`<subaccount>tmn`) by task, from the original's page "Tasks and Permissions" (556d557).
 * Authorization groups such as `AuthGroup.IntegrationDeveloper` contain them.
 */

const operationsRead = 'IntegrationOperationServer.read'

export const readDesign: Roles = ['WebToolingWorkspace.Read']

export const writeDesign: Roles = [...readDesign, 'WebToolingWorkspace.Write']

export const readLocks: Roles = [...readDesign, 'WorkspaceArtifactLocks.Read']

/** Delete locks of others. */
export const deleteLocks: Roles = [...readDesign, 'WorkspaceArtifactLocks.Delete']

/** Settings of the design workspace, such as custom tags. */
export const configureTenant: Roles = ['WebToolingSettingsProductProfiles.savetenantconfiguration']

export const configureArtifact: Roles = [
  ...readDesign,
  'WebTooling.IntegrationFlowConfigure',
  'WebToolingWorkspace.RuntimeConfigure',
]

export const deployArtifact: Roles = [
  ...readDesign,
  'NodeManager.read',
  'GenerationAndBuild.generationandbuildcontent',
  'NodeManager.deploycontent',
  'WebToolingWorkspace.RuntimeConfigure',
]

/** Message processing logs and number ranges. */
export const readMonitoring: Roles = [operationsRead]

/** Deployed artifacts and their endpoints. */
export const readRuntime: Roles = [operationsRead, 'NodeManager.read']

/** Chosen: what is deployed is as much to be read as what is designed. */
export const downloadRuntime: Roles = [...readRuntime, ...readDesign]

/** Contents of messages: what Persist steps keep, traces and attachments of message processing logs. */
export const readPayloads: Roles = ['esbmessagestorage.read']

/** "Access log files". */
export const readLogFiles: Roles = [operationsRead, 'AuditLog.Read']

/** Undeploy, and change number ranges. */
export const changeRuntime: Roles = [operationsRead, 'NodeManager.deploycontent']

/** Deploy what is in no package. */
export const deployContent: Roles = [...changeRuntime, 'GenerationAndBuild.generationandbuildcontent']

/** Add, change and delete entries of the keystore. */
export const changeKeystore: Roles = [operationsRead, 'NodeManager.deploysecuritycontent']

/** What flows have left in the tenant: data stores and variables. */
export const readStored: Roles = ['ESBDataStore.read']

/** Messages in data stores and queues, and values of variables. */
export const readStoredPayloads: Roles = [...readStored, 'ESBDataStore.readPayload']

export const deleteStored: Roles = [...readStored, 'ESBDataStore.delete']

export const readPartners: Roles = ['TenantPartnerDirectory.read']

export const changePartners: Roles = [...readPartners, 'TenantPartnerDirectory.write']

/** Add, edit and undeploy credentials. */
export const changeCredentials: Roles = [...changeRuntime, 'NodeManager.deploycredentials']

/** Make the idempotent repository forget a message: as for the original's locks of message processing. */
export const deleteProcessed: Roles = [...readMonitoring, 'MessageProcessingLocks.Delete']

/** "Change log level". */
export const changeLogLevel: Roles = [...readRuntime, 'ConfigurationService.RuntimeBusinessParameterWrite']

/** Users and passwords of the partner directory. */
export const readPartnerCredentials: Roles = [...readPartners, 'NodeManager.readcredentials']

export const changePartnerCredentials: Roles = [
  ...changePartners,
  'NodeManager.readcredentials',
  'NodeManager.deploycredentials',
]

/** Queues and their messages, without contents. */
export const readQueues: Roles = [operationsRead, ...readStored]

export const activateQueues: Roles = [operationsRead, 'ESBDataStore.Activate']

export const retryMessages: Roles = [...readQueues, 'ESBDataStore.retry']

/** Chosen: a message that is cancelled is deleted from its queue. */
export const cancelMessages: Roles = [...readQueues, 'ESBDataStore.delete']

/** Chosen: a message that moves is gone from a queue and tried again in another. */
export const moveMessages: Roles = [...retryMessages, 'ESBDataStore.delete']

export const readAccessPolicies: Roles = [operationsRead, 'AccessPolicies.Read']

export const changeAccessPolicies: Roles = [...readAccessPolicies, 'AccessPolicies.Write']

/** Create, edit and delete certificate-to-user mappings. */
export const changeCertificateMappings: Roles = [...readRuntime, 'NodeManager.deploysecuritycontent']

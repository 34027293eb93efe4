import type { RoleReference } from '../store/store.ts'

/** Something clients subscribe to and roles belong to. */
export interface Application {
  readonly name: string
  /** Roles that always exist, sorted. Custom roles are in the store. */
  readonly predefinedRoles: readonly string[]
}

/** The applications of one subaccount and their predefined roles. */
export interface RolesCatalogue {
  readonly subaccount: string
  /** `<subaccount>iflmap`: the endpoints of integration flows. */
  readonly runtime: string
  /** `<subaccount>tmn`: the Cloud Integration API. */
  readonly api: string
  /** `cockpit`: Sluice's own; its role `Administrator` may do everything that platform clients may with scopes. */
  readonly cockpit: string
  readonly applications: readonly Application[]
  /** Undefined when the subaccount has no such application. Names are compared exactly. */
  find(application: string): Application | undefined
  /** What the role stands for: itself, and for an `AuthGroup.*` of the API application the roles in it. */
  expand(reference: RoleReference): readonly string[]
}

/**
 * Roles of the API application and the personas that include them, by first letter: Read-only, Business expert,
 * integration Developer, Administrator, Partner directory configurator. From the original's page "Tasks and Permissions"
 * (556d557): a persona has the roles of every task that is listed for it.
 */
const apiRoles: Readonly<Record<string, string>> = {
  'AccessPolicies.Read': 'RDA',
  'AccessPolicies.Write': 'A',
  'AccessPoliciesArtifacts.AccessAll': '',
  'AuditLog.Read': 'A',
  'CertificateUserMappings.Read': 'P',
  'CertificateUserMappings.Write': 'P',
  'ConfigurationService.RuntimeBusinessParameterRead': 'RBDA',
  'ConfigurationService.RuntimeBusinessParameterWrite': 'BDA',
  'ESBDataStore.Activate': 'A',
  'ESBDataStore.Config': 'A',
  'ESBDataStore.delete': 'A',
  'ESBDataStore.read': 'RBDA',
  'ESBDataStore.readPayload': 'B',
  'ESBDataStore.retry': 'DA',
  'ExternalLogging.Activate': 'A',
  'ExternalLoggingActivation.Read': 'RBDA',
  'GenerationAndBuild.generationandbuildcontent': 'DA',
  'HealthCheckMonitoringData.Read': '',
  'IntegrationOperationServer.read': 'RBDA',
  'MessageProcessingLocks.Delete': 'A',
  'MessageProcessingLocks.Read': 'RDA',
  'NodeManager.deploycontent': 'DA',
  'NodeManager.deploycredentials': 'DAP',
  'NodeManager.deploysecuritycontent': 'A',
  'NodeManager.read': 'RBDA',
  'NodeManager.readcredentials': 'DAP',
  'NodeManager.readsecuritycontent': 'A',
  'ResourceUsageData.Read': '',
  'Roles.Read': 'RBDA',
  'TenantPartnerDirectory.read': 'P',
  'TenantPartnerDirectory.write': 'P',
  'TransportModule.read': '',
  'TransportModule.write': '',
  'WebTooling.IntegrationFlowConfigure': 'D',
  'WebToolingCatalog.DetailsRead': 'RBDA',
  'WebToolingCatalog.OverviewRead': 'RBDA',
  'WebToolingSettingsProductProfiles.savetenantconfiguration': 'A',
  'WebToolingWorkspace.Read': 'RBDA',
  'WebToolingWorkspace.RuntimeConfigure': 'DA',
  'WebToolingWorkspace.Write': 'D',
  'WorkspaceArtifactLocks.Delete': 'A',
  'WorkspaceArtifactLocks.Read': 'RBDA',
  'WorkspaceDesignGuidelines.Configure': 'A',
  'esbmessagestorage.read': 'B',
}

/** Persona letter of each authorization group (page "Personas", 2937e5c). What `ContentPublisher` contains is not documented. */
const authGroups: Readonly<Record<string, string>> = {
  'AuthGroup.Administrator': 'A',
  'AuthGroup.BusinessExpert': 'B',
  'AuthGroup.ContentPublisher': '',
  'AuthGroup.IntegrationDeveloper': 'D',
  'AuthGroup.ReadOnly': 'R',
  'AuthGroup.SystemDeveloper': 'R',
  'AuthGroup.TenantPartnerDirectoryConfigurator': 'P',
}

const contents = new Map(
  Object.entries(authGroups).map(([group, letter]) => {
    const roles = letter === '' ? [] : Object.keys(apiRoles).filter(role => apiRoles[role]?.includes(letter))
    return [group, [group, ...roles]] as const
  }),
)

/** The role that opens every endpoint whose channel does not name its own; the original's default. */
export const sendRole = 'ESBMessaging.send'

/** The role of application `cockpit` that administers the server. */
export const administratorRole = 'Administrator'

/** `subaccount` is the technical name, such as `dev`. */
export function rolesCatalogue(subaccount: string): RolesCatalogue {
  const runtime = `${subaccount}iflmap`
  const api = `${subaccount}tmn`
  const cockpit = 'cockpit'
  const applications: readonly Application[] = [
    { name: runtime, predefinedRoles: [sendRole] },
    { name: api, predefinedRoles: [...Object.keys(authGroups), ...Object.keys(apiRoles)].sort() },
    { name: cockpit, predefinedRoles: [administratorRole] },
  ]
  return {
    subaccount,
    runtime,
    api,
    cockpit,
    applications,
    find: name => applications.find(application => application.name === name),
    expand: ({ application, role }) => (application === api ? contents.get(role) : undefined) ?? [role],
  }
}

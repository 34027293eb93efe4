import type { EntityRow } from '@sluice/odata'
import type { Artifact } from '../../store/store.ts'
import { artifactConfigurations } from './configurations.ts'
import type { EntitySetApi } from './definition.ts'
import { deployFunction } from './deploy-function.ts'
import { type DesigntimeKind, designtimeOperations, shownVersion } from './designtime-artifacts.ts'
import { artifactResources } from './resources.ts'
import { saveAsVersionFunction } from './save-as-version.ts'

/** Integration flows. */
export const integrationFlows: DesigntimeKind = { type: 'IntegrationFlow', row }

/** Integration flows as they are designed. */
export const integrationDesigntimeArtifacts: EntitySetApi = {
  clients: [
    'cig',
    'contiva',
    'cpilint',
    'documentation',
    'figaf',
    'FlashPipe',
    'mcp-integration-suite',
    'odata-mcp-proxy',
    'Piper',
    'Postman',
  ],
  set: {
    name: 'IntegrationDesigntimeArtifacts',
    type: {
      name: 'IntegrationDesigntimeArtifact',
      key: ['Id', 'Version'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
        PackageId: { type: 'Edm.String' },
        Name: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
        Sender: { type: 'Edm.String' },
        Receiver: { type: 'Edm.String' },
        CreatedBy: { type: 'Edm.String' },
        CreatedAt: { type: 'Edm.String' },
        ModifiedBy: { type: 'Edm.String' },
        ModifiedAt: { type: 'Edm.String' },
        ArtifactContent: { type: 'Edm.Binary' },
      },
      navigations: {
        Configurations: { target: 'Configurations', many: true },
        Resources: { target: 'Resources', many: true },
      },
    },
  },
  ...designtimeOperations(integrationFlows),
  navigations: { Configurations: artifactConfigurations, Resources: artifactResources },
}

export const deployIntegrationDesigntimeArtifact = deployFunction(
  'IntegrationFlow',
  'DeployIntegrationDesigntimeArtifact',
)

/** Saves an integration flow as a version. */
export const integrationDesigntimeArtifactSaveAsVersion = saveAsVersionFunction(
  integrationFlows,
  'IntegrationDesigntimeArtifacts',
)

function row(artifact: Artifact): EntityRow {
  return {
    Id: artifact.id,
    Version: shownVersion(artifact),
    PackageId: artifact.packageId,
    Name: artifact.name,
    Description: artifact.description,
    Sender: artifact.sender,
    Receiver: artifact.receiver,
    CreatedBy: artifact.createdBy,
    CreatedAt: String(artifact.createdAt),
    ModifiedBy: artifact.modifiedBy,
    ModifiedAt: String(artifact.modifiedAt),
  }
}

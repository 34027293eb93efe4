import type { EntitySetApi } from './definition.ts'
import { type DesigntimeKind, deployFunction, designtimeOperations, sharedRow } from './designtime-artifacts.ts'

/** Message mappings that steps of flows refer to */
export const messageMappings: DesigntimeKind = { type: 'MessageMapping', row: sharedRow }

/** Message mappings that steps of flows refer to, as they are designed. */
export const messageMappingDesigntimeArtifacts: EntitySetApi = {
  set: {
    name: 'MessageMappingDesigntimeArtifacts',
    type: {
      name: 'MessageMappingDesigntimeArtifact',
      key: ['Id', 'Version'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
        PackageId: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String' },
        ArtifactContent: { type: 'Edm.Binary' },
      },
    },
  },
  ...designtimeOperations(messageMappings),
}

/** Clients fail when the answer has a body. The original's metadata does not name the function, though it serves it. */
export const deployMessageMappingDesigntimeArtifact = deployFunction(
  'MessageMapping',
  'DeployMessageMappingDesigntimeArtifact',
  'nothing',
)
